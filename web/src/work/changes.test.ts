import { expect, test } from 'vitest';
import { isOfCases } from './changes.ts';

test('a list of cases that was read in pages is told of changes like one case', () => {
  expect(isOfCases({ pages: [{ cases: { nodes: [] } }], pageParams: [null] })).toBe(true);
  expect(isOfCases({ case: null })).toBe(true);
});

test('other answers are not read anew for a case', () => {
  expect(isOfCases({ pages: [{ clues: { nodes: [] } }] })).toBe(false);
  expect(isOfCases(undefined)).toBe(false);
});
