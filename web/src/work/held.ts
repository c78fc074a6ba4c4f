import { useState } from 'react';

/** A list that does not move under the cursor: what is new waits in a bar until its reader asks for it. */
export type Held<T> = { rows: T[]; arrivals: number; show: () => void };

/**
 * Rows in the order in which their reader knows them, with what is newly told of each; what left the list stays out. What follows the last
 * of them moves none: where the list goes on beyond what was read, that is more of it, and otherwise something new.
 */
export function hold<T extends { id: string }>(known: readonly string[], fresh: readonly T[], goesOn = false): { rows: T[]; more: T[]; arrivals: T[] } {
  const told = new Map(fresh.map((t) => [t.id, t])), ids = new Set(known);
  const end = goesOn ? fresh.findLastIndex((t) => ids.has(t.id)) + 1 : fresh.length;
  return { rows: known.flatMap((id) => told.get(id) ?? []), more: fresh.slice(end), arrivals: fresh.slice(0, end).filter((t) => !ids.has(t.id)) };
}

type Known = { of: string; ids: string[]; goesOn: boolean };

/** Holds what was freshly read of a list. Until it is settled it is another list's, shown meanwhile; goesOn: there are rows beyond it. */
export function useHeld<T extends { id: string }>(fresh: readonly T[] | undefined, of: string, { settled, goesOn }: { settled: boolean; goesOn: boolean }): Held<T> {
  const [known, setKnown] = useState<Known>({ of: '', ids: [], goesOn: false });
  const list = fresh ?? [];
  const ids = list.map((t) => t.id), show = () => setKnown({ of, ids, goesOn });
  const { rows, more, arrivals } = hold(known.of === of ? known.ids : [], list, known.of === of && known.goesOn);
  if (!fresh) return { rows: [], arrivals: 0, show };
  if (!settled) return { rows: [...list], arrivals: 0, show };
  if (known.of !== of || (rows.length === 0 && arrivals.length > 0)) {
    show();
    return { rows: [...list], arrivals: 0, show };
  }
  if (more.length > 0 || known.goesOn !== goesOn) setKnown({ of, ids: [...known.ids, ...more.map((t) => t.id)], goesOn });
  return { rows: [...rows, ...more], arrivals: arrivals.length, show };
}
