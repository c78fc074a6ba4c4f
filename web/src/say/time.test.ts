import { beforeAll, expect, test, vi } from 'vitest';

beforeAll(() => {
  vi.stubGlobal('localStorage', { getItem: () => 'zh', setItem: () => {} });
  vi.stubGlobal('document', { documentElement: {} });
});

test('an instant is told as the city sees it, in the language that is spoken then', async () => {
  const { ago, clock, dayOf, moment } = await import('./time.ts'), { speak } = await import('./say.ts');
  const year = new Date().getFullYear(), late = `${year}-06-30T17:05:00Z`;
  speak('en');
  expect([moment(late), clock(late), dayOf(late)]).toEqual(['1 Jul, 01:05', '01:05', '1 Jul']);
  expect(moment(`${year - 1}-06-30T17:05:00Z`)).toBe(`1 Jul ${year - 1}, 01:05`);
  expect(ago(late, Date.parse(late) + 7_300_000)).toBe('2 hours ago');
  speak('zh');
  expect([moment(late), clock(late), dayOf(late)]).toEqual(['7月1日 01:05', '01:05', '7月1日']);
  expect(ago(late, Date.parse(late) + 7_300_000)).toBe('2小时前');
});
