import { useSyncExternalStore } from 'react';
import { told } from '../say/refusal.ts';

// What was decided is sent ten seconds later, so that a slip of the finger can be taken back; urgent things are sent at once.
// A page that closes sends what waits.

const grace = 10_000; // ms

export type Pending = { key: string; words: string; until: number; failed?: string };
type Waiting = Pending & { send: () => Promise<void>; timer: number };

let waiting: Waiting[] = [];
const listeners = new Set<() => void>();

function publish(next: Waiting[]) {
  waiting = next;
  for (const heard of listeners) heard();
}

async function fire(one: Waiting) {
  clearTimeout(one.timer);
  publish(waiting.filter((w) => w !== one));
  try {
    await one.send();
  } catch (error) {
    publish([...waiting, { ...one, until: 0, failed: told(error) }]);
  }
}

/** Decides something about the thing of a key: what was decided about it before, and not yet sent, is replaced. */
export function decide(key: string, words: string, send: () => Promise<void>, atOnce: boolean) {
  takeBack(key);
  const one: Waiting = { key, words, send, until: Date.now() + grace, timer: 0 };
  if (atOnce) { void fire(one); return; }
  one.timer = window.setTimeout(() => void fire(one), grace);
  publish([...waiting, one]);
}

/** Takes back what was not yet sent, or puts away what failed. */
export function takeBack(key: string) {
  const one = waiting.find((w) => w.key === key);
  if (!one) return;
  clearTimeout(one.timer);
  publish(waiting.filter((w) => w !== one));
}

/** Takes back the newest decision; gives its key. */
export function undo(): string | undefined {
  const last = waiting.findLast((w) => !w.failed);
  if (last) takeBack(last.key);
  return last?.key;
}

addEventListener('pagehide', () => { for (const one of waiting) if (!one.failed) void fire(one); });

export const usePending = (): readonly Pending[] => useSyncExternalStore((heard) => { listeners.add(heard); return () => listeners.delete(heard); }, () => waiting);
