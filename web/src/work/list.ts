import { useInfiniteQuery } from '@tanstack/react-query';
import { ask, hashOf } from '../api/ask.ts';
import type { TypedDocumentString } from '../api/generated/graphql.ts';

type Page<T> = { nodes: T[]; pageInfo: { hasNextPage: boolean; endCursor: string | null } };

const pageOf = <T>(answered: Record<string, Page<T>>): Page<T> | undefined => Object.values(answered)[0];

/**
 * A list as far as its reader went. rows: undefined until something was read; settled: they are this list's, not those of the one before;
 * more: reads the next page, undefined at the list's end.
 */
export type List<T> = { rows: T[] | undefined; settled: boolean; more: (() => void) | undefined; reading: boolean; isPending: boolean; error: unknown; refetch: () => Promise<unknown> };

/**
 * Reads a list page by page and keeps what was read fresh: each page begins where the one before it ends, also when all are read anew, so
 * that no row is missing or told twice. Every milliseconds for each page it asks again by itself: whoever reads far does not ask more often.
 */
export function useList<K extends string, T, F>(document: TypedDocumentString<Record<K, Page<T>>, { filter?: F | null; after?: string | null }>, filter: F, { every = 0, when = true }): List<T> {
  const answer = useInfiniteQuery({
    queryKey: ['list', hashOf(document), filter], initialPageParam: null as string | null,
    queryFn: ({ pageParam: after }) => ask(document, { filter, after }),
    getNextPageParam: (answered) => { const end = pageOf(answered)?.pageInfo; return end?.hasNextPage ? end.endCursor : null; },
    enabled: when, refetchInterval: (q) => every * (q.state.data?.pages.length ?? 1), placeholderData: (before) => before,
  });
  const { data, hasNextPage, isFetchingNextPage: reading, isPlaceholderData, isPending, error, fetchNextPage, refetch } = answer;
  const more = hasNextPage && !isPlaceholderData ? () => { if (!reading) void fetchNextPage(); } : undefined;
  return { rows: data?.pages.flatMap((answered) => pageOf(answered)?.nodes ?? []), settled: !isPlaceholderData, more, reading, isPending, error, refetch };
}
