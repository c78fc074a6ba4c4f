import { Refusal, Unreachable } from './ask.ts';

const busy = new Set([429, 502, 503, 504]);

/** Somebody has called it off. */
export class CalledOff extends Error {}

/**
 * Takes a table away as a file, under the name that the server gives it, and tells how many bytes have come; throws a Refusal or Unreachable,
 * or CalledOff.
 */
export async function take(path: string, query: URLSearchParams, { off, come }: { off: AbortSignal; come: (bytes: number) => void }): Promise<void> {
  const lost = (words: string) => (cause: unknown): never => { throw off.aborted ? new CalledOff() : new Unreachable(words, { cause }); };
  const response = await fetch(`${path}?${query}`, { credentials: 'same-origin', signal: off }).catch(lost('no connection'));
  if (busy.has(response.status)) throw new Unreachable(`status ${response.status}`);
  if (!response.ok) {
    const why = await (response.json() as Promise<{ code?: string; message?: string; path?: string }>).catch(lost('no answer'));
    throw new Refusal(why.code ?? 'UNKNOWN', why.message ?? '', why.path);
  }
  // A connection that breaks is an error here, so that half a table is never kept.
  const file = URL.createObjectURL(await new Response(response.body?.pipeThrough(counted(come)), { headers: { 'Content-Type': response.headers.get('Content-Type') ?? '' } }).blob().catch(lost('broken off')));
  const link = Object.assign(document.createElement('a'), { href: file, download: nameOf(response.headers.get('Content-Disposition')) });
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(file), 60_000); // the browser has it by then
}

/** Lets bytes through, and tells how many have come. */
function counted(come: (bytes: number) => void): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> {
  let bytes = 0;
  return new TransformStream({ transform(chunk, through) { come(bytes += chunk.length); through.enqueue(chunk); } });
}

/** The file's name in the header, which is written as RFC 8187 says. */
export function nameOf(disposition: string | null): string {
  const [, name] = /filename\*=UTF-8''(\S+)/.exec(disposition ?? '') ?? [];
  return name ? decodeURIComponent(name) : '';
}
