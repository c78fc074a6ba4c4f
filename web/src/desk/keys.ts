import { useEffect, useEffectEvent } from 'react';

const typed = 'input:not([type=checkbox], [type=radio], [type=file]), textarea, select, [contenteditable]';
const turned = '.map, [type=radio]'; // what the arrows move by themselves

/** Keys that work wherever nobody is typing. What has dealt with a key says so, and Escape leads out of whatever is typed into. */
export function useKeys(keys: Record<string, () => void>) {
  const press = useEffectEvent((e: KeyboardEvent) => {
    if (e.ctrlKey || e.metaKey || e.altKey || e.defaultPrevented || document.querySelector('dialog[open]')) return;
    const at = e.target instanceof HTMLElement ? e.target : document.body, typing = at.closest(typed);
    const run = (typing && e.key !== 'Escape') || (e.key.startsWith('Arrow') && at.closest(turned)) ? undefined : keys[e.key];
    if (!run) return;
    if (typing) { run(); return; } // a search empties itself
    e.preventDefault();
    run();
  });
  useEffect(() => {
    const heard = (e: KeyboardEvent) => press(e);
    document.addEventListener('keydown', heard);
    return () => document.removeEventListener('keydown', heard);
  }, []);
}
