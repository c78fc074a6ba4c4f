import type { Language } from '../say/say.ts';
import { keyOf, type Shift } from './shift.ts';
import type { Fix } from './where.ts';

export type Answer = { name: string; mine: boolean; coming: boolean; at: string };

/** A call for help: the owner's own, or a colleague's. */
export type Alarm = {
  id: string; kind: 'sos' | 'overdue'; state: 'waiting' | 'raised' | 'ended'; mine: boolean; person: string; capturedAt: string; told: string[]; answers: Answer[];
  /** Whether the platform knows of it. */
  sent: boolean;
  cell?: string | undefined; at?: { lon: number; lat: number } | undefined; outcome?: string | undefined; raisedAt?: string | undefined; backBy?: string | undefined;
};

type Body = Omit<Alarm, 'id' | 'at' | 'sent'> & { point?: { coordinates: [number, number] } };

/** The calls for help that this device knows of, its own first: also one that has not left it yet, and without one that was just ended here. */
export function alarms(shift: Shift): Alarm[] {
  const over = new Set(shift.outbox.filter((op) => (op.kind === 'alarm.end' || op.kind === 'timer.end') && op.state !== 'rejected').map((op) => op.about));
  const all: Alarm[] = [];
  for (const { kind, id, body } of shift.things.values()) {
    if (kind !== 'alarm') continue;
    const { point, ...told } = body as unknown as Body;
    if (told.state === 'ended' || !over.has(id)) all.push({ ...told, id, sent: true, at: point && { lon: point.coordinates[0], lat: point.coordinates[1] } });
  }
  const known = new Set(all.map((a) => a.id));
  for (const op of shift.outbox) {
    if ((op.kind !== 'alarm.raise' && op.kind !== 'timer.begin') || op.state === 'rejected' || known.has(op.id) || over.has(op.id) || old(op.capturedAt)) continue;
    all.push({ id: op.id, ...(op.kind === 'alarm.raise' ? { kind: 'sos', state: 'raised' } as const : { kind: 'overdue', state: 'waiting' } as const), mine: true, person: shift.owner?.name ?? '', capturedAt: op.capturedAt, told: [], answers: [], sent: op.state === 'accepted' });
  }
  return all.toSorted((a, b) => Number(b.mine) - Number(a.mine) || (a.id < b.id ? -1 : 1));
}

// What was sent so long ago and is not told of any more is over.
const old = (at: string) => Date.now() - new Date(at).getTime() > 12 * 3600_000;

/** Whether somebody needs help now. */
export const raised = (a: Alarm) => a.state === 'raised';

/** A colleague's call that stands on every page: until it is answered, and for as long as the owner is on the way. */
export const stands = (a: Alarm) => raised(a) && !a.mine && !a.answers.some((g) => g.mine && !g.coming);

type Ring = [number, number][];

const within = (ring: Ring, { lon, lat }: { lon: number; lat: number }): boolean => {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [x, y] = ring[i] as [number, number], [u, v] = ring[j] as [number, number];
    if (y > lat !== v > lat && lon < ((u - x) * (lat - y)) / (v - y) + x) inside = !inside;
  }
  return inside;
};

/** The cell that a fix lies in, of those that this device carries. */
export function cellOf(shift: Shift, where: Fix | undefined): string | undefined {
  if (!where) return undefined;
  for (const { kind, id, body } of shift.things.values()) {
    const ring = kind === 'cell' ? (body['shape'] as { coordinates: Ring[] } | undefined)?.coordinates[0] : undefined;
    if (ring && within(ring, where)) return id;
  }
  return undefined;
}

type Lines = { call?: string; text?: string; timerShortest?: number; timerLongest?: number };

/** The numbers that the city tells its workers to turn to. */
export function lines(shift: Shift): Lines {
  return (shift.things.get(keyOf('help', 'city'))?.body ?? { call: '110' }) as Lines;
}

/** What a text message says for somebody who needs help, in one line that any phone shows. */
export function plea(shift: Shift, where: Fix | undefined, language: Language, now: Date = new Date()): string {
  const cell = cellOf(shift, where), zh = language === 'zh', time = now.toTimeString().slice(0, 5);
  const place = [cell && (zh ? `网格 ${cell}` : `cell ${cell}`), where && `${where.lat.toFixed(5)},${where.lon.toFixed(5)} (WGS84 ±${Math.round(where.accuracy)} m)`].filter(Boolean).join(zh ? '，' : ', ');
  const known = place === '' ? (zh ? '位置未知' : 'place unknown') : place;
  return zh ? `SOS 求助：${shift.owner?.name ?? ''}，${known}，${time}` : `SOS: ${shift.owner?.name ?? ''} needs help, ${known}, ${time}`;
}
