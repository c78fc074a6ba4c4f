import { expect, test } from 'vitest';
import { begun, drawn, halved, inputOf, shapedBy, toggled, untouched } from './edit.ts';

const square = (x: number): [number, number][] => [[x, 0], [x + 1, 0], [x + 1, 1], [x, 1], [x, 0]];

test('an edit says nothing to the platform before it is whole', () => {
  const one = toggled(untouched, '440304001001001');
  expect(inputOf(one)).toBeUndefined();
  expect(inputOf(begun(one, 'merge', [square(0)]))).toBeUndefined();
  expect(inputOf(begun(one, 'split', [square(0)]))).toBeUndefined();
  expect(inputOf(halved(one, [square(0)], 'down'))?.line).toHaveLength(2);
});

test('two cells become one, or get another border that begins as theirs', () => {
  const two = toggled(toggled(untouched, 'b'), 'a');
  expect(inputOf(begun(two, 'merge', []))).toEqual({ ends: ['a', 'b'], cells: [], line: [], note: '' });
  const border = begun(two, 'border', [square(0), square(1)]);
  expect(border.line).toEqual([[1, 0], [1, 1]]);
  expect(inputOf(drawn(border, [[1, 0], [1.2, 0.5], [1, 1]]))?.line).toEqual([{ lon: 1, lat: 0 }, { lon: 1.2, lat: 0.5 }, { lon: 1, lat: 1 }]);
});

test('another choice of cells forgets the line, and keeps the time', () => {
  const edit = { ...halved(toggled(untouched, 'a'), [square(0)], 'across'), when: '2026-12-01T08:00' };
  const other = toggled(edit, 'b');
  expect(other.line).toEqual([]);
  expect(other.act).toBeUndefined();
  expect(other.when).toBe('2026-12-01T08:00');
});

test('the time is the city\'s, and a preview knows nothing of it', () => {
  const input = inputOf({ ...halved(toggled(untouched, 'a'), [square(0)], 'down'), when: '2026-12-01T08:00', note: ' 调整 ' });
  expect(input?.effectiveAt).toBe('2026-12-01T00:00:00.000Z');
  expect(input?.note).toBe('调整');
  expect(input && shapedBy(input)).not.toHaveProperty('effectiveAt');
});
