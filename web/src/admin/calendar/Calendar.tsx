import { useState } from 'react';
import { useAsk } from '../../api/cache.ts';
import { AdminCalendarDocument } from '../../api/generated/graphql.ts';
import { say } from '../../say/say.ts';
import { moment } from '../../say/time.ts';
import { hashOf } from '../hash.ts';
import { useKept } from '../kept.ts';
import { Reading } from '../Reading.tsx';
import { DayForm } from './DayForm.tsx';
import { firstMissing, type Calendar as Known } from './months.ts';
import { isEmpty, nothing, type Pending } from './pending.ts';
import { Progress } from './Progress.tsx';
import { Publish } from './Publish.tsx';
import { weekInWords } from './words.ts';
import { Year } from './Year.tsx';

const often = 15_000; // ms: somebody else may publish one

/** The working calendar of a year, an edit of it, and what it moves. */
export function Calendar({ at }: { at: string[] }) {
  const answer = useAsk(AdminCalendarDocument, {}, { every: often });
  const calendar = answer.data?.calendar;
  if (calendar === null) return <p className="quiet blank">{say({ zh: '还没有工作日历：请用 gridwork calendar import 导入官方通知。', en: 'There is no working calendar yet: import an official notice with gridwork calendar import.' })}</p>;
  if (!calendar) return <Reading answer={answer} />;
  return <Open calendar={calendar} asked={Number(at[0])} />;
}

function Open({ calendar, asked }: { calendar: Known; asked: number }) {
  const [thisYear] = useState(() => new Date().getFullYear());
  const [begun, keep] = useKept<Pending>('calendar');
  const [date, choose] = useState<string>();
  const edit = begun ?? nothing(calendar.version);
  const change = (next: Pending) => keep(isEmpty(next) ? undefined : next);
  const missing = firstMissing(calendar.years, thisYear);
  const years = [...new Set([...calendar.years, missing, ...edit.years])].toSorted((a, b) => a - b);
  const year = years.includes(asked) ? asked : calendar.years.includes(thisYear) ? thisYear : missing;
  const covered = calendar.years.includes(year) || edit.years.includes(year);
  return (
    <div className="with-side">
      <article className="version">
        <header>
          <p className="kicker">{say({ zh: '工作日历', en: 'Working calendar' })} · {say({ zh: `第 ${calendar.version} 版`, en: `version ${calendar.version}` })}<span className="tag standing inForce">{say({ zh: '现行', en: 'In force' })}</span></p>
          <h2>{year}</h2>
          <p className="quiet">{weekInWords(calendar)} · {say({ zh: `一个工作日计 ${calendar.dayHours} 小时`, en: `a working day counts ${calendar.dayHours} h` })} · {say({ zh: `${moment(calendar.publishedAt)} 发布`, en: `published ${moment(calendar.publishedAt)}` })}</p>
        </header>
        <div className="year-line">
          <nav className="switch years" aria-label={say({ zh: '年份', en: 'Years' })}>{years.map((y) => <a key={y} href={hashOf('calendar', y)} aria-current={y === year ? 'true' : undefined}>{y}{!calendar.years.includes(y) && <small>{edit.years.includes(y) ? say({ zh: '未发布', en: 'not published' }) : say({ zh: '没有日历', en: 'no calendar' })}</small>}</a>)}</nav>
          <Legend />
        </div>
        {missing <= thisYear + 1 && !edit.years.includes(missing) && (
          <p className="notice late">{say({ zh: `${missing} 年还没有日历：跨到那一年的时限暂按更严的单位计，公布后自动改回。`, en: `There is no calendar for ${missing}: limits that reach into it run in a stricter unit for now, and return to their own once it is published.` })}</p>
        )}
        {covered ? <Year year={year} calendar={calendar} edit={edit} chosen={date} choose={choose} /> : (
          <div className="notice">
            <p>{say({ zh: `先按国务院办公厅的放假通知填好 ${year} 年的假日和调休，再预览、发布。整份通知（JSON 或 ICS）也可用 gridwork calendar import 导入。`, en: `Fill in the holidays and make-up workdays of ${year} from the official notice, then preview and publish. A whole notice (JSON or ICS) can be imported with gridwork calendar import.` })}</p>
            <button type="button" className="button" onClick={() => change({ ...edit, years: [...edit.years, year] })}>{say({ zh: `开始填 ${year} 年`, en: `Begin with ${year}` })}</button>
          </div>
        )}
      </article>
      <aside className="side" aria-label={say({ zh: '改动与进度', en: 'Edit and progress' })}>
        {date !== undefined && <DayForm key={date} date={date} calendar={calendar} edit={edit} change={change} close={() => choose(undefined)} />}
        <Publish calendar={calendar} edit={edit} change={change} />
        <Progress />
      </aside>
    </div>
  );
}

function Legend() {
  return (
    <ul className="legend-line">
      <li><i className="day holiday" aria-hidden="true">1</i> {say({ zh: '放假、停工', en: 'Closed' })}</li>
      <li><i className="day makeUp" aria-hidden="true">2</i> {say({ zh: '调休上班', en: 'Make-up workday' })}</li>
      <li><i className="day weekend" aria-hidden="true">3</i> {say({ zh: '休息日', en: 'Day of rest' })}</li>
      <li><i className="day pending" aria-hidden="true">4</i> {say({ zh: '未发布的改动', en: 'Not published' })}</li>
    </ul>
  );
}
