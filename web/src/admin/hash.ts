import { useSyncExternalStore } from 'react';
import { decoded } from '../say/address.ts';

// Where somebody stands in the page is in its address, so that it can be sent to a colleague: #rules/12/replay.

const subscribe = (moved: () => void) => {
  window.addEventListener('hashchange', moved);
  return () => window.removeEventListener('hashchange', moved);
};

/** The parts of the address behind its #, the section first. */
export function useHash(): string[] {
  return useSyncExternalStore(subscribe, () => location.hash).replace(/^#/u, '').split('/').map(decoded);
}

/** The address of a place in the page. */
export const hashOf = (...parts: (string | number)[]): string => `#${parts.map((p) => encodeURIComponent(p)).join('/')}`;

export const go = (...parts: (string | number)[]) => { location.hash = hashOf(...parts); };
