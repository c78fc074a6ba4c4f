import { useState } from 'react';
import { accepted, ask, Refusal } from '../../api/ask.ts';
import { AdminPreviewCalendarDocument, AdminPublishCalendarDocument } from '../../api/generated/graphql.ts';
import { say } from '../../say/say.ts';
import { Refused } from '../Refused.tsx';
import { useSending } from '../../api/sending.ts';
import type { Calendar } from './months.ts';
import { inputOf, isEmpty, nothing, undo, type Pending } from './pending.ts';
import { Preview, type Previewed } from './Preview.tsx';
import { dated, weekdayNames } from './words.ts';

/** The edit that is pending: what it does, what it would move, and its publication. */
export function Publish({ calendar, edit, change }: { calendar: Calendar; edit: Pending; change: (edit: Pending) => void }) {
  const [seen, see] = useState<{ of: string; preview: Previewed }>();
  const { busy, error, send, forget } = useSending();
  if (isEmpty(edit)) return <p className="quiet hint">{say({ zh: '点日历上的一天来改。改动先预览、再发布，所有按工作时间计的时限随之重算。', en: 'Choose a day to edit it. An edit is previewed, then published; every limit in working time follows.' })}</p>;
  const input = inputOf(edit), text = JSON.stringify(input);
  const preview = seen?.of === text ? seen.preview : undefined;
  const stale = edit.basedOn !== calendar.version || (error instanceof Refusal && error.code === 'STALE_VERSION');
  const look = () => send(async () => {
    const done = accepted((await ask(AdminPreviewCalendarDocument, { input })).previewCalendar);
    if (done.preview) see({ of: text, preview: done.preview });
  });
  const publish = () => send(async () => {
    const done = accepted((await ask(AdminPublishCalendarDocument, { input })).publishCalendar);
    change(nothing(done.calendar?.version ?? calendar.version + 1));
  });
  return (
    <section className="card-form pending-edit" aria-labelledby="pending-edit">
      <h3 id="pending-edit">{say({ zh: `改动 · 自第 ${edit.basedOn} 版`, en: `Edit of version ${edit.basedOn}` })}</h3>
      <ul>
        {edit.years.map((y) => <li key={y}>{say({ zh: `纳入 ${y} 年`, en: `Covers ${y}` })} <button type="button" className="small" onClick={() => change({ ...edit, years: edit.years.filter((other) => other !== y), set: edit.set.filter((e) => !e.date.startsWith(String(y))) })}>{say({ zh: '撤销', en: 'Undo' })}</button></li>)}
        {edit.set.map((e) => <li key={e.date}><span>{dated(e.date)}<b>{e.name}</b>{e.openLike ? say({ zh: `上班，同${weekdayNames[e.openLike].zh}`, en: `open like ${weekdayNames[e.openLike].en}` }) : say({ zh: '不上班', en: 'closed' })}</span> <Undo date={e.date} edit={edit} change={change} /></li>)}
        {edit.clear.map((d) => <li key={d}><span>{dated(d)}<b>{say({ zh: '照常', en: 'Like its weekday' })}</b></span> <Undo date={d} edit={edit} change={change} /></li>)}
      </ul>
      {stale ? (
        <div className="notice late" role="alert">
          <p>{say({ zh: `日历已是第 ${calendar.version} 版，有人刚发布过。请看过新版再继续。`, en: `The calendar is at version ${calendar.version}: somebody has published one. Look at it before you go on.` })}</p>
          <button type="button" className="button" onClick={() => { forget(); change({ ...edit, basedOn: calendar.version }); }}>{say({ zh: '看过了，改在新版上', en: 'I have: edit the new one' })}</button>
        </div>
      ) : (
        <>
          <Refused error={error} />
          {preview && <Preview of={preview} />}
          <p className="row">
            {preview ? <button type="button" className="button main" disabled={busy} onClick={() => void publish()}>{say({ zh: `发布第 ${preview.version} 版`, en: `Publish version ${preview.version}` })}</button>
              : <button type="button" className="button main" disabled={busy} onClick={() => void look()}>{busy ? say({ zh: '正在算…', en: 'Reckoning…' }) : say({ zh: '预览会动什么', en: 'Preview what moves' })}</button>}
            <button type="button" className="button" disabled={busy} onClick={() => change(nothing(calendar.version))}>{say({ zh: '放弃改动', en: 'Drop the edit' })}</button>
          </p>
        </>
      )}
    </section>
  );
}

function Undo({ date, edit, change }: { date: string; edit: Pending; change: (edit: Pending) => void }) {
  return <button type="button" className="small" aria-label={say({ zh: `撤销 ${dated(date)}`, en: `Undo ${dated(date)}` })} onClick={() => change(undo(edit, date))}>{say({ zh: '撤销', en: 'Undo' })}</button>;
}
