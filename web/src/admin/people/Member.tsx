import { useState } from 'react';
import { accepted, ask } from '../../api/ask.ts';
import { useAsk } from '../../api/cache.ts';
import { AdminMemberDocument, AskGrantDocument, DisableStaffDocument, EnableStaffDocument, ResetPasswordDocument, RevokeDeviceDocument, RevokeGrantDocument, type AdminMemberQuery, type GrantInput } from '../../api/generated/graphql.ts';
import { useHat } from '../../person/me.tsx';
import { say } from '../../say/say.ts';
import { moment } from '../../say/time.ts';
import { hashOf } from '../hash.ts';
import { Reading } from '../Reading.tsx';
import { Refused } from '../Refused.tsx';
import { useSending } from '../../api/sending.ts';
import { GrantForm } from './GrantForm.tsx';
import { Password } from './Password.tsx';
import { Roster } from './Roster.tsx';
import { granted } from './words.ts';

export type Staff = NonNullable<AdminMemberQuery['staffMember']>;

/** One of the staff, and what may be changed about them. Nobody changes themselves. */
export function Member({ id }: { id: string }) {
  const { me } = useHat();
  const answer = useAsk(AdminMemberDocument, { id });
  if (!answer.data) return <Reading answer={answer} />;
  const m = answer.data.staffMember;
  if (!m) return <p className="quiet blank">{say({ zh: '没有这个人，或不归你管理。', en: 'There is nobody, or nobody whom you administer.' })}</p>;
  const own = m.id === me.person.id;
  return (
    <section className="version" aria-labelledby="member">
      <header><h2 id="member">{m.name}</h2>
        <p className="quiet">{[m.login, m.phone, say({ zh: `登记于 ${moment(m.createdAt)}`, en: `registered ${moment(m.createdAt)}` })].filter(Boolean).join(' · ')} · <a href={hashOf('audit', 'person', m.id)}>{say({ zh: '日志', en: 'log' })}</a></p></header>
      {m.disabledAt && <p className="notice late">{say({ zh: `账号于 ${moment(m.disabledAt)} 停用`, en: `The account was closed ${moment(m.disabledAt)}` })}</p>}
      {own && <p className="notice">{say({ zh: '这是你自己：岗位和账号由别的管理员管理。', en: 'This is you: another administrator looks after what you are.' })}</p>}
      <Grants of={m} own={own} />
      <Roster of={m} />
      <Devices all={answer.data.devices} />
      {!own && <Account of={m} />}
    </section>
  );
}

function Grants({ of, own }: { of: Staff; own: boolean }) {
  const [asking, setAsking] = useState<GrantInput>();
  const { busy, error, send } = useSending();
  const revoke = (id: string) => send(async () => { accepted((await ask(RevokeGrantDocument, { id })).revokeGrant); });
  const request = (grant: GrantInput) => send(async () => { accepted((await ask(AskGrantDocument, { input: { person: of.id, grant } })).askGrant); setAsking(undefined); });
  return (
    <section className="card-form" aria-labelledby="grants">
      <h3 id="grants">{say({ zh: '岗位', en: 'Roles' })}</h3>
      {of.grants.length === 0 && <p className="quiet">{say({ zh: '没有岗位：登录后看不到任何东西。', en: 'None: signed in, the person sees nothing.' })}</p>}
      <ul>{of.grants.map((g) => (
        <li key={g.id}><span><b>{granted(g)}</b><small className="quiet">{say({ zh: `自 ${moment(g.grantedAt)}`, en: `since ${moment(g.grantedAt)}` })}{g.grantedBy && say({ zh: `，${g.grantedBy.name} 批准`, en: `, granted by ${g.grantedBy.name}` })}</small></span>
          {!own && <button type="button" className="small grave" disabled={busy} onClick={() => void revoke(g.id)}>{say({ zh: '收回', en: 'Revoke' })}</button>}</li>
      ))}</ul>
      <Refused error={error} />
      {!own && !of.disabledAt && (asking ? (
        <form className="narrow inner" onSubmit={(e) => { e.preventDefault(); void request(asking); }}>
          <GrantForm grant={asking} change={setAsking} />
          <p className="row"><button type="submit" className="button main" disabled={busy || asking.region === ''}>{say({ zh: '提出申请', en: 'Ask for it' })}</button>
            <button type="button" className="button plain" onClick={() => setAsking(undefined)}>{say({ zh: '取消', en: 'Cancel' })}</button></p>
        </form>
      ) : <p className="row"><button type="button" className="button" onClick={() => setAsking({ role: 'GRID_WORKER', region: '', department: '' })}>{say({ zh: '申请新岗位', en: 'Ask for another role' })}</button></p>)}
    </section>
  );
}

function Devices({ all }: { all: AdminMemberQuery['devices'] }) {
  const { busy, error, send } = useSending();
  const [revoking, setRevoking] = useState<string>();
  const [reason, setReason] = useState('');
  if (all.length === 0) return null;
  const revoke = (device: string) => send(async () => { accepted((await ask(RevokeDeviceDocument, { input: { device, reason } })).revokeDevice); setRevoking(undefined); setReason(''); });
  return (
    <section className="card-form" aria-labelledby="devices">
      <h3 id="devices">{say({ zh: '手持终端', en: 'Handhelds' })}</h3>
      <Refused error={error} />
      <ul>{all.map((d) => <li key={d.id}><span><b>{d.name}</b><small className="quiet">{say({ zh: `登记于 ${moment(d.enrolledAt)}`, en: `enrolled ${moment(d.enrolledAt)}` })}</small></span>
        <span className="tag">{d.revokedAt ? say({ zh: `已停用 ${moment(d.revokedAt)}`, en: `revoked ${moment(d.revokedAt)}` }) : d.seenOn ? say({ zh: `最近 ${d.seenOn}`, en: `seen ${d.seenOn}` }) : say({ zh: '还没用过', en: 'not used yet' })}</span>
        {!d.revokedAt && <button type="button" className="small grave" disabled={busy} onClick={() => setRevoking(d.id)}>{say({ zh: '停用', en: 'Revoke' })}</button>}</li>)}</ul>
      {revoking !== undefined && (
        <form className="close-account" onSubmit={(e) => { e.preventDefault(); void revoke(revoking); }}>
          <label className="field"><span>{say({ zh: `停用 ${all.find((d) => d.id === revoking)?.name} 的原因`, en: `Why ${all.find((d) => d.id === revoking)?.name} is revoked` })}</span><input className="input" required maxLength={500} value={reason} onChange={(e) => setReason(e.target.value)} /></label>
          <button type="submit" className="button grave" disabled={busy || reason.trim() === ''}>{say({ zh: '停用这台终端', en: 'Revoke this handheld' })}</button>
          <small className="quiet">{say({ zh: '立即生效，本人所有登录都会退出；停用前已做的仍会送到，由值班长确认。', en: 'At once, and all sessions of its owner end. What was done before still arrives, and a duty lead decides on it.' })}</small>
        </form>
      )}
    </section>
  );
}

function Account({ of }: { of: Staff }) {
  const [reason, setReason] = useState('');
  const [password, setPassword] = useState<string>();
  const { busy, error, send } = useSending();
  const reset = () => send(async () => { setPassword(accepted((await ask(ResetPasswordDocument, { id: of.id })).resetPassword).password ?? undefined); });
  const disable = () => send(async () => { accepted((await ask(DisableStaffDocument, { input: { person: of.id, reason } })).disableStaff); setReason(''); setPassword(undefined); });
  const enable = () => send(async () => { accepted((await ask(EnableStaffDocument, { id: of.id })).enableStaff); });
  return (
    <section className="card-form" aria-labelledby="account">
      <h3 id="account">{say({ zh: '账号', en: 'Account' })}</h3>
      {password !== undefined && <Password password={password} />}
      <Refused error={error} />
      {of.disabledAt ? (
        <p className="row"><button type="button" className="button" disabled={busy} onClick={() => void enable()}>{say({ zh: '重新启用', en: 'Open again' })}</button><span className="quiet">{say({ zh: '岗位和密码要重新办。', en: 'Roles and a password have to be made anew.' })}</span></p>
      ) : (
        <>
          <p className="row"><button type="button" className="button" disabled={busy} onClick={() => void reset()}>{say({ zh: '重置密码', en: 'Reset the password' })}</button></p>
          <form className="close-account" onSubmit={(e) => { e.preventDefault(); void disable(); }}>
            <label className="field"><span>{say({ zh: '停用原因', en: 'Why it is closed' })}</span><input className="input" required maxLength={500} value={reason} onChange={(e) => setReason(e.target.value)} /></label>
            <button type="submit" className="button grave" disabled={busy || reason.trim() === ''}>{say({ zh: '停用账号', en: 'Close the account' })}</button>
            <small className="quiet">{say({ zh: '立即退出登录，终端作废，岗位、排班和责任网格结束，未完成的巡查退回街道。', en: 'Sessions, handhelds, roles, shifts and duties end at once; open inspections go back to the street.' })}</small>
          </form>
        </>
      )}
    </section>
  );
}
