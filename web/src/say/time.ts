import { city } from './city.ts';
import { language, say } from './say.ts';

const locale = () => (language() === 'zh' ? 'zh-CN' : 'en-GB');

/** An instant as the city's clocks show it: day and time, the year only if it is not this one. */
export function moment(at: string | Date): string {
  const when = new Date(at);
  const year = (d: Date) => d.toLocaleString('en', { year: 'numeric', timeZone: city });
  return when.toLocaleString(locale(), { ...(year(when) === year(new Date()) ? {} : { year: 'numeric' }),
    month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', timeZone: city });
}

/** The time of day of an instant, by the city's clocks. */
export const clock = (at: string | Date): string => new Date(at).toLocaleTimeString(locale(), { hour: '2-digit', minute: '2-digit', timeZone: city });

/** The day of an instant, by the city's clocks. */
export const dayOf = (at: string | Date): string => new Date(at).toLocaleDateString(locale(), { month: 'short', day: 'numeric', timeZone: city });

/** How long ago, or how long still, in the largest unit that fits: "3 minutes ago". */
export function ago(at: string | Date, now: number = Date.now()): string {
  const seconds = (new Date(at).getTime() - now) / 1000;
  const format = new Intl.RelativeTimeFormat(locale(), { numeric: 'auto' });
  for (const [unit, size] of [['day', 86_400], ['hour', 3600], ['minute', 60]] as const) {
    if (Math.abs(seconds) >= size) return format.format(Math.trunc(seconds / size), unit);
  }
  return say({ zh: '刚刚', en: 'just now' });
}

/** Whether an instant is over. */
export const past = (at: string, now: number = Date.now()): boolean => new Date(at).getTime() < now;

/** Metres, as people say them. */
export const metres = (m: number): string =>
  m < 1000 ? `${Math.round(m)} ${say({ zh: '米', en: 'm' })}` : `${(m / 1000).toFixed(1)} ${say({ zh: '公里', en: 'km' })}`;
