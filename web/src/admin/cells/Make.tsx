import type { Pair, Ring } from '../../map/border.ts';
import { say } from '../../say/say.ts';
import { begun, drawn, halved, untouched, type Edit } from './edit.ts';

type Props = { edit: Edit; shapes: readonly Ring[]; change: (edit: Edit) => void; draw: () => void };

/** What can be done with the chosen cells, and the line that it is done by. */
export function Make({ edit, shapes, change, draw }: Props) {
  const n = edit.chosen.length;
  if (n === 0) return <p className="quiet hint">{say({ zh: '在地图或列表里选网格：选一个可拆分，选两个可改边界，选多个可合并。', en: 'Choose cells on the map or in the list: one to split, two for another border, several to merge.' })}</p>;
  return (
    <section className="card-form" aria-labelledby="cells-act">
      <h3 id="cells-act">{say({ zh: `对所选 ${n} 个网格`, en: n === 1 ? 'With the chosen cell' : `With the ${n} chosen cells` })}</h3>
      <p className="row">
        <button type="button" className="small" aria-pressed={edit.act === 'split'} onClick={draw}>{say({ zh: '画线拆分', en: 'Split by a line' })}</button>
        <button type="button" className="small" onClick={() => change(halved(edit, shapes, 'down'))}>{say({ zh: '南北向切开', en: 'Cut north to south' })}</button>
        <button type="button" className="small" onClick={() => change(halved(edit, shapes, 'across'))}>{say({ zh: '东西向切开', en: 'Cut west to east' })}</button>
        {n > 1 && <button type="button" className="small" aria-pressed={edit.act === 'merge'} onClick={() => change(begun(edit, 'merge', shapes))}>{say({ zh: '合并', en: 'Merge' })}</button>}
        {n === 2 && <button type="button" className="small" aria-pressed={edit.act === 'border'} onClick={() => change(begun(edit, 'border', shapes))}>{say({ zh: '改边界', en: 'Move the border' })}</button>}
        <button type="button" className="small" onClick={() => change({ ...untouched })}>{say({ zh: '取消选择', en: 'Choose none' })}</button>
      </p>
      {edit.act === 'border' && edit.line.length < 2 && <p className="notice late" role="alert">{say({ zh: '这两个网格没有共同的边界。', en: 'The two share no border.' })}</p>}
      {edit.act === 'split' && edit.line.length < 2 && <p className="quiet" aria-live="polite">{say({ zh: '在地图上逐点画线，两端画到边界外；再点一次末点结束。', en: 'Press on the map corner by corner, both ends beyond the border; press the last one again to end.' })}</p>}
      {edit.act !== 'merge' && edit.line.length >= 2 && <Corners line={edit.line} change={(line) => change(drawn(edit, line))} />}
    </section>
  );
}

/** The line's corners as numbers: what can be dragged on the map can be typed here. */
function Corners({ line, change }: { line: readonly Pair[]; change: (line: Pair[]) => void }) {
  const set = (i: number, axis: 0 | 1, value: number) => {
    if (Number.isFinite(value)) change(line.map((p, k): Pair => (k !== i ? p : axis === 0 ? [value, p[1]] : [p[0], value])));
  };
  const add = (i: number) => {
    const a = line[i], b = line[i + 1];
    if (a && b) change([...line.slice(0, i + 1), [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2], ...line.slice(i + 1)]);
  };
  return (
    <details className="corners">
      <summary>{say({ zh: `线的 ${line.length} 个拐点（可拖动，也可填数）`, en: `The ${line.length} corners of the line (drag them, or type)` })}</summary>
      <ol>
        {[...line.entries()].map(([i, p]) => (
          <li key={i}>
            {(['lon', 'lat'] as const).map((name, axis) => (
              <input key={name} className="input" type="number" step="0.00001" value={p[axis]} aria-label={say({ zh: `第 ${i + 1} 点${axis === 0 ? '经度' : '纬度'}`, en: `${axis === 0 ? 'Longitude' : 'Latitude'} of corner ${i + 1}` })}
                onChange={(e) => set(i, axis === 0 ? 0 : 1, e.target.valueAsNumber)} />
            ))}
            <button type="button" className="small" disabled={i === line.length - 1} aria-label={say({ zh: `第 ${i + 1} 点后加一点`, en: `Add a corner after ${i + 1}` })} onClick={() => add(i)}>+</button>
            <button type="button" className="small" disabled={line.length <= 2} aria-label={say({ zh: `去掉第 ${i + 1} 点`, en: `Remove corner ${i + 1}` })} onClick={() => change(line.filter((_, k) => k !== i))}>×</button>
          </li>
        ))}
      </ol>
    </details>
  );
}
