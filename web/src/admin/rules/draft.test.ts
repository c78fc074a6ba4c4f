import { expect, test } from 'vitest';
import { changed, fresh, moved, sent } from './draft.ts';

const rule = (code: string) => ({ ...fresh('fire', 'urgent'), code, nameZh: code, nameEn: code });

test('a rule moves past its neighbours, and never over the edge', () => {
  expect(moved(['a', 'b', 'c'], 2, 0)).toEqual(['c', 'a', 'b']);
  expect(moved(['a', 'b', 'c'], 0, -1)).toEqual(['a', 'b', 'c']);
  expect(moved(['a', 'b', 'c'], 2, 3)).toEqual(['a', 'b', 'c']);
});

test('a condition that holds always is not sent', () => {
  const { conditions } = sent({ ...rule('a'), conditions: { ...rule('a').conditions, categories: [], urgent: false } });
  expect(conditions).toEqual({ urgent: false });
});

test('a department that leads does not assist itself', () => {
  expect(sent({ ...rule('a'), outcome: { ...rule('a').outcome, assisting: ['fire', 'police'] } }).outcome.assisting).toEqual(['police']);
});

test('what was moved, changed or added is marked, and nothing else', () => {
  const stored = [rule('a'), rule('b'), rule('c')];
  expect([...changed([rule('b'), rule('a'), rule('c'), rule('d')], stored)].toSorted()).toEqual(['a', 'b', 'd']);
  expect(changed(stored, stored).size).toBe(0);
});
