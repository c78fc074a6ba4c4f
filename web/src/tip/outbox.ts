import { openDB, type DBSchema } from 'idb';
import { accepted, ask, Refusal } from '../api/ask.ts';
import { SendTipDocument } from '../api/generated/graphql.ts';
import { upload } from '../api/upload.ts';
import type { Report } from './report.ts';

// What was sent is kept on this device until the server has every byte of it, and not a moment longer: a phone must not
// tell what its owner has reported.

interface Kept extends DBSchema { reports: { key: string; value: Report } }

const store = openDB<Kept>('gridwork-tip', 1, { upgrade: (db) => { db.createObjectStore('reports', { keyPath: 'id' }); } });

export const keep = async (report: Report) => { await (await store).put('reports', report); };
export const drop = async (id: string) => { await (await store).delete('reports', id); };
export const waiting = async (): Promise<Report[]> => (await store).getAll('reports');

/** Sends what of a report the server does not have: first the words, which alone make it a report, then each photo. */
async function send(report: Report): Promise<Report> {
  let now = report;
  if (!now.receipt) {
    try {
      const { number, claimCode } = accepted((await ask(SendTipDocument, { input: now.input })).submitClue);
      now = { ...now, receipt: { number: number ?? 0, claimCode: claimCode ?? '' } };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      now = { ...now, refused: { code: error.code, path: error.path } };
    }
    await keep(now);
    if (now.refused) return now;
    changed(now);
  }
  for (const photo of now.photos) {
    await upload(photo, async (url) => { photo.url = url; await keep(now); });
    now = { ...now, photos: now.photos.filter((p) => p.id !== photo.id) };
    await keep(now);
  }
  await drop(now.id);
  return now;
}

let changed: (report: Report) => void = () => {};

/** Tells whoever listens how each report gets on. */
export function onChange(heard: (report: Report) => void) { changed = heard; }

/** Sends everything that waits, one after the other; one that the server refuses does not hold up the others. */
export const drain = () => navigator.locks.request('gridwork-tip', { ifAvailable: true }, async (lock) => {
  if (!lock) return;
  for (const report of await waiting()) {
    if (!report.refused) changed(await send(report));
  }
});

const pause = 15_000; // ms between tries while something waits

/** Goes on trying for as long as the page is open: when the network seems to be back, when the page is looked at again, and now and then. */
export function keepTrying() {
  const attempt = () => { void drain().catch(() => {}); };
  addEventListener('online', attempt);
  document.addEventListener('visibilitychange', attempt);
  setInterval(attempt, pause);
  attempt();
}
