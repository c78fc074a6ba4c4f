/** A position, longitude first. */
export type Pair = [number, number];
export type Ring = readonly Pair[];

const near = 3e-7; // degrees, some 3 cm: what borders lose on their way through a screen

/** How far a point lies from a stretch of border, degrees. */
function distance(p: Pair, a: Pair, b: Pair): number {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]], length = dx * dx + dy * dy;
  const t = length === 0 ? 0 : Math.max(0, Math.min(1, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length));
  return Math.hypot(a[0] + t * dx - p[0], a[1] + t * dy - p[1]);
}

const onRing = (p: Pair, ring: Ring): boolean => ring.some((a, i) => { const b = ring[i + 1]; return b !== undefined && distance(p, a, b) <= near; });

/**
 * The border that two areas share, corner by corner along the first one's: the longest where there are several, none where they meet in
 * points only. Corners of the second on a stretch of the first are corners of the border too.
 */
export function sharedBorder(one: Ring, other: Ring): Pair[] {
  const ring = one.slice(0, -1), shared: boolean[] = ring.map((a, i) => {
    const b = ring[(i + 1) % ring.length] ?? a;
    return onRing(a, other) && onRing(b, other) && onRing([(a[0] + b[0]) / 2, (a[1] + b[1]) / 2], other);
  });
  const first = shared.indexOf(false);
  if (first < 0) return [];
  let best: Pair[] = [], run: Pair[] = [];
  for (let k = 1; k <= ring.length; k++) {
    const i = (first + k) % ring.length, a = ring[i], b = ring[(i + 1) % ring.length];
    if (shared[i] && a && b) run = run.length === 0 ? [a, b] : [...run, b];
    else {
      if (lengthOf(run) > lengthOf(best)) best = run;
      run = [];
    }
  }
  return best;
}

const lengthOf = (line: Pair[]): number => line.reduce((sum, p, i) => { const q = line[i + 1]; return q ? sum + Math.hypot(q[0] - p[0], q[1] - p[1]) : sum; }, 0);

export type Box = { west: number; south: number; east: number; north: number };

export function boxOf(rings: readonly Ring[]): Box {
  const xs = rings.flatMap((r) => r.map((p) => p[0])), ys = rings.flatMap((r) => r.map((p) => p[1]));
  return { west: Math.min(...xs), south: Math.min(...ys), east: Math.max(...xs), north: Math.max(...ys) };
}

const beyond = 0.12; // of its width: the line has to leave the ground at both ends

/** A line through the middle of an area, beyond it at both ends. */
export function middleOf(rings: readonly Ring[], way: 'down' | 'across'): Pair[] {
  const b = boxOf(rings), [x, y] = [(b.west + b.east) / 2, (b.south + b.north) / 2];
  const [dx, dy] = [(b.east - b.west) * beyond, (b.north - b.south) * beyond];
  return way === 'down' ? [[x, b.north + dy], [x, b.south - dy]] : [[b.west - dx, y], [b.east + dx, y]];
}
