import { useState } from 'react';
import { accepted, ask } from '../../api/ask.ts';
import { useAsk } from '../../api/cache.ts';
import { AddAbsenceDocument, AddShiftDocument, AdminDutyGridsDocument, AssignDutyDocument, EndAbsenceDocument, EndDutyDocument, EndShiftDocument, type DutyPart, type Weekday } from '../../api/generated/graphql.ts';
import { say, type Text } from '../../say/say.ts';
import { cityDay, instantOf } from '../../say/city.ts';
import { moment } from '../../say/time.ts';
import { weekdays } from '../calendar/months.ts';
import { weekdayNames } from '../calendar/words.ts';
import { Refused } from '../Refused.tsx';
import { useSending } from '../../api/sending.ts';
import type { Staff } from './Member.tsx';
import { granted } from './words.ts';

const parts: Record<DutyPart, Text> = { HOLDER: { zh: '负责', en: 'holds' }, STAND_IN: { zh: '替班', en: 'stands in' } };

/** When somebody is on duty, when they are away, and which duty grids they look after. */
export function Roster({ of }: { of: Staff }) {
  return <><Shifts of={of} /><Absences of={of} />{of.grants.some((g) => g.role === 'GRID_WORKER') && <Duties of={of} />}</>;
}

function Shifts({ of }: { of: Staff }) {
  const [adding, setAdding] = useState(false);
  const [grant, setGrant] = useState('');
  const [days, setDays] = useState<Weekday[]>(['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY']);
  const [starts, setStarts] = useState('08:30');
  const [ends, setEnds] = useState('18:30');
  const { busy, error, send } = useSending();
  const add = () => send(async () => { accepted((await ask(AddShiftDocument, { input: { grant: grant || (of.grants[0]?.id ?? ''), weekdays: days, starts, ends, from: cityDay() } })).addShift); setAdding(false); });
  const end = (id: string) => send(async () => { accepted((await ask(EndShiftDocument, { id })).endShift); });
  return (
    <section className="card-form" aria-labelledby="shifts">
      <h3 id="shifts">{say({ zh: '排班', en: 'Shifts' })}</h3>
      {of.shifts.length === 0 && <p className="quiet">{say({ zh: '没有排班：升级梯和任务找不到此人。', en: 'None: ladders and tasks pass this person by.' })}</p>}
      <ul>{of.shifts.map((s) => (
        <li key={s.id}><span><b>{s.weekdays.map((d) => say(weekdayNames[d])).join(say({ zh: '、', en: ', ' }))} {s.starts}–{s.ends}</b><small className="quiet">{granted(s)}{s.to && say({ zh: `，到 ${s.to} 止`, en: `, until ${s.to}` })}</small></span>
          {!s.to && <button type="button" className="small" disabled={busy} onClick={() => void end(s.id)}>{say({ zh: '结束', en: 'End' })}</button>}</li>
      ))}</ul>
      <Refused error={error} />
      {adding ? (
        <form className="narrow inner" onSubmit={(e) => { e.preventDefault(); void add(); }}>
          {of.grants.length > 1 && <label className="field"><span>{say({ zh: '岗位', en: 'As' })}</span><select className="input" value={grant} onChange={(e) => setGrant(e.target.value)}>{of.grants.map((g) => <option key={g.id} value={g.id}>{granted(g)}</option>)}</select></label>}
          <fieldset className="ticks"><legend>{say({ zh: '哪几天', en: 'On which days' })}</legend>{weekdays.map((d) => <label key={d}><input type="checkbox" checked={days.includes(d)} onChange={(e) => setDays(e.target.checked ? [...days, d] : days.filter((o) => o !== d))} /> {say(weekdayNames[d])}</label>)}</fieldset>
          <div className="halves-form">
            <label className="field"><span>{say({ zh: '从', en: 'From' })}</span><input className="input" type="time" required value={starts} onChange={(e) => setStarts(e.target.value)} /></label>
            <label className="field"><span>{say({ zh: '到', en: 'To' })}</span><input className="input" type="time" required value={ends} onChange={(e) => setEnds(e.target.value)} /></label>
          </div>
          <p className="row"><button type="submit" className="button main" disabled={busy || days.length === 0}>{say({ zh: '加上排班', en: 'Add the shift' })}</button><button type="button" className="button plain" onClick={() => setAdding(false)}>{say({ zh: '取消', en: 'Cancel' })}</button></p>
        </form>
      ) : of.grants.length > 0 && <p className="row"><button type="button" className="button" onClick={() => setAdding(true)}>{say({ zh: '加排班', en: 'Add a shift' })}</button></p>}
    </section>
  );
}

function Absences({ of }: { of: Staff }) {
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const { busy, error, send } = useSending();
  const add = () => send(async () => { accepted((await ask(AddAbsenceDocument, { input: { person: of.id, from: instantOf(from), to: instantOf(to) } })).addAbsence); setFrom(''); setTo(''); });
  const end = (id: string) => send(async () => { accepted((await ask(EndAbsenceDocument, { id })).endAbsence); });
  return (
    <section className="card-form" aria-labelledby="absences">
      <h3 id="absences">{say({ zh: '请假', en: 'Leave' })}</h3>
      <ul>{of.absences.map((a) => <li key={a.id}><b>{moment(a.from)} – {moment(a.to)}</b><button type="button" className="small" disabled={busy} onClick={() => void end(a.id)}>{say({ zh: '销假', en: 'Back now' })}</button></li>)}</ul>
      <Refused error={error} />
      <form className="period" onSubmit={(e) => { e.preventDefault(); void add(); }}>
        <label className="field"><span>{say({ zh: '从', en: 'From' })}</span><input className="input" type="datetime-local" required value={from} onChange={(e) => setFrom(e.target.value)} /></label>
        <label className="field"><span>{say({ zh: '到', en: 'To' })}</span><input className="input" type="datetime-local" required value={to} onChange={(e) => setTo(e.target.value)} /></label>
        <button type="submit" className="button" disabled={busy || !from || !to}>{say({ zh: '记下请假', en: 'Add leave' })}</button>
      </form>
    </section>
  );
}

const streetDigits = 9;

function Duties({ of }: { of: Staff }) {
  const streets = [...new Set(of.grants.filter((g) => g.role === 'GRID_WORKER').map((g) => g.region?.code.slice(0, streetDigits) ?? ''))].filter((c) => c.length === streetDigits);
  const [grid, setGrid] = useState('');
  const [part, setPart] = useState<DutyPart>('STAND_IN');
  const grids = useAsk(AdminDutyGridsDocument, { street: streets[0] ?? '' }, { when: streets.length > 0 }).data?.dutyGrids ?? [];
  const { busy, error, send } = useSending();
  const assign = () => send(async () => { accepted((await ask(AssignDutyDocument, { input: { grid, person: of.id, part } })).assignDuty); setGrid(''); });
  const end = (id: string) => send(async () => { accepted((await ask(EndDutyDocument, { input: { grid: id, person: of.id } })).endDuty); });
  return (
    <section className="card-form" aria-labelledby="duties">
      <h3 id="duties">{say({ zh: '责任网格', en: 'Duty grids' })} <small className="quiet number">{of.duties.length}</small></h3>
      <ul className="duties">{of.duties.map((d) => <li key={d.grid.id}><span><b>{d.grid.name}</b> <span className="tag">{say(parts[d.part])}</span></span><button type="button" className="small" disabled={busy} onClick={() => void end(d.grid.id)}>{say({ zh: '结束', en: 'End' })}</button></li>)}</ul>
      <Refused error={error} />
      {grids.length > 0 && (
        <form className="period" onSubmit={(e) => { e.preventDefault(); void assign(); }}>
          <label className="field"><span>{say({ zh: '网格', en: 'Duty grid' })}</span><select className="input" required value={grid} onChange={(e) => setGrid(e.target.value)}><option value="">{say({ zh: '选一个', en: 'Choose one' })}</option>{grids.map((g) => <option key={g.id} value={g.id}>{g.name}</option>)}</select></label>
          <label className="field"><span>{say({ zh: '作为', en: 'As' })}</span><select className="input" value={part} onChange={(e) => setPart(e.target.value as DutyPart)}>{(Object.keys(parts) as DutyPart[]).map((p) => <option key={p} value={p}>{say(parts[p])}</option>)}</select></label>
          <button type="submit" className="button" disabled={busy || grid === ''}>{say({ zh: '交给此人', en: 'Assign' })}</button>
        </form>
      )}
    </section>
  );
}
