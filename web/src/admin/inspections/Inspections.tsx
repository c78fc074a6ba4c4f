import { useAsk } from '../../api/cache.ts';
import { AdminCampaignsDocument, AdminPlansDocument } from '../../api/generated/graphql.ts';
import { named, say } from '../../say/say.ts';
import { hashOf } from '../hash.ts';
import { Reading } from '../Reading.tsx';
import { Campaign } from './Campaign.tsx';
import { StartForm } from './StartForm.tsx';
import { rhythm, states, visited } from './words.ts';

const often = 10_000; // ms: progress

/** Campaigns with how far they are, and the plans that make some of them by themselves. */
export function Inspections({ at }: { at: string[] }) {
  const answer = useAsk(AdminCampaignsDocument, {}, { every: often });
  const list = answer.data?.campaigns.nodes;
  if (!list) return <Reading answer={answer} />;
  const [part] = at;
  const chosen = part === 'plans' || part === 'new' ? undefined : list.find((c) => c.id === part) ?? list[0];
  const here = (is: boolean) => (is ? 'true' : undefined);
  return (
    <div className="beside">
      <nav className="versions" aria-label={say({ zh: '专项排查', en: 'Campaigns' })}>
        <ol>
          <li><a href={hashOf('inspections', 'new')} aria-current={here(part === 'new')}><b>＋ {say({ zh: '发起专项排查', en: 'Start a campaign' })}</b></a></li>
          <li><a href={hashOf('inspections', 'plans')} aria-current={here(part === 'plans')}><b>{say({ zh: '巡查计划', en: 'Plans' })}</b><small className="quiet">{say({ zh: '按周期自动开展', en: 'begin by themselves' })}</small></a></li>
        </ol>
        <h2>{say({ zh: '专项排查', en: 'Campaigns' })}</h2>
        <ol>{list.map((c) => (
          <li key={c.id}>
            <a href={hashOf('inspections', c.id)} aria-current={here(c === chosen)}>
              <span className="line"><b>{c.name}</b><span /><span className={`tag standing ${c.state === 'RUNNING' ? 'inForce' : ''}`}>{say(states[c.state])}</span></span>
              <small className="quiet">{named(c.region)} · {c.done} / {c.total}</small>
              <progress max={Math.max(1, c.total)} value={c.done} aria-label={say({ zh: `${c.name}的进度`, en: `Progress of ${c.name}` })} />
            </a>
          </li>
        ))}</ol>
        {list.length === 0 && <p className="quiet blank">{say({ zh: '还没有专项排查。', en: 'No campaign yet.' })}</p>}
      </nav>
      {part === 'new' || (part !== 'plans' && !chosen) ? <StartForm /> : part === 'plans' ? <Plans /> : chosen && <Campaign key={chosen.id} id={chosen.id} />}
    </div>
  );
}

function Plans() {
  const answer = useAsk(AdminPlansDocument, {});
  const plans = answer.data?.plans.nodes;
  if (!plans) return <Reading answer={answer} />;
  return (
    <article className="version">
      <header><p className="kicker">{say({ zh: '巡查计划', en: 'Plans' })}</p><h2>{say({ zh: '每个周期是一次排查，夜里自动分派', en: 'Each period is a campaign that is dealt out at night' })}</h2></header>
      {plans.length === 0 ? <p className="quiet blank">{say({ zh: '还没有巡查计划。', en: 'No plan yet.' })}</p> : (
        <table className="rules plans">
          <thead><tr><th scope="col">{say({ zh: '计划', en: 'Plan' })}</th><th scope="col">{say({ zh: '范围', en: 'Where' })}</th><th scope="col">{say({ zh: '查什么', en: 'What' })}</th><th scope="col">{say({ zh: '多久一次', en: 'How often' })}</th><th scope="col">{say({ zh: '起止', en: 'From' })}</th></tr></thead>
          <tbody>{plans.map((p) => (
            <tr key={p.id}>
              <td><b>{p.name}</b>{p.endedAt && <span className="tag">{say({ zh: '已停', en: 'Ended' })}</span>}</td><td>{named(p.region)}</td><td>{visited(p)}<small className="quiet">{named(p.checklist)}</small></td>
              <td>{p.rhythms.map(rhythm).join(say({ zh: '；', en: '; ' }))}{p.season && <small className="quiet">{p.season.from} – {p.season.until}</small>}</td><td>{p.startsOn}</td>
            </tr>
          ))}</tbody>
        </table>
      )}
    </article>
  );
}
