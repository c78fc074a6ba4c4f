import { say } from '../../say/say.ts';
import { monthsOf, weekdays, type Calendar, type Day } from './months.ts';
import type { Pending } from './pending.ts';
import { dated, kinds, monthName, weekdayNames } from './words.ts';

/** Twelve months at a glance: holidays are round, make-up workdays square. */
export function Year({ year, calendar, edit, chosen, choose }: { year: number; calendar: Calendar; edit: Pending; chosen: string | undefined; choose: (date: string) => void }) {
  return (
    <ol className="year">
      {monthsOf(year, calendar, edit).map(({ month, weeks }) => (
        <li key={month}>
          <h3>{monthName(month)}</h3>
          <table>
            <thead><tr>{weekdays.map((d) => <th key={d} scope="col" abbr={say(weekdayNames[d])}>{say({ zh: weekdayNames[d].zh.slice(1), en: weekdayNames[d].en.slice(0, 2) })}</th>)}</tr></thead>
            <tbody>{weeks.map((week) => <tr key={week.find(Boolean)?.date}>{week.map((d, i) => <td key={d?.date ?? weekdays[i]}>{d && <Cell of={d} chosen={d.date === chosen} choose={choose} />}</td>)}</tr>)}</tbody>
          </table>
        </li>
      ))}
    </ol>
  );
}

function Cell({ of, chosen, choose }: { of: Day; chosen: boolean; choose: (date: string) => void }) {
  const label = `${dated(of.date)}: ${of.name || say(kinds[of.kind])}${of.pending ? say({ zh: '，未发布', en: ', not published' }) : ''}`;
  return <button type="button" className={`day ${of.kind}${of.pending ? ' pending' : ''}`} aria-label={label} title={label} aria-pressed={chosen} onClick={() => choose(of.date)}>{of.day}</button>;
}
