import { useState } from 'react';
import { useAsk } from '../../api/cache.ts';
import { AdminMovedDocument, AdminReplayDocument, type AdminReplayQuery, type ReplayInput } from '../../api/generated/graphql.ts';
import { named, say } from '../../say/say.ts';
import { moment } from '../../say/time.ts';
import { CaseRow } from '../../work/Rows.tsx';
import type { Names } from '../names.ts';
import { Reading } from '../Reading.tsx';
import { Sign } from '../../work/Sign.tsx';
import type { RuleSet } from './words.ts';

type Difference = AdminReplayQuery['replayRules']['differences'][number];

const month = 30 * 86_400_000; // ms

/** What a version would have decided about the last thirty days. */
export function Replay({ set, names }: { set: RuleSet; names: Names }) {
  const [now] = useState(Date.now); // the period stands still while it is looked at
  const input: ReplayInput = { version: set.version, from: new Date(now - month).toISOString(), to: new Date(now).toISOString(), region: '' };
  const answer = useAsk(AdminReplayDocument, { input });
  const r = answer.data?.replayRules;
  if (!r) return <Reading answer={answer} />;
  const most = Math.max(1, ...r.differences.map((d) => d.cases));
  return (
    <section className="replay" aria-label={say({ zh: '回放', en: 'Replay' })}>
      <dl className="tiles">
        <div><dt>{say({ zh: '近 30 天的案件', en: 'Cases of the last 30 days' })}</dt><dd>{r.cases.toLocaleString()}</dd></div>
        <div><dt>{say({ zh: '会派到别处', en: 'Would have gone elsewhere' })}</dt><dd>{r.moved.toLocaleString()}</dd></div>
        <div><dt>{say({ zh: '退回成立的，一次派对', en: 'Of upheld returns, right at once' })}</dt><dd>{r.rightAtOnce} / {r.returned}</dd></div>
      </dl>
      {r.partial && <p className="notice">{say({ zh: '案件太多，只看了最新的 5 万件。', en: 'There are more cases: only the newest 50 000 were looked at.' })}</p>}
      {r.differences.length === 0 && <p className="quiet blank">{say({ zh: '这一版派的和实际一样。', en: 'It would have sent every case where it went.' })}</p>}
      <ol className="differences">{r.differences.map((d) => <Row key={`${d.was} ${d.would}`} of={d} share={d.cases / most} input={input} set={set} names={names} />)}</ol>
      <p className="quiet">{say({ zh: '限制类案件不在内。', en: 'Restricted cases are left out.' })}</p>
    </section>
  );
}

function Row({ of, share, input, set, names }: { of: Difference; share: number; input: ReplayInput; set: RuleSet; names: Names }) {
  const [open, setOpen] = useState(false);
  return (
    <li>
      <button type="button" className="difference" aria-expanded={open} onClick={() => setOpen(!open)}>
        <span>{where(of.was, names)} <b>→ {where(of.would, names)}</b></span>
        <i><u style={{ width: `${share * 100}%` }} /></i>
        <b className="number">{say({ zh: `${of.cases} 件`, en: `${of.cases} cases` })}</b>
      </button>
      {open && <Behind of={of} input={input} set={set} names={names} />}
    </li>
  );
}

/** The cases behind a number: whole for those who may read cases, for the others by what the rules see of them. */
function Behind({ of, input, set, names }: { of: Difference; input: ReplayInput; set: RuleSet; names: Names }) {
  const cases = useAsk(AdminMovedDocument, { input: { ...input, was: of.was, would: of.would } }).data?.movedCases.nodes ?? [];
  const rule = (code: string | null) => { const r = set.rules.find((known) => known.code === code); return r ? named(r) : say({ zh: '没有规则', en: 'no rule' }); };
  if (cases.length > 0) return <ol className="rows">{cases.map((c) => <CaseRow key={c.id} of={c} open={false} choose={() => {}} />)}</ol>;
  return (
    <table className="counts behind-number">
      <thead><tr><th scope="col">{say({ zh: '案件', en: 'Case' })}</th><th scope="col">{say({ zh: '类别', en: 'Category' })}</th><th scope="col">{say({ zh: '街道', en: 'Subdistrict' })}</th><th scope="col">{say({ zh: '会用的规则', en: 'Rule that would decide' })}</th><th scope="col">{say({ zh: '现在在', en: 'Now with' })}</th><th scope="col">{say({ zh: '立案', en: 'Filed' })}</th></tr></thead>
      <tbody>
        {of.newest.map((c) => (
          <tr key={c.number}><td><Sign urgent={c.urgent} /> {c.number}</td><td>{names.category(c.category)}</td><td>{names.region(c.street)}</td><td>{rule(c.rule)}</td><td>{where(c.ended, names)}</td><td>{moment(c.filedAt)}</td></tr>
        ))}
      </tbody>
      {of.cases > of.newest.length && <caption>{say({ zh: `最新的 ${of.newest.length} 件，共 ${of.cases} 件`, en: `The newest ${of.newest.length} of ${of.cases}` })}</caption>}
    </table>
  );
}

const where = (code: string | null, names: Names): string => (code === null ? say({ zh: '派遣员的队列', en: 'the queue of the dispatchers' }) : names.department(code));
