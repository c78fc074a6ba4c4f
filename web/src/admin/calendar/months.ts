import type { AdminCalendarFragment, Weekday } from '../../api/generated/graphql.ts';
import type { Exception, Pending } from './pending.ts';

export type Calendar = AdminCalendarFragment;

/** What a date is: open like its weekday, closed like it, or an exception from it. */
export type Kind = 'open' | 'weekend' | 'holiday' | 'makeUp';

export type Day = { date: string; day: number; kind: Kind; name: string; pending: boolean };

/** A month as it hangs on a wall: weeks that begin on Monday, with holes where other months are. */
export type Month = { month: number; weeks: (Day | undefined)[][] };

export const weekdays: readonly Weekday[] = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'];

const two = (n: number) => String(n).padStart(2, '0');

/** 0 for Monday. Dates are days of the city, without a zone. */
export const weekdayOf = (date: string): number => (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7;

/** When a weekday is open, in the calendar's own hours. */
export const openings = (c: Calendar, weekday: number) => c.week[(weekdays[weekday] ?? 'MONDAY').toLowerCase() as keyof Calendar['week']];

/** The exception that holds on a date once the pending edit is published; undefined: the date follows its weekday. */
export function exceptionOn(c: Calendar, edit: Pending, date: string): Exception | undefined {
  const set = edit.set.find((e) => e.date === date);
  if (set) return set;
  return edit.clear.includes(date) ? undefined : c.exceptions.find((e) => e.date === date);
}

export function dayOf(c: Calendar, edit: Pending, date: string): Day {
  const e = exceptionOn(c, edit, date);
  const open = openings(c, e?.openLike ? weekdays.indexOf(e.openLike) : weekdayOf(date)).length > 0;
  const kind: Kind = e === undefined ? (open ? 'open' : 'weekend') : e.openLike !== null && open ? 'makeUp' : 'holiday';
  return { date, day: Number(date.slice(8)), kind, name: e?.name ?? '', pending: edit.clear.includes(date) || edit.set.some((s) => s.date === date) };
}

/** The twelve months of a year. */
export function monthsOf(year: number, c: Calendar, edit: Pending): Month[] {
  return Array.from({ length: 12 }, (_, month) => {
    const days = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
    const date = (day: number) => `${year}-${two(month + 1)}-${two(day)}`;
    const before = weekdayOf(date(1));
    const weeks = Array.from({ length: Math.ceil((before + days) / 7) }, (_week, w) => Array.from({ length: 7 }, (_day, d) => {
      const day = w * 7 + d - before + 1;
      return day < 1 || day > days ? undefined : dayOf(c, edit, date(day));
    }));
    return { month: month + 1, weeks };
  });
}

/** The first year from this one on whose holidays nobody has published. */
export function firstMissing(years: readonly number[], thisYear: number): number {
  let year = thisYear;
  while (years.includes(year)) year++;
  return year;
}
