export type Stop = { id: string; lon: number; lat: number; due?: number | undefined };

const radius = 6_371_000; // metres

/** Metres between two points, on the sphere. */
export function distance(a: { lon: number; lat: number }, b: { lon: number; lat: number }): number {
  const rad = Math.PI / 180, x = (b.lon - a.lon) * rad * Math.cos(((a.lat + b.lat) / 2) * rad), y = (b.lat - a.lat) * rad;
  return Math.hypot(x, y) * radius;
}

/** Stops in walking order: nearest neighbour from where one stands, then 2-opt. The same in, the same out. */
export function walk(from: { lon: number; lat: number }, stops: readonly Stop[]): Stop[] {
  const left = stops.toSorted((a, b) => (a.id < b.id ? -1 : 1)), way: Stop[] = [];
  for (let at = from; left.length > 0;) {
    let best = 0;
    for (let i = 1; i < left.length; i++) if (distance(at, left[i] as Stop) < distance(at, left[best] as Stop)) best = i;
    at = left[best] as Stop;
    way.push(...left.splice(best, 1));
  }
  return untangled(from, way);
}

function untangled(from: { lon: number; lat: number }, way: Stop[]): Stop[] {
  const point = (i: number) => (i < 0 ? from : way[i]) as { lon: number; lat: number };
  for (let better = true, rounds = 0; better && rounds < 20; rounds++) {
    better = false;
    for (let i = 0; i < way.length - 1; i++) {
      for (let j = i + 1; j < way.length; j++) {
        const open = distance(point(i - 1), point(i)) + (j + 1 < way.length ? distance(point(j), point(j + 1)) : 0);
        const turned = distance(point(i - 1), point(j)) + (j + 1 < way.length ? distance(point(i), point(j + 1)) : 0);
        if (turned < open - 0.01) {
          way.splice(i, j - i + 1, ...way.slice(i, j + 1).toReversed());
          better = true;
        }
      }
    }
  }
  return way;
}

/** Metres of a way. */
export const lengthOf = (from: { lon: number; lat: number }, way: readonly Stop[]): number =>
  way.reduce((sum, stop, i) => sum + distance(i === 0 ? from : (way[i - 1] as Stop), stop), 0);
