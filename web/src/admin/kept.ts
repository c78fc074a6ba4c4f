import { useState } from 'react';

// What somebody has begun and not stored yet, by where it belongs: a look at another section does not lose it.
const begun = new Map<string, unknown>();

window.addEventListener('beforeunload', (leaving) => { if (begun.size > 0) leaving.preventDefault(); });

/** State that outlives its component, until it is set to undefined. */
export function useKept<T>(key: string): [T | undefined, (value: T | undefined) => void] {
  const [value, setValue] = useState(() => begun.get(key) as T | undefined);
  const keep = (next: T | undefined) => {
    if (next === undefined) begun.delete(key); else begun.set(key, next);
    setValue(next);
  };
  return [value, keep];
}
