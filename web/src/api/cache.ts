import { QueryClient, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { ask, hashOf, Refusal } from './ask.ts';
import type { TypedDocumentString } from './generated/graphql.ts';

/** What the pages have read. It is asked for anew when something tells of a change, and when a page is looked at again. */
export const cache = new QueryClient({
  defaultOptions: { queries: { staleTime: 2_000, retry: (tries, error) => !(error instanceof Refusal) && tries < 3, networkMode: 'always' } },
});

/** Reads an answer that will likely be wanted next. */
export const expect = <R, V extends object>(document: TypedDocumentString<R, V>, variables: V) => cache.prefetchQuery({ queryKey: [hashOf(document), variables], queryFn: () => ask(document, variables) });

/** Reads an operation's answer and keeps it fresh; every milliseconds asks again by itself. */
export function useAsk<R, V extends object>(document: TypedDocumentString<R, V>, variables: V, options: { every?: number; when?: boolean } = {}): UseQueryResult<R> {
  return useQuery({
    queryKey: [hashOf(document), variables], queryFn: () => ask(document, variables),
    enabled: options.when ?? true, refetchInterval: options.every ?? false, placeholderData: (before) => before,
  });
}
