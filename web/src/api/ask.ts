import type { TypedDocumentString } from './generated/graphql.ts';

/** What the server refuses: a code to translate by, and the part of the input that is wrong. */
export class Refusal extends Error {
  readonly code: string;
  readonly path: string | undefined;
  constructor(code: string, message: string, path?: string | null) {
    super(message);
    this.code = code;
    this.path = path ?? undefined;
  }
}

/** The server could not be reached, or asks to come again later: nothing was refused, and the same may well succeed soon. */
export class Unreachable extends Error {}

type Answer<R> = { data?: R | null; errors?: { message: string; extensions?: { code?: string; path?: string } }[] };

/** The hash that an operation is known by at the server, which takes no other text from a page. */
export function hashOf(document: TypedDocumentString<unknown, never>): string {
  const hash: unknown = document.__meta__?.['hash'];
  if (typeof hash !== 'string') throw new TypeError('a document without its hash');
  return hash.replace('sha256:', '');
}

const outlives = 32_000; // characters: browsers refuse to send more than 64 KiB after a page has closed
const patience = 20_000; // ms: a phone between two cells of the network

/** Sends an operation and gives its data; throws a Refusal or Unreachable. */
export async function ask<R, V>(document: TypedDocumentString<R, V>, variables: V): Promise<R> {
  const body = JSON.stringify({ extensions: { persistedQuery: { version: 1, sha256Hash: hashOf(document) } }, variables });
  const response = await fetch('/graphql', {
    method: 'POST', credentials: 'same-origin', keepalive: body.length < outlives, // what was decided is sent though the page closes
    signal: AbortSignal.timeout(patience),
    headers: { 'Content-Type': 'application/json', Accept: 'application/graphql-response+json' },
    body,
  }).catch((cause: unknown) => { throw new Unreachable('no connection', { cause }); });
  if (response.status === 503 || response.status === 502 || response.status === 504 || response.status === 429) throw new Unreachable(`status ${response.status}`);
  const answer = await (response.json() as Promise<Answer<R>>).catch((cause: unknown) => { throw new Unreachable('no answer', { cause }); });
  const error = answer.errors?.[0];
  if (error) throw new Refusal(error.extensions?.code ?? 'UNKNOWN', error.message, error.extensions?.path);
  if (!answer.data) throw new Unreachable('an empty answer');
  return answer.data;
}

/** Throws the first of the user errors that a mutation's payload carries. */
export function accepted<P extends { errors: readonly { code: string; message: string; path: readonly string[] }[] }>(payload: P): P {
  const [first] = payload.errors;
  if (first) throw new Refusal(first.code, first.message, first.path.join('.'));
  return payload;
}
