import { useEffect, useEffectEvent, useLayoutEffect, useRef } from 'react';

// Whoever works by keys has to see where they are. What has the focus may go away at any time: a row that was decided, a form that was sent.

const fields = 'select, textarea, input, button';

/** Brings the focus to where it rests whenever the page would have it because what had it is gone, or can be pressed no more. */
export function useRest(rest: () => HTMLElement | null) {
  const home = useEffectEvent(rest);
  useEffect(() => {
    let had: Element | undefined;
    const takes = (e: Event) => { had = e.type === 'focusin' && e.target instanceof Element ? e.target : undefined; };
    const seen = new MutationObserver(() => {
      const now = document.activeElement;
      if (had && (now === document.body || now === had) && (!had.isConnected || had.matches(':disabled'))) home()?.focus();
    });
    seen.observe(document.body, { subtree: true, childList: true, attributeFilter: ['disabled'] });
    for (const kind of ['focusin', 'pointerdown']) document.addEventListener(kind, takes, true);
    return () => { seen.disconnect(); for (const kind of ['focusin', 'pointerdown']) document.removeEventListener(kind, takes, true); };
  }, []);
}

/** A form that takes the focus when it opens, gives it back when it closes, and is closed by Escape. when: not if it was opened by a finger, which wants no keyboard. */
export function useBorrowed(close: () => void, when = true) {
  const form = useRef<HTMLFormElement>(null), first = useRef(when);
  useLayoutEffect(() => {
    if (!first.current) return undefined;
    const before = document.activeElement;
    form.current?.querySelector<HTMLElement>(fields)?.focus();
    return () => { if (before instanceof HTMLElement && before.isConnected) before.focus(); };
  }, []);
  const left = useEffectEvent((e: KeyboardEvent) => { if (e.key === 'Escape') { e.preventDefault(); close(); } });
  useEffect(() => {
    const at = form.current, heard = (e: KeyboardEvent) => left(e);
    at?.addEventListener('keydown', heard);
    return () => at?.removeEventListener('keydown', heard);
  }, []);
  return form;
}
