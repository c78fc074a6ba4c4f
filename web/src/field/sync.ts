import { v7 } from 'uuid';
import { Refusal, Unreachable } from '../api/ask.ts';
import { upload, type Shipment } from '../api/upload.ts';
import { renewBadge } from './badge.ts';
import { renewBell, silence } from './bell.ts';
import { linesOf, sign } from './device.ts';
import { apply, cursor, drop, keep, operations, owner, wipe, type Held, type Kind, type Operation } from './store.ts';

/** Whether the platform was reached when it was last tried. Browsers' own word for it is not to be trusted. */
export type Line = { reached: boolean; signedOut: boolean; refused?: Refusal };

let line: Line = { reached: true, signedOut: false };
const listeners = new Set<() => void>();
export const lineNow = () => line;
export const onSync = (heard: () => void) => { listeners.add(heard); return () => { listeners.delete(heard); }; };
function told(next: Line) {
  line = next;
  for (const heard of listeners) heard();
}

/** Asks the platform something; throws Unreachable where it does not answer, or not now. */
export async function reach(url: string, init: RequestInit = {}): Promise<Response> {
  const answer = await fetch(url, { ...init, signal: AbortSignal.timeout(30_000) }).catch((cause: unknown) => { throw new Unreachable('no connection', { cause }); });
  if (answer.status >= 500) throw new Unreachable(`status ${answer.status}`);
  return answer;
}

/** Brings what is held up to date. */
async function pull(device: string) {
  const at = await cursor();
  const answer = await reach(`/field/v1/pull?device=${device}${at ? `&cursor=${encodeURIComponent(at)}` : ''}`, { cache: 'no-store' });
  if (answer.status === 401) throw new Refusal('SESSION_OVER', 'sign in again');
  if (!answer.ok) {
    if (answer.status === 403 || answer.status === 404) { await silence().catch(() => {}); await wipe(); } // revoked, or no grid worker any more
    const { code, message } = await answer.json() as { code: string; message: string };
    throw new Refusal(code, message);
  }
  await apply(await answer.json() as { cursor: string; reset: boolean; items: Held[]; removed: { kind: string; id: string }[] });
}

type Result = { id: string; status: 'accepted' | 'duplicate' | 'conflict' | 'quarantined' | 'rejected'; error?: { code: string; path?: string }; retry?: boolean };

const ofHelp = ({ kind }: { kind: Kind }) => kind.startsWith('alarm.') || kind.startsWith('timer.');

/** Sends what was done: each is answered by itself, and one that is refused holds up no other. Calls for help go first. */
async function push(device: string) {
  const ready = (await operations()).filter((op) => op.state === 'kept').toSorted((a, b) => Number(ofHelp(b)) - Number(ofHelp(a)));
  for (let i = 0; i < ready.length; i += 50) await send(device, ready.slice(i, i + 50));
}

/** Sends what is about calls for help past everything else that is on its way, such as a photo that takes minutes. What arrives
 * twice is known again. */
export async function hurry() {
  const mine = await owner(), ready = (await operations()).filter((op) => op.state === 'kept' && ofHelp(op));
  if (!mine || ready.length === 0) return;
  try {
    await send(mine.device, ready);
    told({ ...line, reached: true });
  } catch { told({ ...line, reached: false }); }
}

async function send(device: string, batch: Operation[]) {
  const answer = await reach('/field/v1/push', { method: 'POST', headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ device, operations: batch.map(({ id, kind, capturedAt, body, signature }) => ({ id, kind, capturedAt, body, signature })) }) });
  if (!answer.ok) throw new Unreachable(`status ${answer.status}`);
  const { results } = await answer.json() as { results: Result[] };
  for (const op of batch) {
    const result = results.find((r) => r.id === op.id);
    if (result && !(result.status === 'rejected' && result.retry)) await keep(settled(op, result));
  }
}

const settled = (op: Operation, r: Result): Operation =>
  ({ ...op, state: r.status === 'duplicate' ? 'accepted' : r.status, error: r.error && { code: r.error.code, path: r.error.path } });

/** Brings the photos of what is at the server; its own copy is dropped once the server vouches for the bytes. */
async function deliver() {
  for (const op of await operations()) {
    if (op.state === 'kept' || op.state === 'rejected') continue;
    for (const photo of op.photos.slice()) {
      await upload(photo, async (url) => { photo.url = url; await keep(op); });
      op.photos = op.photos.filter((p) => p.id !== photo.id);
      await keep(op);
    }
  }
}

let asked = false;

/** Everything that can be exchanged now, one page of this browser at a time; what is asked for meanwhile comes after it, and does not wait for the next try. */
export const sync = () => {
  asked = true;
  return navigator.locks.request('gridwork-field', { ifAvailable: true }, async (lock) => {
    if (!lock) return;
    while (asked) {
      asked = false;
      await exchange();
    }
  });
};

async function exchange() {
  const mine = await owner();
  if (!mine) return;
  try {
    await push(mine.device);
    await deliver();
    await pull(mine.device);
    await renewBadge(mine.device, reach);
    await renewBell(mine.device, reach).catch(() => {}); // tried again with the next exchange, and nothing else waits for it
    told({ reached: true, signedOut: false });
  } catch (error) {
    const refused = error instanceof Refusal ? error : undefined;
    told({ reached: !(error instanceof Unreachable), signedOut: refused?.code === 'SESSION_OVER', ...(refused ? { refused } : {}) });
  }
}

/** Fetches a badge at once, for somebody who is about to show it. */
export async function freshBadge() {
  const mine = await owner();
  if (!mine) return;
  try {
    await renewBadge(mine.device, reach, true);
    told({ ...line, reached: true });
  } catch { told({ ...line, reached: false }); }
}

/** Keeps something that was done, signed at once, and tries to send it. */
export async function record(kind: Kind, body: object, words: string, photos: Shipment[], about?: string, id: string = v7()) {
  const mine = await owner();
  if (!mine) throw new Error('nobody\'s handheld');
  const op = { id, kind, capturedAt: new Date().toISOString(), body: JSON.stringify(body) };
  await keep({ ...op, signature: await sign(mine.key, await linesOf(mine.device, op)), words, about, photos, state: 'kept' });
  told(line);
  if (ofHelp({ kind })) await hurry();
  void sync();
}

/** Puts an operation back for another try, or away for good. */
export const retry = async (op: Operation) => { await keep({ ...op, state: 'kept', error: undefined }); void sync(); };
export const discard = async (op: Operation) => { await drop(op.id); told(line); };

const pause = 20_000; // ms between tries

/** Exchanges when the page opens, when it is looked at again, when a notification comes, when the network seems to be back, and now and then. */
export function keepSyncing() {
  const attempt = () => { void sync(); };
  addEventListener('online', attempt);
  document.addEventListener('visibilitychange', attempt);
  if ('serviceWorker' in navigator) navigator.serviceWorker.addEventListener('message', attempt); // a notification came
  setInterval(attempt, pause);
  attempt();
}
