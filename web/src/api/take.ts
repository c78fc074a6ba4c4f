import { Refusal, Unreachable } from './ask.ts';

const busy = new Set([429, 502, 503, 504]);

/** Takes a table away as a file, under the name that the server gives it; throws a Refusal or Unreachable. */
export async function take(path: string, query: URLSearchParams): Promise<void> {
  const response = await fetch(`${path}?${query}`, { credentials: 'same-origin' }).catch((cause: unknown) => { throw new Unreachable('no connection', { cause }); });
  if (busy.has(response.status)) throw new Unreachable(`status ${response.status}`);
  if (!response.ok) {
    const why = await (response.json() as Promise<{ code?: string; message?: string; path?: string }>).catch((cause: unknown) => { throw new Unreachable('no answer', { cause }); });
    throw new Refusal(why.code ?? 'UNKNOWN', why.message ?? '', why.path);
  }
  // A connection that breaks is an error here, so that half a table is never kept.
  const file = URL.createObjectURL(await response.blob().catch((cause: unknown) => { throw new Unreachable('broken off', { cause }); }));
  const link = Object.assign(document.createElement('a'), { href: file, download: nameOf(response.headers.get('Content-Disposition')) });
  link.click();
  window.setTimeout(() => URL.revokeObjectURL(file), 60_000); // the browser has it by then
}

/** The file's name in the header, which is written as RFC 8187 says. */
export function nameOf(disposition: string | null): string {
  const [, name] = /filename\*=UTF-8''(\S+)/.exec(disposition ?? '') ?? [];
  return name ? decodeURIComponent(name) : '';
}
