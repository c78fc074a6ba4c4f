import { useState } from 'react';
import type { Weekday } from '../../api/generated/graphql.ts';
import { say } from '../../say/say.ts';
import { dayOf, exceptionOn, openings, weekdayOf, weekdays, type Calendar } from './months.ts';
import { follow, put, undo, type Pending } from './pending.ts';
import { dated, kinds, weekdayNames } from './words.ts';

type What = 'weekday' | 'closed' | 'open';

/** What one date is to be. Nothing is published by it. */
export function DayForm({ date, calendar, edit, change, close }: { date: string; calendar: Calendar; edit: Pending; change: (edit: Pending) => void; close: () => void }) {
  const now = exceptionOn(calendar, edit, date);
  const day = dayOf(calendar, edit, date);
  const own = weekdays[weekdayOf(date)] ?? 'MONDAY';
  const rests = openings(calendar, weekdayOf(date)).length === 0;
  const [what, setWhat] = useState<What>(now ? (now.openLike ? 'open' : 'closed') : rests ? 'open' : 'closed');
  const [name, setName] = useState(now?.name ?? '');
  const [like, setLike] = useState<Weekday>(now?.openLike ?? 'MONDAY');
  const keep = () => {
    if (what === 'weekday') change(follow(edit, calendar, date));
    else change(put(edit, calendar, { date, name: name.trim(), openLike: what === 'open' ? like : null }));
    close();
  };
  const choice = (value: What, text: string) => <label><input type="radio" name="what" checked={what === value} onChange={() => setWhat(value)} /> {text}</label>;
  return (
    <form className="card-form" aria-labelledby="day-form" onSubmit={(e) => { e.preventDefault(); keep(); }}>
      <h3 id="day-form">{dated(date)}</h3>
      <p className="quiet">{say({ zh: '现为', en: 'Now' })}: {day.name ? `${day.name} (${say(kinds[day.kind])})` : say(kinds[day.kind])}</p>
      <fieldset className="choices">
        <legend className="only-read">{say({ zh: '这一天', en: 'This day' })}</legend>
        {choice('closed', say({ zh: '放假或停工（台风等）', en: 'Closed: a holiday, a typhoon' }))}
        {choice('open', say({ zh: '上班，时间同', en: 'Open like' }))}
        {what === 'open' && <select className="input" aria-label={say({ zh: '照哪一天的时间', en: 'Like which weekday' })} value={like} onChange={(e) => setLike(e.target.value as Weekday)}>{weekdays.filter((_, i) => openings(calendar, i).length > 0).map((d) => <option key={d} value={d}>{say(weekdayNames[d])}</option>)}</select>}
        {now && choice('weekday', say({ zh: `照常（${weekdayNames[own].zh}）`, en: `Like any ${weekdayNames[own].en}` }))}
      </fieldset>
      {what !== 'weekday' && <label className="field"><span>{say({ zh: '叫什么', en: 'What it is called' })}</span><input className="input" required maxLength={40} value={name} placeholder={what === 'open' ? say({ zh: '调休上班', en: 'Make-up workday' }) : say({ zh: '台风停工', en: 'Typhoon' })} onChange={(e) => setName(e.target.value)} /></label>}
      <p className="row">
        <button type="submit" className="button main">{say({ zh: '放进改动', en: 'Put into the edit' })}</button>
        {day.pending && <button type="button" className="button" onClick={() => { change(undo(edit, date)); close(); }}>{say({ zh: '撤销', en: 'Undo' })}</button>}
        <button type="button" className="button plain" onClick={close}>{say({ zh: '关闭', en: 'Close' })}</button>
      </p>
    </form>
  );
}
