import { expect, test } from 'vitest';
import { hold } from './held.ts';

const row = (id: string, text = '') => ({ id, text });

test('an urgent arrival, which sorts first, does not move the row under the cursor', () => {
  const { rows, arrivals } = hold(['a', 'b'], [row('urgent'), row('a'), row('b')]);
  expect(rows.map((r) => r.id)).toEqual(['a', 'b']);
  expect(arrivals.map((r) => r.id)).toEqual(['urgent']);
});

test('a row tells the newest that is known of it, and goes when it was decided', () => {
  expect(hold(['a', 'b'], [row('b', 'new')]).rows).toEqual([row('b', 'new')]);
});

test('the next page follows the last row, and what moved up into a page that was read does too', () => {
  const { rows, more, arrivals } = hold(['a', 'b'], [row('b'), row('c'), row('d')], true);
  expect(rows.map((r) => r.id)).toEqual(['b']);
  expect(more.map((r) => r.id)).toEqual(['c', 'd']);
  expect(arrivals).toEqual([]);
});

test('what arrives between known rows of a list that goes on waits, what comes after its last row does not', () => {
  const { more, arrivals } = hold(['a', 'b'], [row('a'), row('urgent'), row('b'), row('c')], true);
  expect(more.map((r) => r.id)).toEqual(['c']);
  expect(arrivals.map((r) => r.id)).toEqual(['urgent']);
});

test('at the end of a list that was read whole something new waits like anywhere', () => {
  const { more, arrivals } = hold(['a'], [row('a'), row('new')]);
  expect(more).toEqual([]);
  expect(arrivals.map((r) => r.id)).toEqual(['new']);
});
