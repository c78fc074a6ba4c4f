import { expect, test } from 'vitest';
import { good, heard } from './badge.ts';

const now = 1_000_000;

test('a badge is counted from its arrival, and another is fetched when half of it is over', () => {
  const b = heard(200, { path: '/badge/x', seconds: 600 }, now);
  expect(b).toEqual({ path: '/badge/x', ends: now + 600_000, again: now + 300_000 });
  expect(good(b, now + 599_999)).toBe(true);
  expect(good(b, now + 600_000)).toBe(false);
});

test('whoever is refused has none, and the one before stays where nothing was said', () => {
  for (const [status, code] of [[409, 'NOT_ON_DUTY'], [403, 'DEVICE_REVOKED'], [404, 'DEVICE_NOT_FOUND']] as const) {
    const b = heard(status, { code }, now);
    expect(b).toEqual({ refused: code, again: now + 60_000 });
    expect(good(b, now)).toBe(false);
  }
  expect(heard(401, { code: 'SIGN_IN_NEEDED' }, now)).toBeUndefined();
  expect(good(undefined, now)).toBe(false);
});
