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
