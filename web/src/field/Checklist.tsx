import { useState } from 'react';
import { v7 } from 'uuid';
import type { Shipment } from '../api/upload.ts';
import { usePreparing } from '../photo/prepared.ts';
import { language, say } from '../say/say.ts';
import { Camera } from './Duty.tsx';
import { keyOf, type Shift } from './shift.ts';
import { record } from './sync.ts';
import { positionIn, type Fix } from './where.ts';

type Item = { code: string; questionZh: string; questionEn: string; kind: 'pass_fail' | 'number' | 'text' | 'choice' | 'photo'; unitZh?: string; unitEn?: string; min?: number; max?: number;
  choices?: { code: string; nameZh: string; nameEn: string; fails: boolean }[]; category?: string; legalBasis?: string };
type Outcome = 'pass' | 'fail' | 'not_applicable';
type Answer = { outcome?: Outcome | undefined; number?: number | undefined; text?: string | undefined; note?: string; fixed?: boolean };

/** What an item comes to: a number out of its bounds and a choice that says so fail by themselves. */
export function outcomeOf(item: Item, a: Answer): Outcome | undefined {
  if (a.outcome) return a.outcome;
  if (item.kind === 'number' && a.number !== undefined) return (item.min !== undefined && a.number < item.min) || (item.max !== undefined && a.number > item.max) ? 'fail' : 'pass';
  if (item.kind === 'choice' && a.text) return item.choices?.find((c) => c.code === a.text)?.fails ? 'fail' : 'pass';
  return item.kind === 'text' && a.text ? 'pass' : undefined;
}

/** The checklist of an inspection; what fails is told at once, and becomes a case or was put right on the spot. */
export function Checklist({ task, shift, where, title, done }: { task: string; shift: Shift; where: Fix | undefined; title: string; done: () => void }) {
  const of = shift.things.get(keyOf('task', task))?.body;
  const list = shift.things.get(keyOf('checklist', String(of?.['checklist'])))?.body;
  const items = (list?.['items'] ?? []) as Item[];
  const [answers, setAnswers] = useState<Record<string, Answer>>({});
  const [photos, setPhotos] = useState<Shipment[]>([]);
  const preparing = usePreparing();
  const set = (code: string, part: Answer) => setAnswers((was) => ({ ...was, [code]: { ...was[code], ...part } }));
  const missing = items.filter((i) => outcomeOf(i, answers[i.code] ?? {}) === undefined && i.kind !== 'photo').length;
  const send = async () => {
    if (!where) return;
    const body = { task, position: positionIn(where), photos: photos.map((p) => ({ id: p.id, sha256: p.sha256 })),
      answers: items.map((i) => { const a = answers[i.code] ?? {}; return { item: i.code, outcome: outcomeOf(i, a) ?? (photos.length > 0 ? 'pass' : 'not_applicable'), ...(a.number === undefined ? {} : { number: a.number }), ...(a.text ? { text: a.text } : {}), ...(a.note ? { note: a.note } : {}), ...(a.fixed ? { fixed: true } : {}) }; }) };
    await record('inspection.submit', body, `${say({ zh: '巡查', en: 'Inspection' })} · ${title}`, photos, task, v7());
    done();
  };
  if (!list) return <p className="notice late">{say({ zh: '检查表还没有同步到本机。', en: 'The checklist has not reached this device yet.' })}</p>;
  return (
    <form className="checklist" onSubmit={(e) => { e.preventDefault(); void send(); }}>
      {items.map((item) => <Question key={item.code} item={item} answer={answers[item.code] ?? {}} set={(part) => set(item.code, part)} />)}
      <Camera photos={photos} change={setPhotos} where={where} number={title} />
      <p className="quiet" aria-live="polite">{!where ? say({ zh: '正在定位…', en: 'Finding the place…' }) : missing > 0 ? say({ zh: `还有 ${missing} 项没答`, en: `${missing} still to answer` }) : ''}</p>
      <button type="submit" className="button main" disabled={missing > 0 || !where || preparing}>{say({ zh: '提交巡查', en: 'Submit the inspection' })}</button>
    </form>
  );
}

function Question({ item, answer, set }: { item: Item; answer: Answer; set: (part: Answer) => void }) {
  const zh = language() === 'zh', failed = outcomeOf(item, answer) === 'fail';
  const choices: [Outcome, string][] = [['pass', say({ zh: '合格', en: 'Pass' })], ['fail', say({ zh: '不合格', en: 'Fail' })], ['not_applicable', say({ zh: '不适用', en: 'N/A' })]];
  return (
    <fieldset className={failed ? 'failed' : ''}>
      <legend>{zh ? item.questionZh : item.questionEn}</legend>
      {item.kind === 'pass_fail' && <div className="three">{choices.map(([o, name]) => <button key={o} type="button" aria-pressed={answer.outcome === o} onClick={() => set({ outcome: o })}>{name}</button>)}</div>}
      {item.kind === 'number' && <label className="line"><input className="input" type="number" inputMode="decimal" step="any" value={answer.number ?? ''} aria-label={zh ? item.questionZh : item.questionEn} onChange={(e) => set({ number: e.target.value === '' ? undefined : e.target.valueAsNumber })} /><span>{zh ? item.unitZh : item.unitEn}</span></label>}
      {item.kind === 'text' && <textarea className="input" rows={2} value={answer.text ?? ''} aria-label={zh ? item.questionZh : item.questionEn} onChange={(e) => set({ text: e.target.value })} />}
      {item.kind === 'choice' && <div className="three">{item.choices?.map((c) => <button key={c.code} type="button" aria-pressed={answer.text === c.code} onClick={() => set({ text: c.code })}>{zh ? c.nameZh : c.nameEn}</button>)}</div>}
      {item.kind === 'photo' && <p className="quiet">{say({ zh: '请在下方拍照', en: 'Take a photo below' })}</p>}
      {failed && (
        <div className="finding">
          <label className="field"><span>{say({ zh: '问题说明', en: 'What is wrong' })}</span><textarea className="input" rows={2} required maxLength={500} value={answer.note ?? ''} onChange={(e) => set({ note: e.target.value })} /></label>
          <label className="line"><input type="checkbox" checked={answer.fixed ?? false} onChange={(e) => set({ fixed: e.target.checked })} /><span>{say({ zh: '已当场整改（照片为证）', en: 'Put right on the spot (a photo shows it)' })}</span></label>
          {item.legalBasis && <p className="quiet">{item.legalBasis}</p>}
        </div>
      )}
    </fieldset>
  );
}
