import { expect, test } from 'vitest';
import { boxOf, middleOf, sharedBorder, type Pair } from './border.ts';

const square = (x: number, y: number, side = 1): Pair[] => [[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]];

test('two squares side by side share one border', () => {
  expect(sharedBorder(square(0, 0), square(1, 0))).toEqual([[1, 0], [1, 1]]);
  expect(sharedBorder(square(1, 0), square(0, 0))).toEqual([[1, 1], [1, 0]]);
});

test('a border that begins where the ring does is found whole', () => {
  const bent: Pair[] = [[1, 0.5], [1, 1], [0, 1], [0, 0], [1, 0], [1, 0.5]];
  expect(sharedBorder(bent, square(1, 0))).toEqual([[1, 0], [1, 0.5], [1, 1]]);
});

test('a small one beside a large one shares its own side, to a hair', () => {
  expect(sharedBorder(square(1.0000001, 0.25, 0.5), square(0, 0))).toEqual([[1.0000001, 0.75], [1.0000001, 0.25]]);
});

test('squares that meet at a corner, or not at all, share none', () => {
  expect(sharedBorder(square(0, 0), square(1, 1))).toEqual([]);
  expect(sharedBorder(square(0, 0), square(3, 3))).toEqual([]);
});

test('a line through the middle leaves the ground at both ends', () => {
  const ground = [square(0, 0), square(1, 0)];
  expect(boxOf(ground)).toEqual({ west: 0, south: 0, east: 2, north: 1 });
  const [from, to] = middleOf(ground, 'down');
  expect(from?.[0]).toBe(1);
  expect(from?.[1]).toBeGreaterThan(1);
  expect(to?.[1]).toBeLessThan(0);
  expect(middleOf(ground, 'across').map((p) => p[1])).toEqual([0.5, 0.5]);
});
