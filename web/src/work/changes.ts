import { useEffect } from 'react';
import { cache } from '../api/cache.ts';
import { CaseChangedDocument } from '../api/generated/graphql.ts';
import { listen } from '../api/live.ts';

const together = 300; // ms: a burst of changes is one look

/** Whether an answer tells of cases: one, a page of them, or a list of pages. */
export const isOfCases = (data: unknown): boolean => typeof data === 'object' && data !== null && ('cases' in data || 'case' in data || ('pages' in data && Array.isArray(data.pages) && data.pages.some(isOfCases)));

/** Draws cases anew that others have changed; after the line was away, all that are shown. */
export function useCaseChanges() {
  useEffect(() => {
    let due = 0;
    const refresh = () => {
      window.clearTimeout(due);
      due = window.setTimeout(() => void cache.invalidateQueries({ predicate: (q) => isOfCases(q.state.data) }), together);
    };
    const stop = listen(CaseChangedDocument, {}, refresh, refresh);
    return () => { window.clearTimeout(due); stop(); };
  }, []);
}
