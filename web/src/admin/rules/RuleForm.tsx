import { useEffect, useRef, useState } from 'react';
import { named, say } from '../../say/say.ts';
import { placeKind, placeKinds } from '../../work/places.ts';
import type { Names } from '../names.ts';
import { Picker } from '../Picker.tsx';
import { sources, weekdays, type Conditions, type Rule } from './words.ts';

/** One rule of a draft, as a form. What is kept here is stored with the draft. */
export function RuleForm({ rule, names, keep, close }: { rule: Rule; names: Names; keep: (rule: Rule) => void; close: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [filled, fill] = useState(rule);
  useEffect(() => dialog.current?.showModal(), []);
  const { conditions: c, outcome } = filled;
  const on = (part: Partial<Conditions>) => fill((was) => ({ ...was, conditions: { ...was.conditions, ...part } }));
  const to = (part: Partial<Rule['outcome']>) => fill((was) => ({ ...was, outcome: { ...was.outcome, ...part } }));
  const toggled = <T,>(list: readonly T[] | null, one: T): T[] => (list?.includes(one) ? list.filter((v) => v !== one) : [...(list ?? []), one]);
  const options = (list: Names['lists']['regions']) => list.map((t) => ({ code: t.code, name: named(t) }));
  return (
    <dialog ref={dialog} className="rule-form" onClose={close} aria-labelledby="rule-form">
      <form onSubmit={(e) => { e.preventDefault(); keep(filled); close(); }}>
        <h2 id="rule-form">{rule.code === '' ? say({ zh: '新规则', en: 'New rule' }) : named(rule)}</h2>
        <div className="thirds">
          <label className="field"><span>{say({ zh: '中文名称', en: 'Chinese name' })}</span><input className="input" required maxLength={100} value={filled.nameZh} onChange={(e) => fill({ ...filled, nameZh: e.target.value })} /></label>
          <label className="field"><span>{say({ zh: '英文名称', en: 'English name' })}</span><input className="input" required maxLength={100} value={filled.nameEn} onChange={(e) => fill({ ...filled, nameEn: e.target.value })} /></label>
          <label className="field"><span>{say({ zh: '代号', en: 'Code' })}</span><input className="input" required maxLength={40} value={filled.code} onChange={(e) => fill({ ...filled, code: e.target.value })} /></label>
        </div>
        <fieldset>
          <legend>{say({ zh: '条件：填了的都要满足，空着的不限', en: 'When: what is filled in has to hold, the rest does not matter' })}</legend>
          <div className="halves-form">
            <Picker label={say({ zh: '类别', en: 'Categories' })} hint={say({ zh: '编号或名称', en: 'Code or name' })} values={c.categories ?? []} options={options(names.lists.categories)} name={names.category} change={(categories) => on({ categories })} />
            <Picker label={say({ zh: '区域', en: 'Regions' })} hint={say({ zh: '区、街道', en: 'District or subdistrict' })} values={c.regions ?? []} options={options(names.lists.regions)} name={names.region} change={(regions) => on({ regions })} />
            <Picker label={say({ zh: '场所', en: 'Kinds of places' })} hint={say({ zh: '学校、工地…', en: 'School, site…' })} values={c.placeKinds ?? []} options={placeKinds.map((k) => ({ code: k, name: placeKind(k) }))} name={placeKind} change={(list) => on({ placeKinds: list })} free />
            <label className="field"><span>{say({ zh: '紧急', en: 'Urgency' })}</span>
              <select className="input" value={String(c.urgent)} onChange={(e) => on({ urgent: e.target.value === 'null' ? null : e.target.value === 'true' })}>
                <option value="null">{say({ zh: '不限', en: 'Any' })}</option><option value="true">{say({ zh: '紧急', en: 'Urgent' })}</option><option value="false">{say({ zh: '不紧急', en: 'Not urgent' })}</option>
              </select></label>
            <fieldset className="ticks"><legend>{say({ zh: '来自', en: 'Filed from' })}</legend>
              {Object.entries(sources).map(([key, name]) => <label key={key}><input type="checkbox" checked={c.sources?.includes(key) ?? false} onChange={() => on({ sources: toggled(c.sources, key) })} /> {say(name)}</label>)}</fieldset>
            <fieldset className="ticks"><legend>{say({ zh: '星期', en: 'Weekdays' })}</legend>
              {weekdays.map(([day, name]) => <label key={day}><input type="checkbox" checked={c.weekdays?.includes(day) ?? false} onChange={() => on({ weekdays: toggled(c.weekdays, day) })} /> {say(name)}</label>)}</fieldset>
            <fieldset className="ticks"><legend>{say({ zh: '立案时段', en: 'Hours of filing' })}</legend>
              <label><input type="checkbox" checked={c.hours !== null} onChange={(e) => on({ hours: e.target.checked ? { from: 22, to: 6 } : null })} /> {say({ zh: '只在', en: 'Only from' })}</label>
              <label><span className="only-read">{say({ zh: '开始（时）', en: 'From (hour)' })}</span><input className="input hour" type="number" min={0} max={23} disabled={!c.hours} value={c.hours?.from ?? ''} onChange={(e) => on({ hours: { from: Number(e.target.value), to: c.hours?.to ?? 6 } })} /> {say({ zh: '时', en: 'h' })}</label>
              <label>{say({ zh: '至', en: 'to' })} <span className="only-read">{say({ zh: '结束（时）', en: 'To (hour)' })}</span><input className="input hour" type="number" min={1} max={24} disabled={!c.hours} value={c.hours?.to ?? ''} onChange={(e) => on({ hours: { from: c.hours?.from ?? 22, to: Number(e.target.value) } })} /> {say({ zh: '时', en: 'h' })}</label></fieldset>
          </div>
        </fieldset>
        <fieldset>
          <legend>{say({ zh: '派到', en: 'It goes to' })}</legend>
          <div className="thirds">
            <label className="field"><span>{say({ zh: '主办', en: 'Leads' })}</span><select className="input" value={outcome.department} onChange={(e) => to({ department: e.target.value, assisting: outcome.assisting.filter((d) => d !== e.target.value) })}>{names.lists.departments.map((d) => <option key={d.code} value={d.code}>{named(d)}</option>)}</select></label>
            <label className="field"><span>{say({ zh: '升级梯', en: 'Ladder' })}</span><select className="input" value={outcome.ladder} onChange={(e) => to({ ladder: e.target.value })}>{names.lists.ladders.map((l) => <option key={l.code} value={l.code}>{named(l)}</option>)}</select></label>
            <label className="field"><span>{say({ zh: '优先级（1 最高）', en: 'Priority (1 highest)' })}</span><select className="input" value={outcome.priority} onChange={(e) => to({ priority: Number(e.target.value) })}>{[1, 2, 3, 4].map((p) => <option key={p} value={p}>{p}</option>)}</select></label>
            <fieldset className="ticks"><legend>{say({ zh: '协办', en: 'Assist' })}</legend>
              {names.lists.departments.filter((d) => d.code !== outcome.department).map((d) => <label key={d.code}><input type="checkbox" checked={outcome.assisting.includes(d.code)} onChange={() => to({ assisting: toggled(outcome.assisting, d.code) })} /> {named(d)}</label>)}</fieldset>
            <label className="field"><span>{say({ zh: '按第几条标准（0 不改）', en: 'Filing standard (0 keeps it)' })}</span><input className="input" type="number" min={0} max={99} value={outcome.standard} onChange={(e) => to({ standard: Number(e.target.value) })} /></label>
          </div>
        </fieldset>
        <p className="row"><button type="submit" className="button main">{say({ zh: '放进草稿', en: 'Put into the draft' })}</button><button type="button" className="button" onClick={() => dialog.current?.close()}>{say({ zh: '取消', en: 'Cancel' })}</button></p>
      </form>
    </dialog>
  );
}
