import type { CalendarInput, Weekday } from '../../api/generated/graphql.ts';

export type Exception = { date: string; name: string; openLike: Weekday | null };

/** An edit of the calendar that is not published yet, and the version that it was begun on. */
export type Pending = { basedOn: number; set: readonly Exception[]; clear: readonly string[]; years: readonly number[] };

export const nothing = (basedOn: number): Pending => ({ basedOn, set: [], clear: [], years: [] });

export const isEmpty = (p: Pending): boolean => p.set.length + p.clear.length + p.years.length === 0;

type Known = { exceptions: readonly Exception[] };

const same = (a: Exception, b: Exception | undefined) => a.name === b?.name && a.openLike === b.openLike;

/** The edit with an exception on its date; what the calendar says already is no edit. */
export function put(p: Pending, c: Known, e: Exception): Pending {
  const set = p.set.filter((other) => other.date !== e.date), clear = p.clear.filter((d) => d !== e.date);
  return same(e, c.exceptions.find((known) => known.date === e.date)) ? { ...p, set, clear } : { ...p, set: [...set, e].toSorted((a, b) => (a.date < b.date ? -1 : 1)), clear };
}

/** The edit with a date that follows its weekday again. */
export function follow(p: Pending, c: Known, date: string): Pending {
  const set = p.set.filter((e) => e.date !== date), clear = p.clear.filter((d) => d !== date);
  return { ...p, set, clear: c.exceptions.some((e) => e.date === date) ? [...clear, date].toSorted() : clear };
}

/** The edit without what it did to a date. */
export const undo = (p: Pending, date: string): Pending => ({ ...p, set: p.set.filter((e) => e.date !== date), clear: p.clear.filter((d) => d !== date) });

/** The edit as it is sent. */
export const inputOf = (p: Pending): CalendarInput => ({ basedOn: p.basedOn, years: [...p.years], set: p.set.map(({ date, name, openLike }) => ({ date, name, openLike })), clear: [...p.clear] });
