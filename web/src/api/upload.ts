import { Unreachable } from './ask.ts';

// A small client of the tus protocol 1.0 over fetch: it works in a page and in a service worker, and goes on where it stopped.

const protocol = { 'Tus-Resumable': '1.0.0' };
const endpoint = '/field/v1/uploads/';
const slice = 256 * 1024; // bytes: what is lost at most when the line is cut

/** A photo on its way: what the server knows it by. */
export type Shipment = { id: string; sha256: string; bytes: Blob; url?: string | undefined };

/** Brings a photo to the server, and returns once the server has told that it keeps exactly these bytes. */
export async function upload(photo: Shipment, began: (url: string) => Promise<void> | void, sent: (bytes: number) => void = () => {}) {
  let { url } = photo;
  let offset = 0;
  if (url) {
    const state = await reach(url, { method: 'HEAD', cache: 'no-store' });
    if (state.status === 404 || state.status === 410) url = undefined;
    else if (verified(state, photo)) return;
    else offset = offsetOf(state);
  }
  if (!url) {
    const begun = await reach(endpoint, { method: 'POST', headers: { 'Upload-Length': String(photo.bytes.size),
      'Upload-Metadata': `photo ${btoa(photo.id)},sha256 ${btoa(photo.sha256)}` } });
    if (begun.status !== 201) throw new Unreachable(`the upload did not begin: ${begun.status}`);
    url = begun.headers.get('Location') ?? '';
    await began(url);
  }
  while (offset < photo.bytes.size) {
    const answer = await reach(url, { method: 'PATCH', headers: { 'Upload-Offset': String(offset), 'Content-Type': 'application/offset+octet-stream' },
      body: photo.bytes.slice(offset, offset + slice) });
    if (answer.status === 409) {
      offset = offsetOf(await reach(url, { method: 'HEAD', cache: 'no-store' }));
      continue;
    }
    if (answer.status !== 204) throw new Unreachable(`the upload stopped: ${answer.status}`);
    offset = offsetOf(answer);
    sent(offset);
    if (verified(answer, photo)) return;
  }
  if (!verified(await reach(url, { method: 'HEAD', cache: 'no-store' }), photo)) throw new Unreachable('the server does not vouch for the bytes');
}

const reach = (url: string, init: RequestInit) =>
  fetch(url, { ...init, headers: { ...protocol, ...init.headers }, signal: AbortSignal.timeout(60_000) })
    .catch((cause: unknown) => { throw new Unreachable('no connection', { cause }); });

const offsetOf = (answer: Response) => Number(answer.headers.get('Upload-Offset') ?? 0);

const verified = (answer: Response, photo: Shipment) =>
  answer.headers.get('Photo-Sha256') === photo.sha256 && Number(answer.headers.get('Photo-Bytes')) === photo.bytes.size;

/** SHA-256 in lower-case hexadecimal. */
export async function sha256(bytes: Blob): Promise<string> {
  const sum = await crypto.subtle.digest('SHA-256', await bytes.arrayBuffer());
  return Array.from(new Uint8Array(sum), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
