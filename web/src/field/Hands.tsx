import { useEffect, useState } from 'react';
import { accepted, ask } from '../api/ask.ts';
import { FieldOfferDocument, FieldTakersDocument, FieldWithdrawOfferDocument, type FieldTakersQuery } from '../api/generated/graphql.ts';
import { told } from '../say/refusal.ts';
import { say } from '../say/say.ts';
import { hindrances } from '../work/hindrances.ts';
import type { Duty } from './duties.ts';
import { record, sync } from './sync.ts';

/** What a colleague asks the owner to take over, or nobody has: the owner says whether. */
export function TakeOver({ duty, done }: { duty: Duty; done: () => void }) {
  const offer = duty.kind === 'offer';
  const take = async (accept: boolean) => {
    const words = `${accept ? say({ zh: '接手', en: 'Taken over' }) : say({ zh: '没有接手', en: 'Not taken over' })} · ${duty.title}`;
    if (offer) await record('task.answer_offer', { task: duty.id, accept }, words, [], duty.id);
    else await record('task.claim', { task: duty.id }, `${say({ zh: '认领', en: 'Claimed' })} · ${duty.title}`, [], duty.id);
    done();
  };
  return (
    <>
      <p className="quiet">{offer ? say({ zh: '您答应以前，仍由同事负责。', en: 'It stays with your colleague until you agree.' }) : say({ zh: '先到先得：联网后平台确认，就在您的任务里。', en: 'First come, first served: once the platform has agreed, it is in your list.' })}</p>
      <div className={offer ? 'answers' : 'answers one'}>
        <button type="button" className="button main" onClick={() => void take(true)}>{offer ? say({ zh: '接手', en: 'Take it over' }) : say({ zh: '认领', en: 'Claim it' })}</button>
        {offer && <button type="button" className="button grave" onClick={() => void take(false)}>{say({ zh: '不接手', en: 'No' })}</button>}
      </div>
    </>
  );
}

/** A task that its owner cannot do goes on: to a colleague who is asked, or back to the street, with the reason. */
export function HandOn({ duty, done }: { duty: Duty; done: () => void }) {
  const [open, setOpen] = useState(false);
  return (
    <details className="hand-on" onToggle={(e) => setOpen(e.currentTarget.open)}>
      <summary>{say({ zh: '做不了？转交或交回', en: 'Cannot do it? Hand it on' })}</summary>
      {open && <><Offer duty={duty} done={done} /><GiveBack duty={duty} done={done} /></>}
    </details>
  );
}

function GiveBack({ duty, done }: { duty: Duty; done: () => void }) {
  const [reason, setReason] = useState('');
  const [note, setNote] = useState('');
  const send = async () => {
    await record('task.give_back', { task: duty.id, reason, ...(note.trim() ? { note: note.trim() } : {}) }, `${say({ zh: '交回街道', en: 'Given back' })} · ${duty.title}`, [], duty.id);
    done();
  };
  return (
    <form onSubmit={(e) => { e.preventDefault(); void send(); }}>
      <label className="field"><span>{say({ zh: '交回街道的原因', en: 'Why it goes back to the street' })}</span>
        <select className="input" required value={reason} onChange={(e) => setReason(e.target.value)}>
          <option value="">{say({ zh: '请选择', en: 'Choose' })}</option>
          {Object.entries(hindrances).map(([code, words]) => <option key={code} value={code.toLowerCase()}>{say(words)}</option>)}
        </select></label>
      <label className="field"><span>{reason === 'other' ? say({ zh: '是什么原因', en: 'What it is' }) : say({ zh: '补充说明（可不写）', en: 'More, if you like' })}</span>
        <textarea className="input" rows={2} maxLength={500} required={reason === 'other'} value={note} onChange={(e) => setNote(e.target.value)} /></label>
      <button type="submit" className="button grave">{say({ zh: '交回街道', en: 'Give it back' })}</button>
    </form>
  );
}

/** Asking a colleague takes a network: who may be asked is the platform's to say. */
function Offer({ duty, done }: { duty: Duty; done: () => void }) {
  const [people, setPeople] = useState<FieldTakersQuery['inspectionTaskTakers']>();
  const [to, setTo] = useState('');
  const [error, setError] = useState<unknown>();
  useEffect(() => {
    let current = true;
    ask(FieldTakersDocument, { id: duty.id }).then((found) => { if (current) setPeople(found.inspectionTaskTakers); }, (problem: unknown) => { if (current) setError(problem); });
    return () => { current = false; };
  }, [duty.id]);
  const carry = async (act: () => Promise<unknown>) => {
    try {
      await act();
      await sync();
      done();
    } catch (problem) { setError(problem); }
  };
  const offer = () => carry(async () => accepted((await ask(FieldOfferDocument, { input: { task: duty.id, to, note: '' } })).offerInspectionTask));
  const withdraw = () => carry(async () => accepted((await ask(FieldWithdrawOfferDocument, { id: duty.id })).withdrawTaskOffer));
  return (
    <form onSubmit={(e) => { e.preventDefault(); void offer(); }}>
      {duty.offered && <p className="notice">{say({ zh: '已请同事接手，对方答应以前仍由您负责。', en: 'A colleague was asked. It stays yours until they agree.' })} <button type="button" className="button" onClick={() => void withdraw()}>{say({ zh: '收回', en: 'Take back' })}</button></p>}
      <label className="field"><span>{say({ zh: '请哪位同事接手', en: 'Which colleague to ask' })}</span>
        <select className="input" required value={to} onChange={(e) => setTo(e.target.value)} disabled={!people || people.length === 0}>
          <option value="">{people?.length === 0 ? say({ zh: '这里没有别的网格员', en: 'There is no other grid worker here' }) : say({ zh: '请选择', en: 'Choose' })}</option>
          {people?.map((p) => <option key={p.id} value={p.id}>{p.name}</option>)}
        </select></label>
      {error !== undefined && <p className="notice late" role="alert">{told(error)}</p>}
      <button type="submit" className="button" disabled={to === ''}>{say({ zh: '请他接手', en: 'Ask them' })}</button>
    </form>
  );
}
