import { expect, test } from 'vitest';
import { heatOf, openAt, openInAll, unlooked } from './shades.ts';

test('a division is shaded by what lies in it, at every level', () => {
  const heat = [
    { community: '440304001001', cases: 3, inspections: 6, value: 0.5 },
    { community: '440304001002', cases: 1, inspections: 0, value: null },
    { community: '440305002001', cases: 2, inspections: 0, value: null },
  ];
  expect(heatOf(heat)).toEqual({ '440304': 4 / 6, '440304001': 4 / 6, '440304001001': 0.5, '440304001002': unlooked, '440305': unlooked, '440305002': unlooked, '440305002001': unlooked });
});

test('a moment of a playback is its own', () => {
  const played = { moments: ['a', 'b'], communities: [{ community: '440304001001', open: [2, 1] }, { community: '440304002001', open: [0, 5] }] };
  expect(openAt(played, 0)).toMatchObject({ '440304': 2, '440304001': 2, '440304002001': 0 });
  expect(openAt(played, 1)).toMatchObject({ '440304': 6, '440304002': 5 });
  expect(openInAll(played)).toEqual([2, 6]);
});
