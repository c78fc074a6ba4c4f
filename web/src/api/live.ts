import { createClient, type Client, type FormattedExecutionResult } from 'graphql-ws';
import { hashOf } from './ask.ts';
import type { TypedDocumentString } from './generated/graphql.ts';

let client: Client | undefined;

// One socket for the page. It comes back by itself, also after a night of sleep.
const socket = () => (client ??= createClient({
  url: `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/graphql`,
  retryAttempts: Infinity, shouldRetry: () => true, keepAlive: 20_000,
}));

/** Hears of changes for as long as it is not told to stop; again is called each time that the line
 * comes up, also the first: what changed before is not told. */
export function listen<R, V extends Record<string, unknown>>(document: TypedDocumentString<R, V>, variables: V, heard: (data: R) => void, again: () => void): () => void {
  const stops = [
    socket().on('connected', again),
    socket().subscribe<R>({ query: '', variables, extensions: { persistedQuery: { version: 1, sha256Hash: hashOf(document) } } }, {
      next: (result: FormattedExecutionResult<R>) => { if (result.data) heard(result.data); },
      error: () => {}, complete: () => {},
    }),
  ];
  return () => { for (const stop of stops) stop(); };
}
