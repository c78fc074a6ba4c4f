import { expect, test } from 'vitest';
import { lengthOf, walk, type Stop } from './order.ts';

const here = { lon: 114.06, lat: 22.54 };
// A generator of its own, so that a failure can be told again.
function stops(n: number, seed: number): Stop[] {
  let s = seed;
  const next = () => { s = (s * 1_103_515_245 + 12_345) % 2_147_483_648; return s / 2_147_483_648; };
  return Array.from({ length: n }, (_, i) => ({ id: String(i), lon: here.lon + next() / 50, lat: here.lat + next() / 50 }));
}

test('a way has every stop once, and is no longer than going nearest first', () => {
  for (let seed = 1; seed < 40; seed++) {
    const all = stops(12, seed), way = walk(here, all);
    expect(way.map((w) => w.id).toSorted()).toEqual(all.map((a) => a.id).toSorted());
    expect(walk(here, all.toReversed())).toEqual(way);
    expect(lengthOf(here, way)).toBeLessThanOrEqual(lengthOf(here, nearest(all)) + 0.1);
  }
});

function nearest(all: Stop[]): Stop[] {
  const left = [...all], way: Stop[] = [];
  for (let at: { lon: number; lat: number } = here; left.length > 0;) {
    left.sort((a, b) => lengthOf(at, [a]) - lengthOf(at, [b]));
    at = left[0] as Stop;
    way.push(...left.splice(0, 1));
  }
  return way;
}
