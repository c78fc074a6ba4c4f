import { useAsk } from '../api/cache.ts';
import { WorkCaseDocument, type WorkCaseQuery } from '../api/generated/graphql.ts';
import { named, say } from '../say/say.ts';
import { metres, moment } from '../say/time.ts';
import { told } from '../say/refusal.ts';
import { Acts } from './Act.tsx';
import { OnIt } from './OnIt.tsx';
import { Photos } from './Photos.tsx';
import { Ring } from './Ring.tsx';
import { Sign } from './Sign.tsx';
import { Timeline } from './Timeline.tsx';
import { WhyDue } from './WhyDue.tsx';
import { caseStates, limit, requests, sources } from './words.ts';

export type Whole = NonNullable<WorkCaseQuery['case']>;

const often = 30_000; // ms: what the clocks say; changes come by themselves

/** One case whole: what, where, whose, by when, why here, and what can be done. */
export function Case({ id, changed }: { id: string; changed: () => void }) {
  const answer = useAsk(WorkCaseDocument, { id }, { every: often });
  const c = answer.data?.case;
  if (!c || c.id !== id) return <p className="quiet blank" aria-live="polite">{answer.error ? told(answer.error) : answer.isPending || answer.isFetching ? say({ zh: '正在打开…', en: 'Opening…' }) : say({ zh: '没有这个案件，或不归你看。', en: 'There is no such case for you.' })}</p>;
  return (
    <article className="whole">
      <header>
        <p className="kicker"><Sign urgent={c.urgent} /> {say({ zh: `案件 ${c.reference}`, en: `Case ${c.reference}` })}{c.round > 1 && say({ zh: ` · 第 ${c.round} 轮`, en: ` · round ${c.round}` })}<span className="tag">{say(caseStates[c.state])}</span><OnIt id={c.id} />
          <button type="button" className="button plain print" onClick={() => window.print()}>{say({ zh: '打印', en: 'Print' })}</button></p>
        <h2>{named(c.category)}</h2>
        <p className="quiet">{named(c.cell.street)} {named(c.cell.community)} · <span className="number">{c.cell.code}</span>{c.department && ` · ${named(c.department)}`}{c.handler && ` · ${c.handler.name}`}</p>
      </header>
      <Acts of={c} done={() => { void answer.refetch(); changed(); }} />
      <div className="rings">{c.clocks.filter((k) => !k.stoppedAt || k.stage === 'DISPOSE').map((k) => <Ring key={k.id} clock={k} />)}</div>
      <WhyDue id={id} />
      <p className="said">{c.text}</p>
      <Pairs of={c} />
      <Decisions of={c} />
      <Standard of={c} />
      <WhyHere of={c} />
      <Timeline events={c.timeline} />
    </article>
  );
}

/** Before and after, side by side. */
function Pairs({ of }: { of: Whole }) {
  const last = of.disposals?.at(-1), check = of.checks?.at(-1);
  return (
    <div className="pairs">
      {(of.clues ?? []).map((clue) => (
        <section key={clue.id}>
          <h3>{say({ zh: `线索 ${clue.number} · ${sources[clue.source].zh}`, en: `Report ${clue.number} · ${sources[clue.source].en}` })}</h3>
          {clue.text && clue.text !== of.text && <p className="said">{clue.text}</p>}
          <Photos photos={clue.photos} label={say({ zh: '处置前', en: 'Before' })} />
        </section>
      ))}
      {last && (
        <section>
          <h3>{say({ zh: '处置后', en: 'After' })} · {last.handler.name} <small className="quiet">{moment(last.reportedAt)}{last.distance !== null && ` · ${metres(last.distance)}`}</small></h3>
          <p className="said">{last.text}</p>
          {last.awayReason && <p className="notice late">{say({ zh: '不在现场：', en: 'Not on the spot: ' })}{last.awayReason}</p>}
          <Photos photos={last.photos} label={say({ zh: '处置后', en: 'After' })} />
        </section>
      )}
      {check && (
        <section>
          <h3>{say({ zh: '核查', en: 'Check' })} · {check.assignee?.name ?? say({ zh: '未派出', en: 'nobody yet' })}</h3>
          {check.answeredAt ? <p className={`notice ${check.fixed ? 'fine' : 'late'}`}>{check.fixed ? say({ zh: '已解决', en: 'Fixed' }) : say({ zh: '未解决', en: 'Not fixed' })}{check.note && `：${check.note}`}</p>
            : <p className="quiet">{say({ zh: '等网格员到现场', en: 'A grid worker is to look' })}</p>}
          <Photos photos={check.photos} label={say({ zh: '核查', en: 'Check' })} />
        </section>
      )}
    </div>
  );
}

/** What was asked for and is to be decided. */
function Decisions({ of }: { of: Whole }) {
  const open = (of.returns ?? []).filter((r) => r.upheld === null);
  const asked = (of.requests ?? []).filter((r) => r.state === 'ASKED');
  return (
    <>
      {open.map((r) => (
        <p key={r.id} className="notice late">{say({ zh: `${r.department.nameZh} 申请退回，认为应由 ${r.proposed.nameZh} 办：`, en: `${r.department.nameEn} says it is ${r.proposed.nameEn}'s: ` })}<q>{r.basis}</q></p>
      ))}
      {asked.map((r) => (
        <p key={r.id} className="notice late">{say({ zh: `${r.askedBy?.name ?? ''} 申请${requests[r.kind].zh}`, en: `${requests[r.kind].en} asked by ${r.askedBy?.name ?? ''}` })}{r.until && ` → ${moment(r.until)}`}：<q>{r.reason}</q></p>
      ))}
    </>
  );
}

function Standard({ of }: { of: Whole }) {
  const s = of.standard;
  return (
    <details>
      <summary>{say({ zh: `立结案标准 · ${limit(s.limit)}`, en: `Filing standard · ${limit(s.limit)}` })}</summary>
      <dl className="facts">
        <dt>{say({ zh: '立案条件', en: 'Filed when' })}</dt><dd>{say({ zh: s.conditionZh, en: s.conditionEn })}</dd>
        <dt>{say({ zh: '结案条件', en: 'Closed when' })}</dt><dd>{say({ zh: s.closingZh, en: s.closingEn })}</dd>
        <dt>{say({ zh: '依据', en: 'Basis' })}</dt><dd>{s.legalBasis}</dd>
      </dl>
    </details>
  );
}

/** Why it is where it is: the rules tried, in order, and what failed of each. */
function WhyHere({ of }: { of: Whole }) {
  const why = of.whyHere;
  if (!why || why.tried.length === 0) return null;
  return (
    <details>
      <summary>{say({ zh: '为什么派到这里', en: 'Why here' })}</summary>
      <ol className="tried">
        {why.tried.map((t) => (
          <li key={t.rule} className={t.matched ? 'won' : ''}>
            <b>{t.matched ? '✓' : '·'} {named(t)}</b>
            {!t.matched && t.failed && <small className="quiet"> {say({ zh: `不符合：${t.failed}`, en: `failed: ${t.failed}` })}{t.was && ` = ${t.was}`}</small>}
          </li>
        ))}
      </ol>
    </details>
  );
}
