import type { WallHeatQuery, WallPlaybackQuery } from '../api/generated/graphql.ts';

/** What divisions are shaded by, by their codes: communities, and what lies above them. */
export type Shades = Readonly<Record<string, number>>;

/** Of a division with cases in which nobody looked. */
export const unlooked = -1;

// Lengths of a district's, a street's and a community's code.
const levels = [6, 9, 12];

function sums<T>(of: readonly T[], community: (t: T) => string, add: (t: T, sum: number[]) => void): Map<string, number[]> {
  const all = new Map<string, number[]>();
  for (const t of of) for (const length of levels) {
    const code = community(t).slice(0, length), sum = all.get(code) ?? [0, 0];
    add(t, sum);
    all.set(code, sum);
  }
  return all;
}

/** Cases for each inspection. */
export function heatOf(heat: WallHeatQuery['heat']): Shades {
  const all = sums(heat, (h) => h.community, (h, sum) => { sum[0] = (sum[0] ?? 0) + h.cases; sum[1] = (sum[1] ?? 0) + h.inspections; });
  return Object.fromEntries([...all].map(([code, [cases = 0, inspections = 0]]) => [code, inspections > 0 ? cases / inspections : unlooked]));
}

/** Open cases at one of the moments. */
export function openAt(played: WallPlaybackQuery['playback'], moment: number): Shades {
  const all = sums(played.communities, (c) => c.community, (c, sum) => { sum[0] = (sum[0] ?? 0) + (c.open[moment] ?? 0); });
  return Object.fromEntries([...all].map(([code, [open = 0]]) => [code, open]));
}

/** How many were open at each moment in all of the communities. */
export const openInAll = (played: WallPlaybackQuery['playback']): number[] => played.moments.map((_, i) => played.communities.reduce((n, c) => n + (c.open[i] ?? 0), 0));
