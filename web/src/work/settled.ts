import { useEffect, useEffectEvent } from 'react';

const settles = 100; // ms: what was chosen is painted by then

/** Does what follows from a choice once it has been painted and still stands: whoever goes down a list by keys waits for nothing but what they read. */
export function useSettled<T>(choice: T, follow: (choice: T) => void) {
  const latest = useEffectEvent(follow);
  useEffect(() => {
    const timer = window.setTimeout(() => latest(choice), settles);
    return () => window.clearTimeout(timer);
  }, [choice]);
}
