import { useEffect, useRef } from 'react';
import { say, type Text } from '../say/say.ts';

type Group = { name: Text; keys: [string, Text][] };

const groups: Group[] = [
  { name: { zh: '走动', en: 'Moving' }, keys: [
    ['j  k', { zh: '下一条、上一条（↓ ↑ 亦可）', en: 'Next, previous (↓ ↑ too)' }], ['1 … 5', { zh: '切换队列', en: 'Switch lists' }], ['n', { zh: '显示新到的', en: 'Show what is new' }],
    ['/', { zh: '搜索', en: 'Search' }], ['Enter', { zh: '从队列进入详情', en: 'From the list to what is open' }], ['g', { zh: '到能做的操作', en: 'To what can be done' }], ['b', { zh: '到疑似重复', en: 'To likely duplicates' }],
    ['s', { zh: '到求助', en: 'To calls for help' }], ['Esc', { zh: '回到队列；再按取消选中', en: 'Back to the list; again: unmark' }],
  ] },
  { name: { zh: '线索', en: 'A report' }, keys: [
    ['a', { zh: '按所选标准立案派遣', en: 'File by the chosen standard and route' }], ['d', { zh: '换一个类别或部门', en: 'Another category or department' }], ['m', { zh: '并入最像的案件', en: 'Merge into the likeliest case' }],
    ['v', { zh: '请网格员核实', en: 'Ask to verify' }], ['o', { zh: '即办', en: 'Handled on the spot' }], ['e', { zh: '转 119、110 或其他系统', en: 'Refer to 119, 110 or another system' }],
    ['r', { zh: '不予立案', en: 'Refuse' }], ['x', { zh: '选中或取消', en: 'Mark or unmark' }], ['u', { zh: '撤销上一步（10 秒内）', en: 'Undo (within 10 s)' }],
  ] },
];

/** What every key does. */
export function Help({ close }: { close: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} className="help" onClose={close} aria-labelledby="keys">
      <h2 id="keys">{say({ zh: '快捷键', en: 'Keys' })}</h2>
      <div className="groups">
        {groups.map(({ name, keys }) => (
          <section key={name.en}>
            <h3>{say(name)}</h3>
            <dl>{keys.map(([key, text]) => <div key={key}><dt><kbd>{key}</kbd></dt><dd>{say(text)}</dd></div>)}</dl>
          </section>
        ))}
      </div>
      <p className="quiet">{say({ zh: '按住 Shift 在地图上拖动，可圈选线索；用键盘时以 x 逐条选中。', en: 'Hold Shift and drag on the map to mark the reports within; by keys, x marks them one by one.' })}</p>
      <form method="dialog"><button type="submit" className="button main">{say({ zh: '关闭', en: 'Close' })}</button></form>
    </dialog>
  );
}
