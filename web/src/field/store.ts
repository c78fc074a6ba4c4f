import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { Shipment } from '../api/upload.ts';

/** A thing that the owner needs for a shift, as the platform told it last. */
export type Held = { kind: string; id: string; body: Record<string, unknown> };

export type Kind = 'clue.submit' | 'inspection.submit' | 'verification.answer' | 'check.answer' | 'task.claim' | 'task.give_back' | 'task.answer_offer' | 'alarm.raise' | 'alarm.answer' | 'alarm.end' | 'timer.begin' | 'timer.extend' | 'timer.end';

/** Something that was done: signed when it was done, kept until the platform has all of it. */
export type Operation = {
  id: string; kind: Kind; capturedAt: string; body: string; signature: string;
  /** What it is about, in words, for the outbox. */
  words: string;
  /** The task that it answers: it leaves the list at once. */
  about?: string | undefined;
  photos: Shipment[];
  state: 'kept' | 'accepted' | 'conflict' | 'quarantined' | 'rejected';
  error?: { code: string; path?: string | undefined } | undefined;
};

/** Whose handheld this is. The key can sign, and cannot be taken out of this browser. */
export type Owner = { person: string; name: string; device: string; key: CryptoKey };

export interface Kept extends DBSchema {
  held: { key: [string, string]; value: Held };
  outbox: { key: string; value: Operation };
  facts: { key: string; value: unknown };
}

let opened: Promise<IDBPDatabase<Kept>> | undefined;

export const store = () => (opened ??= openDB<Kept>('gridwork-field', 1, {
  upgrade(db) {
    db.createObjectStore('held', { keyPath: ['kind', 'id'] });
    db.createObjectStore('outbox', { keyPath: 'id' });
    db.createObjectStore('facts');
  },
}));

export const owner = async () => (await (await store()).get('facts', 'owner')) as Owner | undefined;
export const heldThings = async (): Promise<Held[]> => (await store()).getAll('held');
export const operations = async (): Promise<Operation[]> => (await store()).getAll('outbox');
export const keep = async (op: Operation) => { await (await store()).put('outbox', op); };
export const drop = async (id: string) => { await (await store()).delete('outbox', id); };

/** Under which fact the badge is kept: whoever it shows is the owner, so that it goes when the owner does. */
export const badgeKey = 'badge';

/** Under which fact it is kept that this device is shown notifications, which are the owner's too. */
export const bellKey = 'bell';

/** Under which fact an unfinished inspection is kept. */
export const draftKey = (task: string) => `draft ${task}`;

/** What an answer to a pull says is put in as one: the things and the cursor, or nothing. */
export async function apply(delta: { cursor: string; reset: boolean; items: Held[]; removed: { kind: string; id: string }[] }) {
  const tx = (await store()).transaction(['held', 'facts'], 'readwrite');
  const held = tx.objectStore('held');
  await Promise.all([
    ...(delta.reset ? [held.clear()] : []),
    ...delta.removed.map(({ kind, id }) => held.delete([kind, id])),
    ...delta.removed.flatMap(({ kind, id }) => (kind === 'task' ? [tx.objectStore('facts').delete(draftKey(id))] : [])),
    ...delta.items.map((item) => held.put(item)),
    tx.objectStore('facts').put(delta.cursor, 'cursor'),
    tx.objectStore('facts').put(Date.now(), 'pulled'),
    tx.done,
  ]);
}

export const cursor = async () => (await (await store()).get('facts', 'cursor')) as string | undefined;
export const pulledAt = async () => (await (await store()).get('facts', 'pulled')) as number | undefined;

/** Makes somebody the owner of this handheld. */
export async function handTo(next: Owner) {
  const tx = (await store()).transaction('facts', 'readwrite');
  await Promise.all([tx.store.put(next, 'owner'), tx.store.delete(badgeKey), tx.store.delete(bellKey), tx.done]);
}

/** Forgets what was told, once the owner may not hold it any more; what was done and not delivered stays. */
export async function wipe() {
  const tx = (await store()).transaction(['held', 'facts'], 'readwrite');
  await Promise.all([tx.objectStore('held').clear(), tx.objectStore('facts').delete('cursor'), tx.objectStore('facts').delete(badgeKey), tx.objectStore('facts').delete(bellKey), tx.objectStore('facts').delete(IDBKeyRange.bound(draftKey(''), draftKey('g'))), tx.done]);
}
