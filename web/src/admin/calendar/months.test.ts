import { expect, test } from 'vitest';
import { dayOf, firstMissing, monthsOf, type Calendar } from './months.ts';
import { follow, isEmpty, nothing, put, undo } from './pending.ts';

const open = [{ from: '08:30', to: '12:00' }];
const calendar = {
  version: 4, publishedAt: '2025-11-01T00:00:00Z', location: 'Asia/Shanghai', dayHours: 8, years: [2025, 2026],
  week: { monday: open, tuesday: open, wednesday: open, thursday: open, friday: open, saturday: [], sunday: [] },
  exceptions: [{ date: '2026-02-17', name: '春节', openLike: null }, { date: '2026-02-28', name: '春节调休', openLike: 'MONDAY' }],
} as Calendar;
const none = nothing(4);

test('a year is twelve months of every day, each under its weekday', () => {
  const months = monthsOf(2026, calendar, none);
  expect(months).toHaveLength(12);
  expect(months.flatMap((m) => m.weeks.flat()).filter(Boolean)).toHaveLength(365);
  expect(months[1]?.weeks[0]?.map((d) => d?.day)).toEqual([undefined, undefined, undefined, undefined, undefined, undefined, 1]); // a Sunday
});

test('holidays, make-up workdays, days of rest and working days are told apart', () => {
  expect(['2026-02-17', '2026-02-28', '2026-03-01', '2026-03-02'].map((d) => dayOf(calendar, none, d).kind)).toEqual(['holiday', 'makeUp', 'weekend', 'open']);
});

test('a day that is edited looks as it will be, and is marked', () => {
  const typhoon = put(none, calendar, { date: '2026-03-03', name: '台风停工', openLike: null });
  expect(dayOf(calendar, typhoon, '2026-03-03')).toMatchObject({ kind: 'holiday', name: '台风停工', pending: true });
  const back = follow(none, calendar, '2026-02-17');
  expect(dayOf(calendar, back, '2026-02-17')).toMatchObject({ kind: 'open', pending: true });
});

test('what the calendar says already is no edit', () => {
  expect(isEmpty(put(none, calendar, { date: '2026-02-17', name: '春节', openLike: null }))).toBe(true);
  expect(isEmpty(follow(none, calendar, '2026-03-03'))).toBe(true);
  const typhoon = put(none, calendar, { date: '2026-03-03', name: '台风停工', openLike: null });
  expect(isEmpty(undo(typhoon, '2026-03-03'))).toBe(true);
});

test('the first year without a calendar is the first hole from this year on', () => {
  expect(firstMissing([2025, 2026, 2028], 2026)).toBe(2027);
  expect(firstMissing([2024], 2026)).toBe(2026);
});
