import { language, say } from '../say/say.ts';
import { walk, type Stop } from './order.ts';
import { keyOf, type Shift } from './shift.ts';

type Point = { coordinates: [number, number] };

/** Something to do on the spot, in words, with where it is and by when. */
export type Duty = { kind: 'verification' | 'check' | 'task'; id: string; title: string; text: string; why: string; urgent: boolean; due?: string | undefined; at?: { lon: number; lat: number } | undefined };

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

/** What is to be done and was not done on this device, urgent things first, then in walking order. */
export function duties(shift: Shift, from: { lon: number; lat: number } | undefined): Duty[] {
  const done = new Set(shift.outbox.filter((op) => op.state !== 'rejected').map((op) => op.about));
  const all: Duty[] = [];
  for (const { kind, id, body } of shift.things.values()) {
    if (done.has(id)) continue;
    if (kind === 'verification') {
      all.push({ kind, id, title: categoryName(shift, body['category']), text: text(body['text']), why: say({ zh: `核实线索 ${Number(body['number'])}：是不是真的`, en: `Verify report ${Number(body['number'])}: is it so?` }), urgent: body['urgent'] === true, due: text(body['dueAt']) || undefined, at: pointOf(body['point']) });
    } else if (kind === 'check') {
      all.push({ kind, id, title: categoryName(shift, body['category']), text: text(body['text']), why: say({ zh: `核查案件 ${text(body['number'])}：真的解决了吗`, en: `Check case ${text(body['number'])}: is it really fixed?` }), urgent: body['urgent'] === true, due: text(body['dueAt']) || undefined, at: pointOf(body['point']) });
    } else if (kind === 'task') {
      const premises = shift.things.get(keyOf('premises', text(body['premises'])))?.body, cell = shift.things.get(keyOf('cell', text(body['cell'])))?.body;
      all.push({ kind, id, title: premises ? text(premises['name']) : say({ zh: `网格 ${text(body['cell'])}`, en: `Cell ${text(body['cell'])}` }), text: text((premises?.['address'] as { text?: string } | undefined)?.text), why: say({ zh: `巡查：${text(body['campaign'])}`, en: `Inspection: ${text(body['campaign'])}` }), urgent: false, due: text(body['dueAt']) || undefined, at: premises ? pointOf(premises['point']) : middle(cell?.['shape']) });
    }
  }
  const urgent = all.filter((d) => d.urgent).toSorted((a, b) => (a.due ?? '~').localeCompare(b.due ?? '~'));
  return [...urgent, ...inWalkingOrder(all.filter((d) => !d.urgent), from)];
}

function inWalkingOrder(all: Duty[], from: { lon: number; lat: number } | undefined): Duty[] {
  const placed = all.filter((d) => d.at), first = placed[0]?.at;
  if (!first) return all;
  const stops: Stop[] = placed.map((d) => ({ id: `${d.kind} ${d.id}`, ...(d.at ?? first) }));
  const known = new Map(placed.map((d) => [`${d.kind} ${d.id}`, d]));
  return [...walk(from ?? first, stops).flatMap((s) => known.get(s.id) ?? []), ...all.filter((d) => !d.at)];
}
