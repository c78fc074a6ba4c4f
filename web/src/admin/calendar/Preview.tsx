import type { AdminPreviewCalendarMutation } from '../../api/generated/graphql.ts';
import { named, say } from '../../say/say.ts';
import { moment } from '../../say/time.ts';
import { stages } from '../../work/words.ts';
import { shifted } from './words.ts';

export type Previewed = NonNullable<AdminPreviewCalendarMutation['previewCalendar']['preview']>;

/** What publishing would move, by stage and department, and the largest shifts. */
export function Preview({ of }: { of: Previewed }) {
  return (
    <div className="preview" aria-live="polite">
      <p><b className="big">{of.moved.toLocaleString()}</b> {say({ zh: `个时限会动，共 ${of.open.toLocaleString()} 个在走${of.frozen > 0 ? `（${of.frozen} 个冻结）` : ''}`, en: `of ${of.open.toLocaleString()} running limits would move${of.frozen > 0 ? ` (${of.frozen} are frozen)` : ''}` })}</p>
      {of.overdue > 0 && <p className="notice urgent">{say({ zh: `其中 ${of.overdue} 个一发布就已超时，升级梯立即启动。`, en: `${of.overdue} of them would be late at once: their ladders fire.` })}</p>}
      {of.resumed > 0 && <p className="notice fine">{say({ zh: `${of.resumed} 个暂计的时限会改回原来的单位。`, en: `${of.resumed} provisional limits return to their own unit.` })}</p>}
      {of.provisional > 0 && <p className="notice late">{say({ zh: `${of.provisional} 个时限仍没有日历可依，暂按更严的单位计。`, en: `${of.provisional} limits still lack a calendar and run in a stricter unit.` })}</p>}
      {of.groups.length > 0 && (
        <table className="counts">
          <thead><tr><th scope="col">{say({ zh: '环节', en: 'Stage' })}</th><th scope="col">{say({ zh: '部门', en: 'Department' })}</th><th scope="col">{say({ zh: '个', en: 'Limits' })}</th><th scope="col" className="last">{say({ zh: '最多', en: 'At most' })}</th></tr></thead>
          <tbody>{of.groups.map((g) => <tr key={`${g.stage} ${g.department?.code}`}><td>{say(stages[g.stage])}</td><td>{g.department ? named(g.department) : say({ zh: '街道', en: 'Street' })}</td><td>{g.count}</td><td>{shifted(g.largest)}</td></tr>)}</tbody>
        </table>
      )}
      {of.shifts.length > 0 && (
        <details>
          <summary>{say({ zh: `变动最大的 ${of.shifts.length} 个`, en: `The ${of.shifts.length} largest shifts` })}</summary>
          <ul className="shifts">{of.shifts.map((s) => (
            <li key={s.clock}><b>{s.caseNumber !== null ? say({ zh: `案件 ${s.caseNumber}`, en: `Case ${s.caseNumber}` }) : say({ zh: `线索 ${s.clueNumber}`, en: `Report ${s.clueNumber}` })}</b> {named(s.street)} · {say(stages[s.stage])}{s.department && ` · ${named(s.department)}`}<small className="quiet">{moment(s.dueAt)} → {moment(s.movesTo)}</small></li>
          ))}</ul>
        </details>
      )}
    </div>
  );
}
