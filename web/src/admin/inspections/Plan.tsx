import { useState } from 'react';
import { accepted, ask } from '../../api/ask.ts';
import { useAsk } from '../../api/cache.ts';
import { AdminEndPlanDocument, AdminPlanDocument, type AdminPlanQuery } from '../../api/generated/graphql.ts';
import { named, say } from '../../say/say.ts';
import { moment } from '../../say/time.ts';
import { risks } from '../../work/places.ts';
import { hashOf } from '../hash.ts';
import { Reading } from '../Reading.tsx';
import { Refused } from '../Refused.tsx';
import { useSending } from '../../api/sending.ts';
import { rhythm, states, visited } from './words.ts';

type Whole = NonNullable<AdminPlanQuery['plan']>;
type Period = AdminPlanQuery['campaigns']['nodes'][number];

const often = 10_000; // ms: progress

/** A plan, how far its periods are, and what comes next. */
export function Plan({ id }: { id: string }) {
  const answer = useAsk(AdminPlanDocument, { id }, { every: often });
  const p = answer.data?.plan, periods = answer.data?.campaigns.nodes ?? [];
  if (p === null) return <p className="quiet blank">{say({ zh: '没有这个计划。', en: 'There is no such plan.' })}</p>;
  if (!p || p.id !== id) return <Reading answer={answer} />;
  const now = periods.filter((c) => c.state !== 'CLOSED' && c.state !== 'ENDING');
  const sum = (of: (c: Period) => number) => now.reduce((all, c) => all + of(c), 0);
  return (
    <article className="version" aria-label={p.name}>
      <header>
        <p className="kicker">{say({ zh: '巡查计划', en: 'Plan' })}<span className={`tag standing ${p.endedAt ? '' : 'inForce'}`}>{p.endedAt ? say({ zh: '已停', en: 'Ended' }) : say({ zh: '在用', en: 'In use' })}</span></p>
        <h2>{p.name}</h2>
        <p className="quiet">{named(p.region)} · {visited(p)} · <a href={hashOf('checklists', p.checklist.code, p.checklist.version)}>{named(p.checklist)} {say({ zh: `第 ${p.checklist.version} 版`, en: `version ${p.checklist.version}` })}</a> · {p.rhythms.map(rhythm).join(say({ zh: '；', en: '; ' }))}{p.season && <> · {p.season.from} – {p.season.until}</>}</p>
        <p className="quiet">{say({ zh: `${p.startsOn} 起`, en: `from ${p.startsOn}` })}{p.endedAt && <> · {say({ zh: `${moment(p.endedAt)} 停止，不再开始新周期`, en: `ended ${moment(p.endedAt)}: no period begins any more` })}</>}</p>
      </header>
      <dl className="tiles">
        <div><dt>{say({ zh: '本期完成', en: 'Done this period' })}</dt><dd>{sum((c) => c.done).toLocaleString()} / {sum((c) => c.total).toLocaleString()}</dd></div>
        <div><dt>{say({ zh: '本期覆盖', en: 'Coverage so far' })}</dt><dd>{sum((c) => c.total) === 0 ? '–' : `${Math.round((100 * sum((c) => c.done)) / sum((c) => c.total))} %`}</dd></div>
        <div><dt>{say({ zh: '本期隐患', en: 'Findings' })}</dt><dd>{sum((c) => c.findings).toLocaleString()}</dd></div>
      </dl>
      {!p.endedAt && <End of={p} />}
      <section aria-label={say({ zh: '下一期', en: 'Next period' })}>
        <h3 className="major">{say({ zh: '下一期', en: 'Next period' })}</h3>
        {p.next.length === 0 ? <p className="quiet">{say({ zh: '没有了。', en: 'None.' })}</p> : <ul className="coming">{p.next.map((n) => (
          <li key={n.rhythm.risk ?? ''}><b>{rhythm(n.rhythm)}</b><span>{n.from ? `${n.from} – ${n.to}` : say({ zh: '两年内没有', en: 'none within two years' })}</span><span>{say({ zh: `按现在的场所 ${n.tasks.toLocaleString()} 个任务`, en: `${n.tasks.toLocaleString()} tasks, as places are now` })}</span></li>
        ))}</ul>}
      </section>
      <section aria-label={say({ zh: '各期', en: 'Periods' })}>
        <h3 className="major">{say({ zh: '各期', en: 'Periods' })}</h3>
        {periods.length === 0 ? <p className="quiet blank">{say({ zh: `还没有开始：第一期 ${p.startsOn} 夜里分派。`, en: `None has begun: the first is dealt out in the night of ${p.startsOn}.` })}</p> : (
          <table className="rules streets">
            <thead><tr><th scope="col">{say({ zh: '周期', en: 'Period' })}</th><th scope="col">{say({ zh: '等级', en: 'Grade' })}</th><th scope="col">{say({ zh: '进度', en: 'Progress' })}</th><th scope="col">{say({ zh: '隐患', en: 'Findings' })}</th><th scope="col">{say({ zh: '状态', en: 'State' })}</th></tr></thead>
            <tbody>{periods.map((c) => (
              <tr key={c.id}>
                <td><a href={hashOf('inspections', c.id)}><b>{say({ zh: `${c.startsOn ?? ''} 起`, en: `From ${c.startsOn ?? ''}` })}</b></a><small className="quiet">{say({ zh: `${moment(c.dueAt)} 前完成`, en: `due ${moment(c.dueAt)}` })}</small></td>
                <td>{c.risk ? say(risks[c.risk]) : say({ zh: '全部', en: 'all' })}</td>
                <td><span className="line"><span className="number">{c.done} / {c.total}</span><progress max={Math.max(1, c.total)} value={c.done} aria-label={say({ zh: `${c.startsOn ?? ''} 一期的进度`, en: `Progress of the period of ${c.startsOn ?? ''}` })} /></span></td>
                <td>{c.findings}</td><td>{say(states[c.state])}</td>
              </tr>
            ))}</tbody>
          </table>
        )}
      </section>
    </article>
  );
}

function End({ of }: { of: Whole }) {
  const [asking, setAsking] = useState(false);
  const { busy, error, send } = useSending();
  const end = () => send(async () => { accepted((await ask(AdminEndPlanDocument, { id: of.id })).endPlan); });
  if (!asking) return <p className="row"><button type="button" className="button grave" onClick={() => setAsking(true)}>{say({ zh: '停止计划', en: 'End the plan' })}</button></p>;
  return (
    <section className="acts" aria-label={say({ zh: '停止计划', en: 'End the plan' })}>
      <p>{say({ zh: '不再开始新的周期；本期已分派的任务照做。停止后不能恢复，需要时另建一个。', en: 'No period begins any more; what was dealt out for this one stays. It cannot be taken up again: make another plan instead.' })}</p>
      <Refused error={error} />
      <p className="row"><button type="button" className="button grave" disabled={busy} onClick={() => void end()}>{say({ zh: '停止', en: 'End it' })}</button><button type="button" className="button" onClick={() => setAsking(false)}>{say({ zh: '不', en: 'No' })}</button></p>
    </section>
  );
}
