import { language, say } from '../say/say.ts';
import { walk, type Stop } from './order.ts';
import { keyOf, type Shift } from './shift.ts';
import type { Held, Kind } from './store.ts';

type Point = { coordinates: [number, number] };

/** Something to do on the spot, in words, with where it is and by when. An offer and what may be claimed are somebody else's, or nobody's, so far. */
export type Duty = {
  kind: 'verification' | 'check' | Visit; id: string; title: string; text: string; why: string; urgent: boolean; due?: string | undefined; at?: { lon: number; lat: number } | undefined;
  /** A colleague was asked to take it over. */
  offered?: boolean;
};
type Visit = 'task' | 'offer' | 'claimable';

const text = (v: unknown): string => (typeof v === 'string' ? v : '');
const pointOf = (v: unknown) => { const p = v as Point | undefined; return p ? { lon: p.coordinates[0], lat: p.coordinates[1] } : undefined; };

/** The middle of a cell's corners: near enough to walk to. */
function middle(shape: unknown): { lon: number; lat: number } | undefined {
  const ring = (shape as { coordinates: [number, number][][] } | undefined)?.coordinates[0];
  if (!ring || ring.length === 0) return undefined;
  return { lon: ring.reduce((s, c) => s + c[0], 0) / ring.length, lat: ring.reduce((s, c) => s + c[1], 0) / ring.length };
}

/** The name of a category, as this device was told it. */
export function categoryName(shift: Shift, code: unknown): string {
  const known = shift.things.get(keyOf('category', text(code)))?.body;
  return known ? text(known[language() === 'zh' ? 'nameZh' : 'nameEn']) : say({ zh: '未分类', en: 'No category' });
}

const goesOn = new Set<Kind>(['task.claim', 'task.give_back', 'task.answer_offer']);

/** What was answered on this device. What only went on to somebody may come back: of that, what the platform told since is true. */
function answered({ outbox, pulled }: Shift): ReadonlySet<string | undefined> {
  return new Set(outbox.filter((op) => op.state !== 'rejected' && (!goesOn.has(op.kind) || op.state === 'kept' || Date.parse(op.capturedAt) > (pulled ?? 0))).map((op) => op.about));
}

const whys: Record<Visit, (campaign: string) => string> = {
  task: (campaign) => say({ zh: `巡查：${campaign}`, en: `Inspection: ${campaign}` }),
  offer: (campaign) => say({ zh: `同事请您接手巡查：${campaign}`, en: `A colleague asks you to take over: ${campaign}` }),
  claimable: (campaign) => say({ zh: `可认领的巡查：${campaign}`, en: `An inspection to be claimed: ${campaign}` }),
};

function visit(shift: Shift, kind: Visit, { id, body }: Held): Duty {
  const premises = shift.things.get(keyOf('premises', text(body['premises'])))?.body, cell = shift.things.get(keyOf('cell', text(body['cell'])))?.body;
  return { kind, id, title: premises ? text(premises['name']) : say({ zh: `网格 ${text(body['cell'])}`, en: `Cell ${text(body['cell'])}` }), text: text((premises?.['address'] as { text?: string } | undefined)?.text),
    why: whys[kind](text(body['campaign'])), urgent: false, due: text(body['dueAt']) || undefined, at: premises ? pointOf(premises['point']) : middle(cell?.['shape']), offered: body['offeredTo'] !== undefined };
}

/** What is to be done and was not done on this device: urgent things first, then what colleagues ask, then in walking order. */
export function duties(shift: Shift, from: { lon: number; lat: number } | undefined): Duty[] {
  const done = answered(shift);
  const all: Duty[] = [];
  for (const thing of shift.things.values()) {
    const { kind, id, body } = thing;
    if (done.has(id)) continue;
    if (kind === 'verification') {
      all.push({ kind, id, title: categoryName(shift, body['category']), text: text(body['text']), why: say({ zh: `核实线索 ${Number(body['number'])}：是不是真的`, en: `Verify report ${Number(body['number'])}: is it so?` }), urgent: body['urgent'] === true, due: text(body['dueAt']) || undefined, at: pointOf(body['point']) });
    } else if (kind === 'check') {
      all.push({ kind, id, title: categoryName(shift, body['category']), text: text(body['text']), why: say({ zh: `核查案件 ${text(body['number'])}：真的解决了吗`, en: `Check case ${text(body['number'])}: is it really fixed?` }), urgent: body['urgent'] === true, due: text(body['dueAt']) || undefined, at: pointOf(body['point']) });
    } else if (kind === 'task' || kind === 'offer') all.push(visit(shift, kind, thing));
  }
  const urgent = all.filter((d) => d.urgent).toSorted(sooner);
  return [...urgent, ...all.filter((d) => d.kind === 'offer').toSorted(sooner), ...inWalkingOrder(all.filter((d) => !d.urgent && d.kind !== 'offer'), from)];
}

const sooner = (a: Duty, b: Duty) => (a.due ?? '~').localeCompare(b.due ?? '~');

/** What the owner may claim in their cells, in walking order. */
export function claimable(shift: Shift, from: { lon: number; lat: number } | undefined): Duty[] {
  const done = answered(shift);
  return inWalkingOrder([...shift.things.values()].filter(({ kind, id }) => kind === 'claimable' && !done.has(id)).map((thing) => visit(shift, 'claimable', thing)), from);
}

function inWalkingOrder(all: Duty[], from: { lon: number; lat: number } | undefined): Duty[] {
  const placed = all.filter((d) => d.at), first = placed[0]?.at;
  if (!first) return all;
  const stops: Stop[] = placed.map((d) => ({ id: `${d.kind} ${d.id}`, ...(d.at ?? first) }));
  const known = new Map(placed.map((d) => [`${d.kind} ${d.id}`, d]));
  return [...walk(from ?? first, stops).flatMap((s) => known.get(s.id) ?? []), ...all.filter((d) => !d.at)];
}
