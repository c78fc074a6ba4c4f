import { useEffect, useRef, useState } from 'react';
import type { ClockStage, LadderAction, LadderLevel, LadderOccasion, Role } from '../../api/generated/graphql.ts';
import { roles } from '../../person/me.tsx';
import { named, say, type Text } from '../../say/say.ts';
import { stages } from '../../work/words.ts';
import type { Names } from '../names.ts';
import { offsetOf, seconds, type Step } from './line.ts';
import { actions, levels, occasions } from './words.ts';

type Audience = Step['audience'][number];

const options = <K extends string>(of: Record<K, Text>, only: (key: K) => boolean = () => true) => (Object.keys(of) as K[]).filter(only).map((key) => <option key={key} value={key}>{say(of[key])}</option>);
const minutes = (offset: string | null | undefined) => Math.round(seconds(offset ?? '0s') / 60);

/** One step as a form. */
export function StepForm({ step, names, keep, close }: { step: Step; names: Names; keep: (step: Step) => void; close: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [s, fill] = useState(step);
  useEffect(() => dialog.current?.showModal(), []);
  const set = (part: Partial<Step>) => fill((was) => ({ ...was, ...part }));
  const pulled = s.trigger.event ? 'event' : s.trigger.offset !== null ? 'offset' : 'percent';
  const pull = (by: string) => set({ trigger: { percent: by === 'percent' ? 100 : null, offset: by === 'offset' ? '0m' : null, event: by === 'event' ? { occasion: 'RETURNED', count: 2 } : null } });
  const off = minutes(s.trigger.offset);
  const hear = (i: number, part: Partial<Audience>) => set({ audience: s.audience.map((a, at) => (at === i ? { ...a, ...part } : a)) });
  return (
    <dialog ref={dialog} className="rule-form" onClose={close} aria-labelledby="step-form">
      <form onSubmit={(e) => { e.preventDefault(); keep(s); close(); }}>
        <h2 id="step-form">{say({ zh: '台阶', en: 'Step' })}</h2>
        <div className="thirds">
          <label className="field"><span>{say({ zh: '环节', en: 'Stage' })}</span><select className="input" value={s.clock} onChange={(e) => set({ clock: e.target.value as ClockStage })}>{options(stages)}</select></label>
          <label className="field"><span>{say({ zh: '何时', en: 'When' })}</span><select className="input" value={pulled} onChange={(e) => pull(e.target.value)}>
            <option value="percent">{say({ zh: '用掉时限的百分之', en: 'At a share of the limit' })}</option><option value="offset">{say({ zh: '到期前后', en: 'Before or after it is due' })}</option><option value="event">{say({ zh: '发生某事时', en: 'When something happens' })}</option></select></label>
          {pulled === 'percent' && <label className="field"><span>%</span><input className="input" type="number" required min={1} max={1000} value={s.trigger.percent ?? 100} onChange={(e) => set({ trigger: { percent: Number(e.target.value), offset: null, event: null } })} /></label>}
          {pulled === 'offset' && <label className="field"><span>{say({ zh: '分钟（负数为到期前）', en: 'Minutes (negative: before)' })}</span><input className="input" type="number" required value={off} onChange={(e) => set({ trigger: { percent: null, offset: offsetOf(Number(e.target.value) * 60), event: null } })} /></label>}
          {s.trigger.event && <Event of={s.trigger.event} change={(event) => set({ trigger: { percent: null, offset: null, event } })} />}
          <label className="field"><span>{say({ zh: '做什么', en: 'What it does' })}</span><select className="input" value={s.action} onChange={(e) => set({ action: e.target.value as LadderAction })}>{options(actions)}</select></label>
          <label className="field"><span>{say({ zh: '短信', en: 'Text messages' })}</span><select className="input" value={s.quiet} onChange={(e) => set({ quiet: e.target.value as Step['quiet'] })}><option value="RESPECT">{say({ zh: '按免打扰规则', en: 'By the quiet rule' })}</option><option value="BREAK">{say({ zh: '立即发，夜间也发', en: 'At once, also at night' })}</option></select></label>
          <label className="field"><span>{say({ zh: '签收后安静（分钟，空为半小时）', en: 'Quiet after an acknowledgement (min; empty: 30)' })}</span><input className="input" type="number" min={1} max={10080} value={s.ackQuiet === null ? '' : minutes(s.ackQuiet)} onChange={(e) => set({ ackQuiet: e.target.value === '' ? null : offsetOf(Number(e.target.value) * 60) })} /></label>
        </div>
        {pulled !== 'event' && <Again of={s.repeat} change={(repeat) => set({ repeat })} />}
        <fieldset>
          <legend>{say({ zh: '告诉谁（当时在岗的）', en: 'Who hears of it (those on duty then)' })}</legend>
          {s.audience.map((a, i) => (
            // oxlint-disable-next-line react/no-array-index-key -- audiences have no name of their own
            <div key={i} className="audience">
              <label className="field"><span className="only-read">{say({ zh: '级别', en: 'Level' })}</span><select className="input" value={a.level} onChange={(e) => hear(i, { level: e.target.value as LadderLevel })}>{options(levels)}</select></label>
              <label className="field"><span className="only-read">{say({ zh: '岗位', en: 'Role' })}</span><select className="input" value={a.role} onChange={(e) => hear(i, { role: e.target.value as Role })}>{options(roles, (r) => !['VOLUNTEER', 'INTEGRATION', 'ADMIN'].includes(r))}</select></label>
              <label className="field"><span className="only-read">{say({ zh: '部门', en: 'Department' })}</span><select className="input" value={a.department ?? ''} onChange={(e) => hear(i, { department: e.target.value || null })}>
                <option value="">{say({ zh: '不分部门', en: 'No department' })}</option><option value="own">{say({ zh: '本部门', en: 'Its own' })}</option>{names.lists.departments.map((d) => <option key={d.code} value={d.code}>{named(d)}</option>)}</select></label>
              <button type="button" className="small grave" disabled={s.audience.length === 1} aria-label={say({ zh: `去掉对象 ${i + 1}`, en: `Remove audience ${i + 1}` })} onClick={() => set({ audience: s.audience.toSpliced(i, 1) })}>×</button>
            </div>
          ))}
          {s.audience.length < 8 && <button type="button" className="button" onClick={() => set({ audience: [...s.audience, { role: 'DUTY_LEAD', level: 'STREET', department: null }] })}>{say({ zh: '再加一类人', en: 'Somebody else too' })}</button>}
        </fieldset>
        <p className="row"><button type="submit" className="button main">{say({ zh: '放进下一版', en: 'Put into the next version' })}</button><button type="button" className="button" onClick={() => dialog.current?.close()}>{say({ zh: '取消', en: 'Cancel' })}</button></p>
      </form>
    </dialog>
  );
}

function Event({ of, change }: { of: NonNullable<Step['trigger']['event']>; change: (event: NonNullable<Step['trigger']['event']>) => void }) {
  return (
    <div className="pair">
      <label className="field"><span>{say({ zh: '何事', en: 'What happens' })}</span><select className="input" value={of.occasion} onChange={(e) => change({ ...of, occasion: e.target.value as LadderOccasion })}>{options(occasions)}</select></label>
      <label className="field"><span>{say({ zh: '第几次', en: 'Which time' })}</span><input className="input" type="number" required min={1} max={10000} value={of.count} onChange={(e) => change({ ...of, count: Number(e.target.value) })} /></label>
    </div>
  );
}

function Again({ of, change }: { of: Step['repeat']; change: (repeat: Step['repeat']) => void }) {
  const by = of === null ? 'none' : of.percent !== null ? 'percent' : 'offset';
  return (
    <div className="thirds">
      <label className="field"><span>{say({ zh: '再来', en: 'Again' })}</span><select className="input" value={by} onChange={(e) => change(e.target.value === 'none' ? null : { times: of?.times ?? 3, percent: e.target.value === 'percent' ? 25 : null, offset: e.target.value === 'offset' ? '60m' : null })}>
        <option value="none">{say({ zh: '只一次', en: 'Once only' })}</option><option value="percent">{say({ zh: '每隔时限的百分之', en: 'Every share of the limit' })}</option><option value="offset">{say({ zh: '每隔若干分钟', en: 'Every so many minutes' })}</option></select></label>
      {of && by === 'percent' && <label className="field"><span>%</span><input className="input" type="number" required min={1} max={1000} value={of.percent ?? 25} onChange={(e) => change({ ...of, percent: Number(e.target.value) })} /></label>}
      {of && by === 'offset' && <label className="field"><span>{say({ zh: '分钟', en: 'Minutes' })}</span><input className="input" type="number" required min={1} value={minutes(of.offset)} onChange={(e) => change({ ...of, offset: offsetOf(Number(e.target.value) * 60) })} /></label>}
      {of && <label className="field"><span>{say({ zh: '再来几次', en: 'How many times' })}</span><input className="input" type="number" required min={1} max={100} value={of.times} onChange={(e) => change({ ...of, times: Number(e.target.value) })} /></label>}
    </div>
  );
}
