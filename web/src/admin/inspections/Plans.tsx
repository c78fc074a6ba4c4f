import { useAsk } from '../../api/cache.ts';
import { AdminPlansDocument } from '../../api/generated/graphql.ts';
import { named, say } from '../../say/say.ts';
import { hashOf } from '../hash.ts';
import { Reading } from '../Reading.tsx';
import { rhythm, visited } from './words.ts';

/** What is inspected again and again. */
export function Plans() {
  const answer = useAsk(AdminPlansDocument, {});
  const plans = answer.data?.plans.nodes;
  if (!plans) return <Reading answer={answer} />;
  return (
    <article className="version">
      <header><p className="kicker">{say({ zh: '巡查计划', en: 'Plans' })}</p><h2>{say({ zh: '每个周期是一次排查，夜里自动分派', en: 'Each period is a campaign that is dealt out at night' })}</h2></header>
      {plans.length === 0 ? <p className="quiet blank">{say({ zh: '还没有巡查计划。', en: 'No plan yet.' })}</p> : (
        <table className="rules plans">
          <thead><tr><th scope="col">{say({ zh: '计划', en: 'Plan' })}</th><th scope="col">{say({ zh: '范围', en: 'Where' })}</th><th scope="col">{say({ zh: '查什么', en: 'What' })}</th><th scope="col">{say({ zh: '多久一次', en: 'How often' })}</th><th scope="col">{say({ zh: '开始', en: 'From' })}</th></tr></thead>
          <tbody>{plans.map((p) => (
            <tr key={p.id}>
              <td><a href={hashOf('inspections', 'plans', p.id)}><b>{p.name}</b></a>{p.endedAt && <> <span className="tag">{say({ zh: '已停', en: 'Ended' })}</span></>}</td><td>{named(p.region)}</td><td>{visited(p)}<small className="quiet">{named(p.checklist)}</small></td>
              <td>{p.rhythms.map(rhythm).join(say({ zh: '；', en: '; ' }))}{p.season && <small className="quiet">{p.season.from} – {p.season.until}</small>}</td><td className="number">{p.startsOn}</td>
            </tr>
          ))}</tbody>
        </table>
      )}
    </article>
  );
}
