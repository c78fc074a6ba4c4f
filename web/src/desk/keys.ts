import { useEffect, useEffectEvent } from 'react';

/** Keys that work wherever nobody is typing. */
export function useKeys(keys: Record<string, () => void>) {
  const press = useEffectEvent((e: KeyboardEvent) => {
    const typing = e.target instanceof HTMLElement && e.target.closest('input, textarea, select, [contenteditable]');
    if (e.ctrlKey || e.metaKey || e.altKey || document.querySelector('dialog[open]')) return;
    if (typing && e.key === 'Escape') { (e.target as HTMLElement).blur(); return; }
    const run = typing ? undefined : keys[e.key];
    if (!run) return;
    e.preventDefault();
    run();
  });
  useEffect(() => {
    const heard = (e: KeyboardEvent) => press(e);
    document.addEventListener('keydown', heard);
    return () => document.removeEventListener('keydown', heard);
  }, []);
}
