import { useEffect, useState, useSyncExternalStore } from 'react';
import { badge, type Badge } from './badge.ts';
import { heldThings, operations, owner, pulledAt, type Held, type Operation, type Owner } from './store.ts';
import { lineNow, onSync, type Line } from './sync.ts';

/** All that a shift works with, from this device alone. */
export type Shift = { owner: Owner | undefined; things: ReadonlyMap<string, Held>; outbox: Operation[]; pulled: number | undefined; badge: Badge | undefined; line: Line; ready: boolean };

export const keyOf = (kind: string, id: string) => `${kind} ${id}`;

export function useShift(): Shift {
  const line = useSyncExternalStore(onSync, lineNow);
  const [kept, setKept] = useState<Omit<Shift, 'line'>>({ owner: undefined, things: new Map(), outbox: [], pulled: undefined, badge: undefined, ready: false });
  useEffect(() => {
    let current = true;
    const read = async () => {
      const [mine, things, outbox, pulled, shown] = await Promise.all([owner(), heldThings(), operations(), pulledAt(), badge()]);
      if (current) setKept({ owner: mine, things: new Map(things.map((t) => [keyOf(t.kind, t.id), t])), outbox, pulled, badge: shown, ready: true });
    };
    void read();
    const stop = onSync(() => void read());
    return () => { current = false; stop(); };
  }, []);
  return { ...kept, line };
}
