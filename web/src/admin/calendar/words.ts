import type { Weekday } from '../../api/generated/graphql.ts';
import { language, say, type Text } from '../../say/say.ts';
import type { Calendar, Kind } from './months.ts';
import { openings, weekdays } from './months.ts';

export const kinds: Record<Kind, Text> = {
  open: { zh: '工作日', en: 'Working day' }, weekend: { zh: '休息日', en: 'Day of rest' }, holiday: { zh: '放假或停工', en: 'Closed' }, makeUp: { zh: '调休上班', en: 'Make-up workday' },
};

export const weekdayNames: Record<Weekday, Text> = {
  MONDAY: { zh: '周一', en: 'Monday' }, TUESDAY: { zh: '周二', en: 'Tuesday' }, WEDNESDAY: { zh: '周三', en: 'Wednesday' }, THURSDAY: { zh: '周四', en: 'Thursday' },
  FRIDAY: { zh: '周五', en: 'Friday' }, SATURDAY: { zh: '周六', en: 'Saturday' }, SUNDAY: { zh: '周日', en: 'Sunday' },
};

const locale = () => (language() === 'zh' ? 'zh-CN' : 'en-GB');

/** A date in full, such as "3 March 2026, Tuesday". */
export const dated = (date: string): string => new Date(`${date}T00:00:00Z`).toLocaleDateString(locale(), { year: 'numeric', month: 'long', day: 'numeric', weekday: 'long', timeZone: 'UTC' });

export const monthName = (month: number): string => new Date(Date.UTC(2026, month - 1, 1)).toLocaleDateString(locale(), { month: 'long', timeZone: 'UTC' });

/** The ordinary week in a line: days of the same openings together. */
export function weekInWords(c: Calendar): string {
  const days = weekdays.map((day, i) => ({ day: say(weekdayNames[day]), hours: openings(c, i).map((o) => `${o.from}–${o.to}`).join(say({ zh: '、', en: ', ' })) }));
  const groups: { first: string; last: string; hours: string }[] = [];
  for (const { day, hours } of days) {
    const open = groups.at(-1);
    if (open?.hours === hours) open.last = day; else groups.push({ first: day, last: day, hours });
  }
  return groups.map((g) => `${g.first === g.last ? g.first : say({ zh: `${g.first}至${g.last}`, en: `${g.first} to ${g.last}` })} ${g.hours || say({ zh: '休息', en: 'closed' })}`).join(say({ zh: '；', en: '; ' }));
}

const hour = 3600, day = 86_400; // seconds

/** By how much a due time moves, with its direction: "1 day 2 h later". */
export function shifted(seconds: number): string {
  const s = Math.abs(seconds), d = Math.floor(s / day), h = Math.floor((s % day) / hour), m = Math.floor((s % hour) / 60);
  const span = [...(d > 0 ? [say({ zh: `${d} 天`, en: `${d} d` })] : []), ...(h > 0 ? [say({ zh: `${h} 小时`, en: `${h} h` })] : []), ...(d === 0 && m > 0 ? [say({ zh: `${m} 分`, en: `${m} min` })] : [])].join(' ');
  return seconds < 0 ? say({ zh: `提前 ${span}`, en: `${span} earlier` }) : say({ zh: `推后 ${span}`, en: `${span} later` });
}
