import { accepted, ask } from '../../api/ask.ts';
import { useAsk } from '../../api/cache.ts';
import { AdminDutyGridsDocument, AdminPublishCellEditDocument } from '../../api/generated/graphql.ts';
import { say } from '../../say/say.ts';
import { Refused } from '../Refused.tsx';
import { useSending } from '../../api/sending.ts';
import { untouched, type Edit } from './edit.ts';
import { unchanged, type Preview, type Previewed } from './preview.ts';
import { finding, squareMetres, tail, works } from './words.ts';

type Props = { street: string; edit: Edit; preview: Previewed; change: (edit: Edit) => void };

/** What the edit would do, what speaks against it, and its publication. */
export function Outcome({ street, edit, preview, change }: Props) {
  const { busy, error, send } = useSending();
  const { input, found } = preview;
  if (!input) return null;
  const publish = () => send(async () => {
    accepted((await ask(AdminPublishCellEditDocument, { input })).publishCellEdit);
    change(untouched);
  });
  return (
    <section className="card-form outcome" aria-labelledby="cells-outcome" aria-busy={preview.busy}>
      <h3 id="cells-outcome">{say({ zh: '预览', en: 'Preview' })}</h3>
      <Refused error={preview.error} />
      {!found && !preview.error && <p className="quiet" aria-live="polite">{say({ zh: '正在算…', en: 'Reckoning…' })}</p>}
      {found && unchanged(found) && <p className="quiet">{edit.act === 'border' ? say({ zh: '拖动边界上的点来改：线中间的小点可拉出新拐点。', en: 'Drag the points of the border; the small ones between become new corners.' }) : finding('CELL_UNCHANGED', 0)}</p>}
      {found && found.findings.length > 0 && !unchanged(found) && <Findings of={found} />}
      {found && found.findings.length === 0 && (
        <>
          <Begins street={street} of={found} set={(cells) => change({ ...edit, cells })} />
          <Moves of={found} />
          <label className="field"><span>{say({ zh: '生效时间（留空为立即）', en: 'In force from (empty: at once)' })}</span>
            <input className="input" type="datetime-local" value={edit.when} onChange={(e) => change({ ...edit, when: e.target.value })} /></label>
          <label className="field"><span>{say({ zh: '说明', en: 'Why' })}</span>
            <input className="input" maxLength={200} value={edit.note} onChange={(e) => change({ ...edit, note: e.target.value })} /></label>
          <Refused error={error} />
          <button type="button" className="button main" disabled={busy || preview.busy} onClick={() => void publish()}>{edit.when === '' ? say({ zh: '发布，立即生效', en: 'Publish, at once' }) : say({ zh: '发布', en: 'Publish' })}</button>
        </>
      )}
    </section>
  );
}

function Findings({ of }: { of: Preview }) {
  return (
    <div className="notice urgent" role="alert">
      <p>{say({ zh: '拓扑检查没有通过（地图上已标红）：', en: 'The topology check fails (marked red on the map):' })}</p>
      <ul>{of.findings.map((f) => <li key={`${f.code} ${f.at.lon} ${f.at.lat}`}>{finding(f.code, f.area)}</li>)}</ul>
    </div>
  );
}

/** The cells that would begin, and who would look after each. */
function Begins({ street, of, set }: { street: string; of: Preview; set: (cells: { shape: GeoJSON.Polygon; dutyGrid: string | null }[]) => void }) {
  const grids = useAsk(AdminDutyGridsDocument, { street }).data?.dutyGrids ?? [];
  const give = (i: number, grid: string) => set(of.begins.map((b, k) => ({ shape: b.shape, dutyGrid: k === i ? grid : (b.dutyGrid?.id ?? null) })));
  return (
    <ul className="begins" aria-label={say({ zh: '将新设的网格', en: 'Cells to begin' })}>
      {of.begins.map((b, i) => (
        <li key={b.code}>
          <span><b className="number">{tail(b.code)}</b><small className="quiet">{squareMetres(b.area)}</small></span>
          <select className="input" aria-label={say({ zh: `${tail(b.code)} 的责任网格`, en: `Duty grid of ${tail(b.code)}` })} value={b.dutyGrid?.id ?? ''} onChange={(e) => give(i, e.target.value)}>
            {!b.dutyGrid && <option value="">{say({ zh: '无责任网格', en: 'no duty grid' })}</option>}
            {grids.map((g) => <option key={g.id} value={g.id}>{g.name}</option>)}
          </select>
        </li>
      ))}
    </ul>
  );
}

function Moves({ of }: { of: Preview }) {
  const total = of.moves.reduce((sum, m) => sum + m.count, 0);
  const changed = of.dutyGrids.filter((g) => g.cellsBefore !== g.cellsAfter || Math.abs(g.areaBefore - g.areaAfter) >= 1);
  return (
    <div className="preview">
      <p><b className="big">{total.toLocaleString()}</b> {say({ zh: '项随地迁移，时限不变，已办结的不动', en: 'things go with their ground; no limit moves, what is over stays' })}</p>
      {of.moves.length > 0 && (
        <table className="counts">
          <thead><tr><th scope="col">{say({ zh: '什么', en: 'What' })}</th><th scope="col">{say({ zh: '到网格', en: 'To cell' })}</th><th scope="col" className="last">{say({ zh: '个', en: 'How many' })}</th></tr></thead>
          <tbody>{of.moves.map((m) => <tr key={`${m.work} ${m.cell}`}><td>{say(works[m.work])}</td><td className="number">{tail(m.cell)}</td><td>{m.count.toLocaleString()}</td></tr>)}</tbody>
        </table>
      )}
      {changed.length > 0 && (
        <ul className="grid-changes" aria-label={say({ zh: '责任网格', en: 'Duty grids' })}>{changed.map((g) => (
          <li key={g.dutyGrid.id}><span>{g.dutyGrid.name}</span><small className="quiet">{say({ zh: `${g.cellsBefore} → ${g.cellsAfter} 个网格`, en: `${g.cellsBefore} → ${g.cellsAfter} cells` })} · {squareMetres(g.areaAfter)}</small></li>
        ))}</ul>
      )}
    </div>
  );
}
