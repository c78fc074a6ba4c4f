import { useSyncExternalStore } from 'react';
import { v7 } from 'uuid';
import { sha256, type Shipment } from '../api/upload.ts';

// A photo takes a moment to be made small. Nothing is sent meanwhile: what was taken would be left behind.

let underWay = 0;
const listeners = new Set<() => void>();
const count = (by: number) => {
  underWay += by;
  for (const heard of listeners) heard();
};

/** Makes photos small and gives each its id and hash; until all are there, usePreparing says so. */
export async function prepared(files: readonly File[], small: (file: File) => Promise<Blob>): Promise<Shipment[]> {
  count(1);
  try {
    return await Promise.all(files.map(async (file) => {
      const bytes = await small(file);
      return { id: v7(), sha256: await sha256(bytes), bytes };
    }));
  } finally {
    count(-1);
  }
}

/** Whether a photo is still being prepared. */
export const usePreparing = (): boolean => useSyncExternalStore((heard) => { listeners.add(heard); return () => listeners.delete(heard); }, () => underWay > 0);
