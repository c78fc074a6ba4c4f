import { useAsk } from '../../api/cache.ts';
import { AdminCampaignsDocument, AdminPlansDocument } from '../../api/generated/graphql.ts';
import { named, say } from '../../say/say.ts';
import { hashOf } from '../hash.ts';
import { Reading } from '../Reading.tsx';
import { Campaign } from './Campaign.tsx';
import { Plan } from './Plan.tsx';
import { PlanForm } from './PlanForm.tsx';
import { Plans } from './Plans.tsx';
import { StartForm } from './StartForm.tsx';
import { rhythm, states } from './words.ts';

const often = 10_000; // ms: progress

/** Plans, the periods that they make by themselves, and campaigns that somebody started, each with how far it is. */
export function Inspections({ at }: { at: string[] }) {
  const answer = useAsk(AdminCampaignsDocument, {}, { every: often });
  const plans = useAsk(AdminPlansDocument, {}).data?.plans.nodes ?? [];
  const list = answer.data?.campaigns.nodes;
  if (!list) return <Reading answer={answer} />;
  const [part, which] = at;
  const here = (is: boolean) => (is ? 'true' : undefined);
  const first = part === undefined ? list[0]?.id : undefined; // without a choice the newest that somebody started, or the plans
  const campaign = part === 'plans' || part === 'new' ? undefined : part ?? first;
  const planned = part === 'plans' || (part === undefined && campaign === undefined && plans.length > 0);
  return (
    <div className="beside">
      <nav className="versions" aria-label={say({ zh: '巡查与排查', en: 'Inspections' })}>
        <h2>{say({ zh: '巡查计划', en: 'Plans' })}</h2>
        <ol>
          <li><a href={hashOf('inspections', 'plans', 'new')} aria-current={here(part === 'plans' && which === 'new')}><b>＋ {say({ zh: '新建巡查计划', en: 'Make a plan' })}</b></a></li>
          <li><a href={hashOf('inspections', 'plans')} aria-current={here(planned && which === undefined)}><b>{say({ zh: '全部计划', en: 'All plans' })}</b><small className="quiet">{say({ zh: '按周期自动开展', en: 'begin by themselves' })}</small></a></li>
          {plans.filter((p) => !p.endedAt || p.id === which).map((p) => (
            <li key={p.id}><a href={hashOf('inspections', 'plans', p.id)} aria-current={here(p.id === which)}><span className="line"><b>{p.name}</b><span />{p.endedAt && <span className="tag">{say({ zh: '已停', en: 'Ended' })}</span>}</span><small className="quiet">{named(p.region)} · {p.rhythms.map(rhythm).join(say({ zh: '；', en: '; ' }))}</small></a></li>
          ))}
        </ol>
        <h2>{say({ zh: '专项排查', en: 'Campaigns' })}</h2>
        <ol>
          <li><a href={hashOf('inspections', 'new')} aria-current={here(part === 'new' || (!planned && campaign === undefined))}><b>＋ {say({ zh: '发起专项排查', en: 'Start a campaign' })}</b></a></li>
          {list.map((c) => (
            <li key={c.id}>
              <a href={hashOf('inspections', c.id)} aria-current={here(c.id === campaign)}>
                <span className="line"><b>{c.name}</b><span /><span className={`tag standing ${c.state === 'RUNNING' ? 'inForce' : ''}`}>{say(states[c.state])}</span></span>
                <small className="quiet">{named(c.region)} · {c.done} / {c.total}</small>
                <progress max={Math.max(1, c.total)} value={c.done} aria-label={say({ zh: `${c.name}的进度`, en: `Progress of ${c.name}` })} />
              </a>
            </li>
          ))}
        </ol>
        {list.length === 0 && <p className="quiet blank">{say({ zh: '还没有专项排查。', en: 'No campaign yet.' })}</p>}
      </nav>
      {planned ? (which === 'new' ? <PlanForm /> : which === undefined ? <Plans /> : <Plan key={which} id={which} />) : campaign === undefined ? <StartForm /> : <Campaign key={campaign} id={campaign} />}
    </div>
  );
}
