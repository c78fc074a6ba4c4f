import { language, say } from '../say/say.ts';
import { metres } from '../say/time.ts';
import { Camera } from './Duty.tsx';
import { amiss, outcomeOf, type Answer, type Item, type Outcome } from './form.ts';
import { Signature } from './Signature.tsx';
import { positionIn, type Fix } from './where.ts';

type Part = { item: Item; answer: Answer; set: (part: Answer) => void; where: Fix | undefined; number: string };

/** One item of a checklist, in the form that its kind asks for. */
export function Question(part: Part) {
  const { item, answer } = part;
  const zh = language() === 'zh', question = zh ? item.questionZh : item.questionEn, hint = zh ? item.hintZh : item.hintEn;
  if (item.kind === 'note') return <p className="note">{question}</p>;
  const failed = outcomeOf(item, answer) === 'fail', wrong = saying(item, answer);
  return (
    <fieldset className={failed ? 'failed' : ''}>
      <legend>{question}{item.optional && <small className="quiet">{say({ zh: '（选填）', en: ' (optional)' })}</small>}</legend>
      {hint && <p className="quiet hint">{hint}</p>}
      <Answering {...part} question={question} />
      {wrong && <output className="notice late">{wrong}</output>}
      {failed && <Failed {...part} />}
    </fieldset>
  );
}

function Answering({ item, answer, set, where, number, question }: Part & { question: string }) {
  const zh = language() === 'zh';
  switch (item.kind) {
    case 'pass_fail': {
      const choices: [Outcome, string][] = [['pass', say({ zh: '合格', en: 'Pass' })], ['fail', say({ zh: '不合格', en: 'Fail' })], ['not_applicable', say({ zh: '不适用', en: 'N/A' })]];
      return <div className="three">{choices.map(([o, name]) => <button key={o} type="button" aria-pressed={answer.outcome === o} onClick={() => set({ outcome: o })}>{name}</button>)}</div>;
    }
    case 'number':
      return <label className="line"><input className="input" type="number" inputMode={item.whole ? 'numeric' : 'decimal'} step="any" value={answer.number ?? ''} aria-label={question} onChange={(e) => set({ number: e.target.value === '' ? undefined : e.target.valueAsNumber })} /><span>{zh ? item.unitZh : item.unitEn}</span></label>;
    case 'text':
      return <textarea className="input" rows={2} maxLength={item.most ?? 2000} value={answer.text ?? ''} aria-label={question} onChange={(e) => set({ text: e.target.value })} />;
    case 'choice':
      return <div className="three">{item.choices?.map((c) => <button key={c.code} type="button" aria-pressed={answer.text === c.code} onClick={() => set({ text: item.optional && answer.text === c.code ? '' : c.code })}>{zh ? c.nameZh : c.nameEn}</button>)}</div>;
    case 'choices': {
      const chosen = answer.choices ?? [];
      const turn = (code: string) => set({ choices: chosen.includes(code) ? chosen.filter((c) => c !== code) : [...chosen, code] });
      return <><div className="chips">{item.choices?.map((c) => <button key={c.code} type="button" aria-pressed={chosen.includes(c.code)} onClick={() => turn(c.code)}>{zh ? c.nameZh : c.nameEn}</button>)}</div><p className="quiet hint">{say({ zh: '可多选', en: 'Several may be chosen' })}</p></>;
    }
    case 'photo':
      return <><Camera photos={answer.photos ?? []} change={(photos) => set({ photos, outcome: undefined })} where={where} number={number} most={item.most} /><Without item={item} answer={answer} set={set} /></>;
    case 'signature':
      return <><Signature label={question} signed={answer.signature} change={(signature) => set({ signature, outcome: undefined })} /><Without item={item} answer={answer} set={set} /></>;
    case 'location':
      return <><Located answer={answer} set={set} where={where} /><Without item={item} answer={answer} set={set} /></>;
    default:
      return null;
  }
}

/** What cannot be had here is said, not left open. */
function Without({ item, answer, set }: { item: Item; answer: Answer; set: (part: Answer) => void }) {
  if (item.optional) return null;
  const without = answer.outcome === 'not_applicable';
  return <label className="line"><input type="checkbox" checked={without} onChange={(e) => set(e.target.checked ? { outcome: 'not_applicable', photos: [], signature: undefined, location: undefined } : { outcome: undefined })} /><span>{say({ zh: '无法提供或不适用', en: 'Cannot be had, or does not apply' })}</span></label>;
}

function Located({ answer, set, where }: { answer: Answer; set: (part: Answer) => void; where: Fix | undefined }) {
  const at = answer.location;
  return (
    <div className="located">
      {at && <p><b>{at.lat.toFixed(5)}, {at.lon.toFixed(5)}</b> <span className="quiet">±{metres(at.accuracy)}</span></p>}
      <button type="button" className="button" disabled={!where} onClick={() => { if (where) set({ location: positionIn(where), outcome: undefined }); }}>
        {!where ? say({ zh: '正在定位…', en: 'Finding the place…' }) : at ? say({ zh: `重新定位（±${metres(where.accuracy)}）`, en: `Use where I am now (±${metres(where.accuracy)})` }) : say({ zh: `用我现在的位置（±${metres(where.accuracy)}）`, en: `Use where I am (±${metres(where.accuracy)})` })}
      </button>
    </div>
  );
}

function Failed({ item, answer, set }: Part) {
  return (
    <div className="finding">
      <label className="field"><span>{say({ zh: '问题说明', en: 'What is wrong' })}</span><textarea className="input" rows={2} required maxLength={500} value={answer.note ?? ''} onChange={(e) => set({ note: e.target.value })} /></label>
      <label className="line"><input type="checkbox" checked={answer.fixed ?? false} onChange={(e) => set({ fixed: e.target.checked })} /><span>{say({ zh: '已当场整改（照片为证）', en: 'Put right on the spot (a photo shows it)' })}</span></label>
      {item.legalBasis && <p className="quiet">{item.legalBasis}</p>}
    </div>
  );
}

/** Why an answer would not be taken, in words; nothing while it is only missing. */
function saying(item: Item, answer: Answer): string | undefined {
  const { least, most } = item, counted = item.kind === 'choices' || item.kind === 'photo';
  switch (amiss(item, answer)) {
    case 'fraction': return say({ zh: '请填整数', en: 'A whole number, please' });
    case 'low': return counted ? say({ zh: `至少 ${least} 项`, en: `At least ${least}` }) : item.kind === 'text' ? say({ zh: `至少 ${least} 个字`, en: `At least ${least} characters` }) : say({ zh: `不能小于 ${least}`, en: `Not below ${least}` });
    case 'high': return counted ? say({ zh: `最多 ${most} 项`, en: `At most ${most}` }) : item.kind === 'text' ? say({ zh: `最多 ${most} 个字`, en: `At most ${most} characters` }) : say({ zh: `不能大于 ${most}`, en: `Not above ${most}` });
    default: return undefined;
  }
}
