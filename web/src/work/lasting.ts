import { useCallback, useLayoutEffect, useRef } from 'react';

/** A function that stays the same while what it does follows the page: what is drawn only once may hold it. */
export function useLasting<A extends unknown[]>(does: (...args: A) => void): (...args: A) => void {
  const latest = useRef(does);
  useLayoutEffect(() => { latest.current = does; });
  return useCallback((...args: A) => latest.current(...args), []);
}
