import { QueryClientProvider } from '@tanstack/react-query';
import { useMemo, useState, type ReactNode } from 'react';
import { ask, Refusal } from '../api/ask.ts';
import { cache, useAsk } from '../api/cache.ts';
import { MeDocument, SignOutDocument, type Role } from '../api/generated/graphql.ts';
import { say, useLanguage } from '../say/say.ts';
import { told } from '../say/refusal.ts';
import { HatContext, roles, type Grant } from './me.tsx';
import { SignIn } from './SignIn.tsx';

/** Lets in whoever is signed in with one of the roles; to others it shows the door. */
export function Gate({ title, open, children }: { title: string; open: readonly Role[]; children: ReactNode }) {
  useLanguage();
  return <QueryClientProvider client={cache}><Door title={title} open={open}>{children}</Door></QueryClientProvider>;
}

const often = 60_000; // ms: an expired session is noticed within a minute

function Door({ title, open, children }: { title: string; open: readonly Role[]; children: ReactNode }) {
  const answer = useAsk(MeDocument, {}, { every: often });
  const [worn, wear] = useState<Grant>();
  const me = answer.data?.me;
  const hats = useMemo(() => me?.grants.filter((g) => open.includes(g.role)) ?? [], [me, open]);
  const grant = hats.find((g) => g === worn) ?? hats[0];

  if (!me || answer.error instanceof Refusal) {
    if (answer.isPending) return <p className="waiting">{say({ zh: '正在打开…', en: 'Opening…' })}</p>;
    if (answer.error && !(answer.error instanceof Refusal)) return <Away retry={() => void answer.refetch()} error={answer.error} />;
    return <SignIn title={title} entered={() => void cache.invalidateQueries()} />;
  }
  const signOut = () => { void ask(SignOutDocument, {}).finally(() => { cache.clear(); location.reload(); }); };
  if (!grant) return <NotHere open={open} signOut={signOut} />;
  return <HatContext value={{ me, grant, hats, wear, signOut }}>{children}</HatContext>;
}

function Away({ error, retry }: { error: unknown; retry: () => void }) {
  return (
    <main className="door">
      <p className="notice late" role="alert">{told(error)}</p>
      <button type="button" className="button main" onClick={retry}>{say({ zh: '重试', en: 'Try again' })}</button>
    </main>
  );
}

function NotHere({ open, signOut }: { open: readonly Role[]; signOut: () => void }) {
  return (
    <main className="door">
      <p className="notice late" role="alert">
        {say({ zh: '这个页面是给这些岗位用的：', en: 'This page is for: ' })}{open.map((r) => say(roles[r])).join(say({ zh: '、', en: ', ' }))}
      </p>
      <button type="button" className="button main" onClick={signOut}>{say({ zh: '换个账号登录', en: 'Sign in as somebody else' })}</button>
    </main>
  );
}
