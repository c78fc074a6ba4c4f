import { useEffect, useSyncExternalStore } from 'react';
import { ask } from '../api/ask.ts';
import { WorkLookAtDocument, type WorkLookAtMutation } from '../api/generated/graphql.ts';

// Who else has something open, so that two people do not work on one. It is a hint: without it, nothing is wrong.

type Look = NonNullable<WorkLookAtMutation['lookAt']['looks']>[number];

const beat = 3_000; // ms
const settles = 300; // ms: whoever goes down a list by keys looks at where they stop

let looks: readonly Look[] = [];
const listeners = new Set<() => void>();

function learn(now: readonly Look[]) {
  if (JSON.stringify(now) === JSON.stringify(looks)) return;
  looks = now;
  for (const heard of listeners) heard();
}

const tell = async (id: string | null) => learn(await ask(WorkLookAtDocument, { id }).then((told) => told.lookAt.looks ?? [], () => []));

/** Tells colleagues what stands open while the page is looked at, and learns what they have open. */
export function useLooking(open: string | undefined) {
  useEffect(() => {
    let timer = 0, over = false, told = true;
    const look = async () => {
      const seen = document.visibilityState === 'visible';
      if (seen || told) await tell(seen ? open ?? null : null);
      told = seen;
      if (!over) timer = window.setTimeout(() => void look(), beat);
    };
    const left = () => void tell(null);
    timer = window.setTimeout(() => void look(), settles);
    window.addEventListener('pagehide', left);
    return () => { over = true; window.clearTimeout(timer); window.removeEventListener('pagehide', left); };
  }, [open]);
}

const listen = (heard: () => void) => { listeners.add(heard); return () => { listeners.delete(heard); }; };

/** Those who have it open, whoever began first before the others. */
export const useLooksAt = (id: string): readonly Look[] => useSyncExternalStore(listen, () => looks).filter((l) => l.subject === id);
