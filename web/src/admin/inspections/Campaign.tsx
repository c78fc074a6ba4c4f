import { useState } from 'react';
import { accepted, ask } from '../../api/ask.ts';
import { useAsk } from '../../api/cache.ts';
import { AdminCampaignDocument, AdminCloseCampaignDocument, type AdminCampaignQuery } from '../../api/generated/graphql.ts';
import { named, say } from '../../say/say.ts';
import { moment } from '../../say/time.ts';
import { hashOf } from '../hash.ts';
import { Reading } from '../Reading.tsx';
import { Refused } from '../Refused.tsx';
import { useSending } from '../../api/sending.ts';
import { Take } from '../../work/Take.tsx';
import { OddCodes } from './OddCodes.tsx';
import { reasons, states, visited } from './words.ts';

type Whole = NonNullable<AdminCampaignQuery['campaign']>;
type Street = Whole['streets'][number];

const often = 5_000; // ms: tasks are made and done while one looks

/** How far a campaign is, street by street; once it is over, this is its report. */
export function Campaign({ id }: { id: string }) {
  const answer = useAsk(AdminCampaignDocument, { id }, { every: often });
  const c = answer.data?.campaign;
  if (!c || c.id !== id) return <Reading answer={answer} />;
  const sum = (of: (s: Street) => number) => c.streets.reduce((all, s) => all + of(s), 0);
  const over = c.state === 'CLOSED';
  return (
    <article className="version" aria-label={c.name}>
      <header>
        <p className="kicker">{c.plan ? <a href={hashOf('inspections', 'plans', c.plan.id)}>{say({ zh: `计划的一期 · ${c.plan.name}`, en: `A period of the plan ${c.plan.name}` })}</a> : say({ zh: '专项排查', en: 'Campaign' })}<span className={`tag standing ${c.state === 'RUNNING' ? 'inForce' : ''}`}>{say(states[c.state])}</span></p>
        <h2>{c.name}</h2>
        <p className="quiet">{named(c.region)} · {visited(c)} · {named(c.checklist)} · {say({ zh: `${moment(c.dueAt)} 前完成`, en: `due ${moment(c.dueAt)}` })} · {say({ zh: `${moment(c.createdAt)} 发起`, en: `started ${moment(c.createdAt)}` })}</p>
      </header>
      {c.state === 'GENERATING' && <p className="notice">{say({ zh: `正在分派任务：${c.generated} / ${c.total}`, en: `Tasks are being made: ${c.generated} of ${c.total}` })}</p>}
      <dl className="tiles">
        <div><dt>{say({ zh: '完成', en: 'Done' })}</dt><dd>{c.done.toLocaleString()} / {c.total.toLocaleString()}</dd></div>
        <div><dt>{say({ zh: '隐患', en: 'Findings' })}</dt><dd>{c.findings.toLocaleString()}</dd></div>
        <div><dt>{say({ zh: '当场整改', en: 'Put right on the spot' })}</dt><dd>{sum((s) => s.fixed).toLocaleString()}</dd></div>
        <div><dt>{say({ zh: '转为案件', en: 'Became cases' })}</dt><dd>{sum((s) => s.cases).toLocaleString()}</dd></div>
        {over && <div><dt>{say({ zh: '未到', en: 'Not reached' })}</dt><dd>{sum((s) => s.unreached).toLocaleString()}</dd></div>}
      </dl>
      {(c.state === 'RUNNING' || c.state === 'GENERATING') && <Close of={c} />}
      <Take path={`/export/campaigns/${id}`} />
      <table className="rules streets">
        <thead><tr><th scope="col">{say({ zh: '街道', en: 'Subdistrict' })}</th><th scope="col">{say({ zh: '进度', en: 'Progress' })}</th><th scope="col">{say({ zh: '隐患', en: 'Findings' })}</th><th scope="col">{say({ zh: '当场整改', en: 'On the spot' })}</th><th scope="col">{say({ zh: '转案件', en: 'Cases' })}</th><th scope="col">{say({ zh: '未到及原因', en: 'Not reached, and why' })}</th></tr></thead>
        <tbody>{c.streets.map((s) => (
          <tr key={s.street.code}>
            <td><b>{named(s.street)}</b></td>
            <td><span className="line"><span className="number">{s.done} / {s.tasks}</span><progress max={Math.max(1, s.tasks)} value={s.done} aria-label={say({ zh: `${s.street.nameZh}的进度`, en: `Progress of ${s.street.nameEn}` })} /></span></td>
            <td>{s.findings}</td><td>{s.fixed}</td><td>{s.cases}</td>
            <td>{s.unreached > 0 ? s.unreached : '–'}{s.reasons.length > 0 && <small className="quiet">{s.reasons.map((r) => `${say(reasons[r.reason])} ${r.tasks}`).join(say({ zh: '、', en: ', ' }))}</small>}</td>
          </tr>
        ))}</tbody>
      </table>
      <OddCodes campaign={id} />
    </article>
  );
}

function Close({ of }: { of: Whole }) {
  const [asking, setAsking] = useState(false);
  const { busy, error, send } = useSending();
  const close = () => send(async () => { accepted((await ask(AdminCloseCampaignDocument, { id: of.id })).closeCampaign); });
  if (!asking) return <p className="row"><button type="button" className="button grave" onClick={() => setAsking(true)}>{say({ zh: '提前结束', en: 'Close it now' })}</button></p>;
  return (
    <section className="acts" aria-label={say({ zh: '提前结束', en: 'Close it now' })}>
      <p>{say({ zh: `还有 ${of.total - of.done} 个任务没做，会记为未到，并从各人手上收回。`, en: `${of.total - of.done} tasks are open: they count as not reached, and are taken off people's hands.` })}</p>
      <Refused error={error} />
      <p className="row"><button type="button" className="button grave" disabled={busy} onClick={() => void close()}>{say({ zh: '结束', en: 'Close it' })}</button><button type="button" className="button" onClick={() => setAsking(false)}>{say({ zh: '不', en: 'No' })}</button></p>
    </section>
  );
}
