import { QueryClientProvider } from '@tanstack/react-query';
import { useMemo, useState, type ComponentType } from 'react';
import { ask, Refusal } from '../api/ask.ts';
import { cache, useAsk } from '../api/cache.ts';
import { MeDocument, SignOutDocument } from '../api/generated/graphql.ts';
import { LanguageSwitch } from '../look/Language.tsx';
import { Mark } from '../look/Mark.tsx';
import { say, useLanguage } from '../say/say.ts';
import { told } from '../say/refusal.ts';
import { HatContext, roles, type Grant } from './me.tsx';
import { screens, screensOf, type Screen } from './screens.ts';
import { SignIn } from './SignIn.tsx';

/** Lets in whoever is signed in with one of the screen's roles; to others it shows the door, and where they do work. The page is made here, so that all
 * of it is said anew when the language changes. */
export function Gate({ screen, page }: { screen: Screen; page: ComponentType }) {
  useLanguage();
  return <QueryClientProvider client={cache}><Door screen={screen} page={page} /></QueryClientProvider>;
}

const often = 60_000; // ms: an expired session is noticed within a minute

function Door({ screen, page: Page }: { screen: Screen; page: ComponentType }) {
  const answer = useAsk(MeDocument, {}, { every: often });
  const [worn, wear] = useState<Grant>();
  const me = answer.data?.me;
  const hats = useMemo(() => me?.grants.filter((g) => screens[screen].open.includes(g.role)) ?? [], [me, screen]);
  const grant = hats.find((g) => g === worn) ?? hats[0];

  if (!me || answer.error instanceof Refusal) {
    if (answer.isPending) return <p className="waiting">{say({ zh: '正在打开…', en: 'Opening…' })}</p>;
    if (answer.error && !(answer.error instanceof Refusal)) return <Away retry={() => void answer.refetch()} error={answer.error} />;
    return <SignIn title={say(screens[screen].name)} entered={() => void cache.invalidateQueries()} />;
  }
  const signOut = () => { void ask(SignOutDocument, {}).finally(() => { cache.clear(); location.reload(); }); };
  if (!grant) return <NotHere screen={screen} grants={me.grants} signOut={signOut} />;
  return <HatContext value={{ me, grant, hats, wear, signOut }}><Page /></HatContext>;
}

function Away({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <main className="door">
      <p className="notice late" role="alert">{told(error)}</p>
      <button type="button" className="button main" onClick={retry}>{say({ zh: '重试', en: 'Try again' })}</button>
    </main>
  );
}

function NotHere({ screen, grants, signOut }: { screen: Screen; grants: Grant[]; signOut: () => void }) {
  const { name, open } = screens[screen];
  const elsewhere = screensOf(grants.map((g) => g.role));
  return (
    <main className="door">
      <div className="card">
        <p className="brand"><Mark size={36} /><span>Gridwork</span><LanguageSwitch /></p>
        <h1>{say({ zh: `「${name.zh}」不归你的岗位`, en: `${name.en} is for another role` })}</h1>
        <p className="notice late" role="alert">{say({ zh: '这个页面是给这些岗位用的：', en: 'This page is for: ' })}{open.map((r) => say(roles[r])).join(say({ zh: '、', en: ', ' }))}</p>
        {elsewhere.length > 0 && <nav className="elsewhere" aria-label={say({ zh: '你的页面', en: 'Your screens' })}>{elsewhere.map((s) => <a key={s.path} className="button main" href={s.path}>{say(s.name)}</a>)}</nav>}
        <button type="button" className="button" onClick={signOut}>{say({ zh: '换个账号登录', en: 'Sign in as somebody else' })}</button>
      </div>
    </main>
  );
}
