import { useState } from 'react';
import type { ClueRowFragment } from '../api/generated/graphql.ts';
import { named, say } from '../say/say.ts';
import { told } from '../say/refusal.ts';
import * as triage from './triage.ts';

type Outcome = { of: ClueRowFragment; ok: boolean; words: string };

/** One decision about many reports: each is decided by itself, and each tells what became of it. */
export function Bulk({ clues, drop }: { clues: readonly ClueRowFragment[]; drop: () => void }) {
  const [reason, setReason] = useState('');
  const [outcomes, setOutcomes] = useState<ReadonlyMap<string, Outcome>>(new Map());
  const [busy, setBusy] = useState(false);
  const all = async (one: (c: ClueRowFragment) => Promise<void>) => {
    if (busy) return;
    setBusy(true);
    for (const c of clues) {
      let outcome: Outcome = { of: c, ok: true, words: say({ zh: '已完成', en: 'done' }) };
      try { await one(c); } catch (error) { outcome = { of: c, ok: false, words: told(error) }; }
      setOutcomes((was) => new Map(was).set(c.id, outcome));
    }
    setBusy(false);
  };
  const both = (a: 'ASK_VERIFICATION' | 'REFUSE') => clues.length > 0 && clues.every((c) => c.actions.includes(a));
  // What was decided leaves the queue, and what became of it stays here.
  const gone = [...outcomes.values()].map((o) => o.of).filter((was) => !clues.some((c) => c.id === was.id));
  return (
    <section className="whole bulk">
      <h2>{say({ zh: `选中 ${clues.length} 条线索`, en: `${clues.length} reports marked` })}</h2>
      <div className="row">
        <button type="button" className="button" aria-disabled={busy} disabled={!both('ASK_VERIFICATION')} onClick={() => void all(triage.verify)}>{say({ zh: '都请核实', en: 'Ask to verify all' })}</button>
        <button type="button" className="button plain" onClick={drop}>{say({ zh: '取消选择', en: 'Unmark' })}</button>
      </div>
      <form className="act" onSubmit={(e) => { e.preventDefault(); void all((c) => triage.refuse(c, reason)); }}>
        <label className="field"><span>{say({ zh: '都不予立案，理由（上报人会看到）', en: 'Refuse all, because (the reporters read it)' })}</span>
          <input className="input" required maxLength={500} value={reason} onChange={(e) => setReason(e.target.value)} /></label>
        <button type="submit" className="button grave" aria-disabled={busy} disabled={!both('REFUSE')}>{say({ zh: '都不予立案', en: 'Refuse all' })}</button>
      </form>
      <ol className="outcomes" aria-live="polite">
        {[...clues, ...gone].map((c) => <li key={c.id}><span>{c.number} · {c.category ? named(c.category) : ''}</span><span className={outcomes.get(c.id)?.ok === false ? 'late' : 'quiet'}>{outcomes.get(c.id)?.words ?? ''}</span></li>)}
      </ol>
    </section>
  );
}
