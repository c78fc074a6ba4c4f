import { useSyncExternalStore } from 'react';
import { city } from './city.ts';
import { language, say } from './say.ts';

const locale = () => (language() === 'zh' ? 'zh-CN' : 'en-GB');

const minutes = { hour: '2-digit', minute: '2-digit' } as const, days = { month: 'short', day: 'numeric' } as const;
const looks = { year: { year: 'numeric' }, clock: minutes, day: days, moment: { ...days, ...minutes }, otherYear: { year: 'numeric', ...days, ...minutes } } as const satisfies Record<string, Intl.DateTimeFormatOptions>;

// Making a formatter takes longer than what it has to say about all rows of a list.
const kept = new Map<string, Intl.DateTimeFormat | Intl.RelativeTimeFormat>();

function formatter<F extends Intl.DateTimeFormat | Intl.RelativeTimeFormat>(name: string, make: (locale: string) => F): F {
  const key = `${locale()} ${name}`, made = (kept.get(key) as F | undefined) ?? make(locale());
  kept.set(key, made);
  return made;
}

const shown = (at: Date, look: keyof typeof looks): string => formatter(look, (l) => new Intl.DateTimeFormat(l, { ...looks[look], timeZone: city })).format(at);

/** An instant as the city's clocks show it: day and time, the year only if it is not this one. */
export function moment(at: string | Date): string {
  const when = new Date(at);
  return shown(when, shown(when, 'year') === shown(new Date(), 'year') ? 'moment' : 'otherYear');
}

/** The time of day of an instant, by the city's clocks. */
export const clock = (at: string | Date): string => shown(new Date(at), 'clock');

/** The day of an instant, by the city's clocks. */
export const dayOf = (at: string | Date): string => shown(new Date(at), 'day');

/** How long ago, or how long still, in the largest unit that fits: "3 minutes ago". */
export function ago(at: string | Date, now: number = Date.now()): string {
  const seconds = (new Date(at).getTime() - now) / 1000;
  for (const [unit, size] of [['day', 86_400], ['hour', 3600], ['minute', 60]] as const) {
    if (Math.abs(seconds) >= size) return formatter('ago', (l) => new Intl.RelativeTimeFormat(l, { numeric: 'auto' })).format(Math.trunc(seconds / size), unit);
  }
  return say({ zh: '刚刚', en: 'just now' });
}

const minute = 60_000; // ms
const watching = new Set<() => void>();
let ticking = 0;

/** Draws a component anew with every minute: what it says of time is true though nothing else changes. */
export function useMinutes() {
  useSyncExternalStore((heard) => {
    watching.add(heard);
    ticking ||= window.setInterval(() => { for (const one of watching) one(); }, minute / 6);
    return () => {
      watching.delete(heard);
      if (watching.size === 0) { window.clearInterval(ticking); ticking = 0; }
    };
  }, () => Math.floor(Date.now() / minute));
}

/** Whether an instant is over. */
export const past = (at: string, now: number = Date.now()): boolean => new Date(at).getTime() < now;

/** Metres, as people say them. */
export const metres = (m: number): string =>
  m < 1000 ? `${Math.round(m)} ${say({ zh: '米', en: 'm' })}` : `${(m / 1000).toFixed(1)} ${say({ zh: '公里', en: 'km' })}`;
