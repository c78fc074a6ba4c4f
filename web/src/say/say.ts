import { useSyncExternalStore } from 'react';

/** A text in both languages, which stand beside each other where they are used: neither can be forgotten. */
export type Text = { readonly zh: string; readonly en: string };

export type Language = 'zh' | 'en';

const kept = 'gridwork.language';
const listeners = new Set<() => void>();

let current: Language = chosen();

function chosen(): Language {
  const said = localStorage.getItem(kept);
  if (said === 'zh' || said === 'en') return said;
  return navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en';
}

/** The language that is spoken now. */
export const language = (): Language => current;

/** Changes the language of the whole page, and remembers it on this device. */
export function speak(next: Language) {
  current = next;
  localStorage.setItem(kept, next);
  document.documentElement.lang = next === 'zh' ? 'zh-CN' : 'en';
  for (const heard of listeners) heard();
}

export const say = (text: Text): string => text[current];

/** The name of something that has both, in the language of the page. */
export const named = (thing: { nameZh: string; nameEn: string }): string => (current === 'zh' ? thing.nameZh : thing.nameEn);

/** Draws a component anew when the language changes. */
export function useLanguage(): Language {
  return useSyncExternalStore((heard) => { listeners.add(heard); return () => listeners.delete(heard); }, language);
}

document.documentElement.lang = current === 'zh' ? 'zh-CN' : 'en';
