import { expect, test } from 'vitest';
import { decoded } from './address.ts';

test('an address that was cut off still opens its page', () => {
  expect(decoded('a%20b')).toBe('a b');
  expect(decoded('%E0%A4%A')).toBe('%E0%A4%A');
});
