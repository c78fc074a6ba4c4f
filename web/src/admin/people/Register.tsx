import { useState } from 'react';
import { accepted, ask } from '../../api/ask.ts';
import { RegisterStaffDocument, type GrantInput } from '../../api/generated/graphql.ts';
import { language, say } from '../../say/say.ts';
import { hashOf } from '../hash.ts';
import { Refused } from '../Refused.tsx';
import { useSending } from '../../api/sending.ts';
import { GrantForm } from './GrantForm.tsx';
import { Password } from './Password.tsx';

/** Takes somebody in. They see nothing before another administrator has granted what they are to be. */
export function Register() {
  const [name, setName] = useState('');
  const [login, setLogin] = useState('');
  const [phone, setPhone] = useState('');
  const [grant, setGrant] = useState<GrantInput>({ role: 'GRID_WORKER', region: '', department: '' });
  const [made, setMade] = useState<{ id: string; password: string }>();
  const { busy, error, send } = useSending();
  const register = () => send(async () => {
    const done = accepted((await ask(RegisterStaffDocument, { input: { name, login, phone: phone.trim() || null, locale: language(), grant } })).registerStaff);
    if (done.member && done.password) setMade({ id: done.member.id, password: done.password });
  });
  return (
    <section className="version" aria-labelledby="register">
      <header><h2 id="register">{say({ zh: '登记新人', en: 'Register somebody' })}</h2>
        <p className="quiet">{say({ zh: '登记后由另一位管理员批准岗位，在此之前看不到任何东西。', en: 'Another administrator has to grant the role. Until then the person sees nothing.' })}</p></header>
      {made ? <Password {...made}><a className="button" href={hashOf('people', made.id)}>{say({ zh: '打开此人', en: 'Open the person' })}</a></Password> : (
        <form className="card-form narrow" onSubmit={(e) => { e.preventDefault(); void register(); }}>
          <label className="field"><span>{say({ zh: '姓名', en: 'Name' })}</span><input className="input" required maxLength={60} value={name} onChange={(e) => setName(e.target.value)} /></label>
          <label className="field"><span>{say({ zh: '登录账号', en: 'Sign-in name' })}</span><input className="input" required autoCapitalize="none" value={login} onChange={(e) => setLogin(e.target.value)} /><small>{say({ zh: '3 到 64 个小写字母、数字、点、横线、下划线', en: '3 to 64 of a–z, 0–9, dot, hyphen and underscore' })}</small></label>
          <label className="field"><span>{say({ zh: '工作电话（可不填）', en: 'Work telephone (optional)' })}</span><input className="input" type="tel" placeholder="+8675512345678" value={phone} onChange={(e) => setPhone(e.target.value)} /></label>
          <GrantForm grant={grant} change={setGrant} />
          <Refused error={error} />
          <button type="submit" className="button main" disabled={busy || grant.region === ''}>{say({ zh: '登记并申请岗位', en: 'Register, and ask for the role' })}</button>
        </form>
      )}
    </section>
  );
}
