import { useAsk } from '../../api/cache.ts';
import { AdminRederivationsDocument, type AdminRederivationsQuery, type RederivationState } from '../../api/generated/graphql.ts';
import { say, type Text } from '../../say/say.ts';
import { moment } from '../../say/time.ts';

type Rederivation = AdminRederivationsQuery['rederivations']['nodes'][number];

const often = 1_000; // ms: a rederivation takes seconds

const states: Record<RederivationState, Text> = { RUNNING: { zh: '正在重算', en: 'Running' }, DONE: { zh: '已完成', en: 'Done' }, SUPERSEDED: { zh: '由新版接手', en: 'Superseded' } };

/** How far every calendar was carried over to the clocks that ran. */
export function Progress() {
  const answer = useAsk(AdminRederivationsDocument, {}, { every: often });
  const list = answer.data?.rederivations.nodes ?? [];
  return (
    <section className="progress" aria-labelledby="rederivations">
      <h3 id="rederivations">{say({ zh: '期限重算', en: 'Limits carried over' })}</h3>
      {list.length === 0 && !answer.isPending && <p className="quiet">{say({ zh: '日历还没有改过。', en: 'The calendar was never edited.' })}</p>}
      <ol>{list.map((r) => <Row key={r.id} of={r} />)}</ol>
    </section>
  );
}

function Row({ of }: { of: Rederivation }) {
  return (
    <li className={of.state.toLowerCase()}>
      <span className="line"><b>{say({ zh: `第 ${of.fromVersion} 版 → 第 ${of.toVersion} 版`, en: `Version ${of.fromVersion} → ${of.toVersion}` })}</b><span /><span className="tag">{say(states[of.state])}</span></span>
      <progress max={Math.max(1, of.total)} value={of.state === 'DONE' ? Math.max(1, of.total) : of.done} aria-label={say({ zh: '进度', en: 'Progress' })} />
      <small className="quiet">{say({ zh: `${of.done} / ${of.total} 个时限，${of.moved} 个变了 · ${moment(of.startedAt)}`, en: `${of.done} of ${of.total} limits, ${of.moved} moved · ${moment(of.startedAt)}` })}</small>
    </li>
  );
}
