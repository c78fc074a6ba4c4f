import { badgeKey, store } from './store.ts';

/** What this device can show at a door, or why it cannot. Times are this device's own, in ms: its clock may be wrong, but it runs. */
export type Badge = { path: string; ends: number; again: number } | { refused: string; again: number };

const askAgain = 60_000; // ms after which a badge that was refused is asked for again

export const badge = async () => (await (await store()).get('facts', badgeKey)) as Badge | undefined;

/** What an answer comes to; undefined where it says nothing about badges, so that the one before stays. */
export function heard(status: number, body: { path?: string; seconds?: number; code?: string }, now: number): Badge | undefined {
  if (status === 200 && body.path && body.seconds !== undefined) return { path: body.path, ends: now + body.seconds * 1000, again: now + body.seconds * 500 };
  if (status === 403 || status === 404 || status === 409) return { refused: body.code ?? '', again: now + askAgain };
  return undefined;
}

/** Whether a badge can be shown: it is there, and not over. */
export const good = (b: Badge | undefined, now: number): b is Extract<Badge, { path: string }> => b !== undefined && 'path' in b && b.ends > now;

/** Fetches another badge when half of the one before is over, or at once where somebody wants to show it. */
export async function renewBadge(device: string, reach: (url: string) => Promise<Response>, atOnce = false) {
  const before = await badge(), now = Date.now();
  if (!atOnce && before && before.again > now && before.again <= now + 86_400_000) return; // a clock that was set back waits for nothing
  const answer = await reach(`/field/v1/badge?device=${device}`);
  const next = heard(answer.status, await answer.json() as { path?: string; seconds?: number; code?: string }, Date.now());
  if (next) await (await store()).put('facts', next, badgeKey);
}
