import { useEffect, useRef, useState } from 'react';
import { v7 } from 'uuid';
import type { Shipment } from '../api/upload.ts';
import { usePreparing } from '../photo/prepared.ts';
import { say } from '../say/say.ts';
import { draftOf, dropDraft, keepDraft } from './draft.ts';
import { Door } from './Door.tsx';
import { codeHangs, codeOf } from './door.ts';
import { Camera } from './Duty.tsx';
import { amiss, asked, outcomeOf, scoreOf, type Answer, type Answers, type Form, type Item, type Outcome } from './form.ts';
import { Question } from './Question.tsx';
import type { Came } from './Result.tsx';
import { keyOf, type Shift } from './shift.ts';
import { record } from './sync.ts';
import { positionIn, type Fix } from './where.ts';

/** The checklist of an inspection; what fails is told at once, and becomes a case or was put right on the spot. */
export function Checklist({ task, shift, where, title, done }: { task: string; shift: Shift; where: Fix | undefined; title: string; done: (came?: Came) => void }) {
  const list = String(shift.things.get(keyOf('task', task))?.body['checklist']);
  const form = (shift.things.get(keyOf('form', list)) ?? shift.things.get(keyOf('checklist', list)))?.body as Form | undefined;
  if (!form) return <p className="notice late">{say({ zh: '检查表还没有同步到本机。', en: 'The checklist has not reached this device yet.' })}</p>;
  return <Filling task={task} form={form} door={codeHangs(shift, task)} where={where} title={title} done={done} />;
}

function Filling({ task, form, door, where, title, done }: { task: string; form: Form; door: boolean; where: Fix | undefined; title: string; done: (came?: Came) => void }) {
  const [answers, setAnswers] = useState<Answers>({});
  const [photos, setPhotos] = useState<Shipment[]>([]);
  const [visitCode, setVisitCode] = useState('');
  const preparing = usePreparing(), touched = useRef(false), sending = useRef(false);
  useEffect(() => { void draftOf(task).then((was) => { if (was && !touched.current) { setAnswers(was.answers); setPhotos(was.photos); setVisitCode(was.visitCode ?? ''); } }); }, [task]);
  useEffect(() => { if (touched.current && !sending.current) void keepDraft(task, { answers, photos, visitCode }); }, [task, answers, photos, visitCode]);
  const set = (code: string, part: Answer) => { touched.current = true; setAnswers((was) => ({ ...was, [code]: { ...was[code], ...part } })); };
  const items = asked(form.items, answers);
  const open = items.filter((i) => amiss(i, answers[i.code] ?? {}) !== undefined).length;
  const pictures = photos.length + items.reduce((n, i) => n + (answers[i.code]?.photos?.length ?? 0) + (answers[i.code]?.signature ? 1 : 0), 0);
  const unshown = items.some((i) => answers[i.code]?.fixed && outcomeOf(i, answers[i.code] ?? {}) === 'fail') && photos.length === 0 && items.every((i) => (answers[i.code]?.photos ?? []).length === 0);
  const send = async () => {
    if (!where || sending.current) return;
    sending.current = true;
    const given = items.flatMap((i) => { const a = answers[i.code] ?? {}, outcome = outcomeOf(i, a); return outcome && i.kind !== 'note' ? [{ i, a, outcome }] : []; });
    const all = [...photos, ...given.flatMap(({ a }) => [...(a.photos ?? []), ...(a.signature ? [a.signature] : [])])];
    const read = visitCode.trim();
    const body = { task, position: positionIn(where), photos: all.map((p) => ({ id: p.id, sha256: p.sha256 })), answers: given.map(({ i, a, outcome }) => said(i, a, outcome)), ...(read ? { visitCode: codeOf(read) ?? read } : {}) };
    await record('inspection.submit', body, `${say({ zh: '巡查', en: 'Inspection' })} · ${title}`, all, task, v7());
    await dropDraft(task);
    const failed = given.filter(({ outcome }) => outcome === 'fail');
    const score = scoreOf(form, answers);
    done(score && { form, score, failed: failed.length, fixed: failed.filter(({ a }) => a.fixed).length });
  };
  return (
    <form className="checklist" onSubmit={(e) => { e.preventDefault(); void send(); }}>
      {(door || visitCode !== '') && <Door code={visitCode} change={(read) => { touched.current = true; setVisitCode(read); }} />}
      {items.map((item) => <Question key={item.code} item={item} answer={answers[item.code] ?? {}} set={(part) => set(item.code, part)} where={where} number={title} />)}
      <Camera photos={photos} change={(taken) => { touched.current = true; setPhotos(taken); }} where={where} number={title} />
      <p className="quiet" aria-live="polite">{!where ? say({ zh: '正在定位…', en: 'Finding the place…' }) : open > 0 ? say({ zh: `还有 ${open} 项没答`, en: `${open} still to answer` }) : pictures > most ? say({ zh: `照片和签名共 ${pictures} 张，最多 ${most} 张`, en: `${pictures} pictures, signatures among them: at most ${most}` }) : unshown ? say({ zh: '当场整改要有照片', en: 'What was put right is shown by a photo' }) : ''}</p>
      <button type="submit" className="button main" disabled={open > 0 || pictures > most || unshown || !where || preparing}>{say({ zh: '提交巡查', en: 'Submit the inspection' })}</button>
    </form>
  );
}

const most = 9; // pictures of an inspection

/** An answer as operations carry it: only what the item asks for, and nothing of what does not apply. */
function said(i: Item, a: Answer, outcome: Outcome) {
  const applies = outcome !== 'not_applicable', text = a.text?.trim();
  return {
    item: i.code, outcome,
    ...(applies && i.kind === 'number' ? { number: a.number } : {}), ...(applies && (i.kind === 'text' || i.kind === 'choice') ? { text } : {}),
    ...(applies && i.kind === 'choices' ? { choices: a.choices } : {}), ...(applies && i.kind === 'location' ? { location: a.location } : {}),
    ...(applies && i.kind === 'photo' ? { photos: a.photos?.map((p) => p.id) } : {}), ...(applies && i.kind === 'signature' ? { signature: a.signature?.id } : {}),
    ...(outcome === 'fail' && a.note ? { note: a.note } : {}), ...(outcome === 'fail' && a.fixed ? { fixed: true } : {}),
  };
}
