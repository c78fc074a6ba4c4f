import { useEffect, useEffectEvent, useState } from 'react';
import { ask } from '../api/ask.ts';
import { FollowTipDocument, type FollowedFragment } from '../api/generated/graphql.ts';
import { decoded } from '../say/address.ts';
import { say } from '../say/say.ts';
import { told } from '../say/refusal.ts';
import { Head } from './Head.tsx';
import { Steps } from './Steps.tsx';
import { Verdict } from './Verdict.tsx';

/** The claim code stands behind the # of the address, which browsers send to nobody, and is taken out of it at once. */
function handedOver(): string {
  const code = decoded(location.hash.slice(1));
  if (code) history.replaceState(null, '', location.pathname);
  return code;
}

/** How a report gets on, told by its claim code alone. */
export function Track() {
  const [code, setCode] = useState(handedOver);
  const [clue, setClue] = useState<FollowedFragment | null>();
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);

  const follow = async (claimCode: string) => {
    setBusy(true);
    try {
      const { trackClue } = await ask(FollowTipDocument, { claimCode });
      setClue(trackClue);
      setError(undefined);
    } catch (problem) {
      setClue(undefined);
      setError(problem);
    } finally {
      setBusy(false);
    }
  };

  const begin = useEffectEvent(() => { if (code) void follow(code); });
  useEffect(() => begin(), []);

  return (
    <div className="page">
      <Head to="/" label={say({ zh: '我要报', en: 'Report' })} />
      <main>
        <form className="follow" onSubmit={(e) => { e.preventDefault(); void follow(code.trim()); }}>
          <label className="field">
            <span>{say({ zh: '查询码', en: 'Claim code' })}</span>
            <input className="input claim" autoComplete="off" autoCapitalize="characters" spellCheck={false} required value={code} onChange={(e) => setCode(e.target.value)} />
          </label>
          <button type="submit" className="button main" disabled={busy}>{say({ zh: '查进度', en: 'Follow' })}</button>
        </form>
        <div aria-live="polite">
          {error !== undefined && <p className="notice late">{told(error)}</p>}
          {clue && <><Steps clue={clue} /><Verdict clue={clue} claimCode={code.trim()} changed={setClue} /></>}
          {!clue && error === undefined && !busy && (
            <p className="quiet hint">{say({ zh: '提交后会得到一个查询码。凭它在这里看进度、评价结果、申请复查，不用登录。', en: 'Sending gives a claim code. With it you see here how your report gets on, rate the outcome and contest it, without signing in.' })}</p>
          )}
        </div>
      </main>
    </div>
  );
}
