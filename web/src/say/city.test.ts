import { expect, test } from 'vitest';
import { cityDay, instantOf } from './city.ts';

test('a day is the city’s, though it is still yesterday elsewhere', () => {
  expect(cityDay(0, Date.parse('2026-03-01T17:00:00Z'))).toBe('2026-03-02');
  expect(cityDay(1, Date.parse('2026-03-01T15:00:00Z'))).toBe('2026-02-28');
});

test('a time that is typed is the city’s, wherever the browser is', () => {
  expect(instantOf('2026-12-01T08:00')).toBe('2026-12-01T00:00:00.000Z');
  expect(instantOf('2026-12-01T00:30')).toBe('2026-11-30T16:30:00.000Z');
});
