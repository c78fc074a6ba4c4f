import { Unreachable } from './ask.ts';

// A small client of the tus protocol 1.0 over fetch: it works in a page and in a service worker, and goes on where it stopped.

const protocol = { 'Tus-Resumable': '1.0.0' };

/** A photo on its way: what the server knows it by. */
export type Shipment = { id: string; sha256: string; bytes: Blob; url?: string | undefined };

/** Anything on its way: where it goes, what is announced of it, and how the server tells that it has all of it. */
export type Parcel<T> = {
  endpoint: string; metadata: Record<string, string>; bytes: Blob; url?: string | undefined; slice: number; // bytes: what is lost at most when the line is cut
  whole: (answer: Response) => T | undefined;
  refused?: (answer: Response) => Promise<Error | undefined>; // what is to be told instead of "it stopped"
  off?: AbortSignal;
};

/** Brings a photo to the server, and returns once the server has told that it keeps exactly these bytes. */
export async function upload(photo: Shipment, began: (url: string) => Promise<void> | void, sent: (bytes: number) => void = () => {}) {
  const whole = (answer: Response) => (answer.headers.get('Photo-Sha256') === photo.sha256 && Number(answer.headers.get('Photo-Bytes')) === photo.bytes.size ? true : undefined);
  await ship({ endpoint: '/field/v1/uploads/', metadata: { photo: photo.id, sha256: photo.sha256 }, bytes: photo.bytes, url: photo.url, slice: 256 * 1024, whole }, began, sent);
}

/** Brings a parcel to the server, from where an earlier try was cut, and returns what the server tells once it has all of it. */
export async function ship<T>(parcel: Parcel<T>, began: (url: string) => Promise<void> | void, sent: (bytes: number) => void): Promise<T> {
  const reach = (url: string, init: RequestInit) => fetch(url, { ...init, headers: { ...protocol, ...init.headers }, signal: AbortSignal.any([AbortSignal.timeout(60_000), ...(parcel.off ? [parcel.off] : [])]) })
    .catch((cause: unknown) => { throw new Unreachable('no connection', { cause }); });
  const stopped = async (answer: Response, words: string) => (await parcel.refused?.(answer)) ?? new Unreachable(`${words}: ${answer.status}`);
  let { url } = parcel;
  let offset = 0;
  if (url) {
    const state = await reach(url, { method: 'HEAD', cache: 'no-store' });
    const had = parcel.whole(state);
    if (had !== undefined) return had;
    if (state.status === 404 || state.status === 410) url = undefined;
    else offset = offsetOf(state);
  }
  if (!url) {
    const begun = await reach(parcel.endpoint, { method: 'POST', headers: { 'Upload-Length': String(parcel.bytes.size), 'Upload-Metadata': Object.entries(parcel.metadata).map(([key, value]) => `${key} ${base64(value)}`).join(',') } });
    if (begun.status !== 201) throw await stopped(begun, 'the upload did not begin');
    url = begun.headers.get('Location') ?? '';
    await began(url);
  }
  while (offset < parcel.bytes.size) {
    const answer = await reach(url, { method: 'PATCH', headers: { 'Upload-Offset': String(offset), 'Content-Type': 'application/offset+octet-stream' },
      body: parcel.bytes.slice(offset, offset + parcel.slice) });
    if (answer.status === 409) {
      offset = offsetOf(await reach(url, { method: 'HEAD', cache: 'no-store' }));
      continue;
    }
    if (answer.status !== 204) throw await stopped(answer, 'the upload stopped');
    offset = offsetOf(answer);
    sent(offset);
    const has = parcel.whole(answer);
    if (has !== undefined) return has;
  }
  const has = parcel.whole(await reach(url, { method: 'HEAD', cache: 'no-store' }));
  if (has === undefined) throw new Unreachable('the server does not vouch for the bytes');
  return has;
}

const base64 = (text: string) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

const offsetOf = (answer: Response) => Number(answer.headers.get('Upload-Offset') ?? 0);

/** SHA-256 in lower-case hexadecimal. */
export async function sha256(bytes: Blob): Promise<string> {
  const sum = await crypto.subtle.digest('SHA-256', await bytes.arrayBuffer());
  return Array.from(new Uint8Array(sum), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
