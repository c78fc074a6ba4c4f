import { useState } from 'react';
import { accepted, ask, Refusal } from '../api/ask.ts';
import { ChoosePasswordDocument, SignInDocument } from '../api/generated/graphql.ts';
import { LanguageSwitch } from '../look/Language.tsx';
import { Mark } from '../look/Mark.tsx';
import { say } from '../say/say.ts';
import { told } from '../say/refusal.ts';
import './door.css';

export function SignIn({ title, entered }: { title: string; entered: () => void | Promise<void> }) {
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const [chosen, setChosen] = useState<string>(); // a password of one's own, in place of one that an administrator made
  const enter = async () => {
    setBusy(true);
    try {
      if (chosen === undefined) accepted((await ask(SignInDocument, { input: { login: login.trim(), password } })).signIn);
      else accepted((await ask(ChoosePasswordDocument, { input: { login: login.trim(), password, chosen } })).choosePassword);
      await entered();
    } catch (problem) {
      if (problem instanceof Refusal && problem.code === 'PASSWORD_TEMPORARY') setChosen('');
      else setError(problem);
    }
    setBusy(false);
  };
  return (
    <main className="door">
      <form className="card" onSubmit={(e) => { e.preventDefault(); void enter(); }}>
        <p className="brand"><Mark size={36} /><span>Gridwork</span><LanguageSwitch /></p>
        <h1>{title}</h1>
        <label className="field"><span>{say({ zh: '账号', en: 'Sign-in name' })}</span>
          <input className="input" autoComplete="username" autoCapitalize="none" required value={login} onChange={(e) => setLogin(e.target.value)} /></label>
        <label className="field"><span>{say({ zh: '密码', en: 'Password' })}</span>
          <input className="input" type="password" autoComplete="current-password" required value={password} onChange={(e) => setPassword(e.target.value)} /></label>
        {chosen !== undefined && <label className="field"><span>{say({ zh: '自己的新密码', en: 'A password of your own' })}</span>
          <input className="input" type="password" autoComplete="new-password" required minLength={10} value={chosen} onChange={(e) => setChosen(e.target.value)} />
          <small>{say({ zh: '现在的密码是别人给的：请换成自己的，至少 10 个字符。', en: 'The one so far was made by somebody else. Choose your own, of 10 characters at least.' })}</small></label>}
        {error !== undefined && <p className="notice late" role="alert">{told(error)}</p>}
        <button type="submit" className="button main" disabled={busy}>{say({ zh: '登录', en: 'Sign in' })}</button>
      </form>
    </main>
  );
}
