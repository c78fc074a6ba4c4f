import { useState } from 'react';

/** A list that does not move under the cursor: what is new waits in a bar until its reader asks for it. */
export type Held<T> = { rows: T[]; arrivals: number; show: () => void };

/** Rows in the order in which their reader knows them, with what is newly told of each; what left the list stays out. */
export function hold<T extends { id: string }>(known: readonly string[], fresh: readonly T[]): { rows: T[]; arrivals: T[] } {
  const told = new Map(fresh.map((t) => [t.id, t]));
  return { rows: known.flatMap((id) => told.get(id) ?? []), arrivals: fresh.filter((t) => !known.includes(t.id)) };
}

export function useHeld<T extends { id: string }>(fresh: readonly T[] | undefined, of: string): Held<T> {
  const [known, setKnown] = useState<{ of: string; ids: string[] }>({ of: '', ids: [] });
  const list = fresh ?? [];
  const mine = known.of === of ? known.ids : [];
  const { rows, arrivals } = hold(mine, list);
  if (fresh && (known.of !== of || (rows.length === 0 && arrivals.length > 0))) {
    setKnown({ of, ids: list.map((t) => t.id) });
    return { rows: [...list], arrivals: 0, show: () => {} };
  }
  return { rows, arrivals: arrivals.length, show: () => setKnown({ of, ids: list.map((t) => t.id) }) };
}
