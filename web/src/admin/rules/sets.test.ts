import { expect, test } from 'vitest';
import { inForce } from './sets.ts';

const at = (day: number) => `2026-03-0${day}T00:00:00Z`;
const set = (version: number, day: number, state: 'PUBLISHED' | 'RETIRED' = 'PUBLISHED') => ({ version, state, effectiveFrom: at(day) }) as Parameters<typeof inForce>[0][number];

test('the latest effective time that has come decides, not the highest version', () => {
  expect(inForce([set(3, 2), set(2, 4), set(1, 1)], Date.parse(at(5)))?.version).toBe(2);
  expect(inForce([set(3, 2), set(2, 4), set(1, 1)], Date.parse(at(3)))?.version).toBe(3);
});

test('what was taken back never decides', () => {
  expect(inForce([set(2, 2, 'RETIRED'), set(1, 1)], Date.parse(at(5)))?.version).toBe(1);
});
