import { useSyncExternalStore } from 'react';

// A photo takes a moment to be made small. Nothing is sent meanwhile: what was taken would be left behind.

let underWay = 0;
const listeners = new Set<() => void>();
const count = (by: number) => {
  underWay += by;
  for (const heard of listeners) heard();
};

/** Prepares photos; until all are there, usePreparing says so. */
export async function prepared<T>(files: readonly File[], one: (file: File) => Promise<T>): Promise<T[]> {
  count(1);
  try {
    return await Promise.all(files.map(one));
  } finally {
    count(-1);
  }
}

/** Whether a photo is still being prepared. */
export const usePreparing = (): boolean => useSyncExternalStore((heard) => { listeners.add(heard); return () => listeners.delete(heard); }, () => underWay > 0);
