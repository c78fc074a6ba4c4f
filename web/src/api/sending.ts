import { useState } from 'react';
import { cache } from './cache.ts';

/** A change on its way: whether it is, what it was refused for, and how it is sent. Whatever is shown is read anew after it. */
export function useSending() {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const send = async (change: () => Promise<unknown>) => {
    setBusy(true);
    setError(undefined);
    try {
      await change();
    } catch (problem) {
      setError(problem);
    }
    await cache.invalidateQueries();
    setBusy(false);
  };
  return { busy, error, send, forget: () => setError(undefined) };
}
