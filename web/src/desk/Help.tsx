import { useEffect, useRef } from 'react';
import { say, type Text } from '../say/say.ts';

const keys: [string, Text][] = [
  ['j  k', { zh: '下一条、上一条', en: 'Next, previous' }], ['a', { zh: '按所选标准立案派遣', en: 'File by the chosen standard and route' }], ['d', { zh: '换一个类别或部门', en: 'Another category or department' }],
  ['m', { zh: '并入最像的案件', en: 'Merge into the likeliest case' }], ['v', { zh: '请网格员核实', en: 'Ask to verify' }], ['o', { zh: '即办', en: 'Handled on the spot' }], ['e', { zh: '转 119、110 或其他系统', en: 'Refer to 119, 110 or another system' }],
  ['r', { zh: '不予立案', en: 'Refuse' }], ['x', { zh: '选中或取消', en: 'Mark or unmark' }], ['u', { zh: '撤销上一步（10 秒内）', en: 'Undo (within 10 s)' }], ['/', { zh: '搜索', en: 'Search' }], ['1 2 3 4', { zh: '切换队列', en: 'Switch lists' }],
];

export function Help({ close }: { close: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} className="help" onClose={close} aria-labelledby="keys">
      <h2 id="keys">{say({ zh: '快捷键', en: 'Keys' })}</h2>
      <dl>{keys.map(([key, text]) => <div key={key}><dt><kbd>{key}</kbd></dt><dd>{say(text)}</dd></div>)}</dl>
      <p className="quiet">{say({ zh: '按住 Shift 在地图上拖动，可圈选线索。', en: 'Hold Shift and drag on the map to mark the reports within.' })}</p>
      <form method="dialog"><button type="submit" className="button main">{say({ zh: '关闭', en: 'Close' })}</button></form>
    </dialog>
  );
}
