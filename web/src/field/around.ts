import type { Ring } from '../map/border.ts';
import type { Held } from './store.ts';

/** A cell that the handheld knows; held: its owner looks after it right now. */
export type Plot = { code: string; held: boolean; rings: readonly Ring[] };
/** Somewhere that can be pressed on the map, with what is said of it then. */
export type Place = { kind: 'premises' | 'hazard'; id: string; name: string; text: string; mark: string; lon: number; lat: number };
export type Around = { plots: Plot[]; places: Place[] };

const text = (v: unknown): string => (typeof v === 'string' ? v : '');

/** The ground that this handheld was told of: its cells, the premises in them, and open hazards beside them, called by their category. */
export function around(things: Iterable<Held>, named: (category: unknown) => string): Around {
  const plots: Plot[] = [], places: Place[] = [];
  for (const { kind, id, body } of things) {
    const at = (body['point'] as { coordinates: [number, number] } | undefined)?.coordinates;
    if (kind === 'cell') {
      const shape = body['shape'] as { coordinates: Ring[] } | undefined;
      if (shape) plots.push({ code: id, held: body['held'] === true, rings: shape.coordinates });
    } else if (kind === 'premises' && at) {
      places.push({ kind, id, name: text(body['name']), text: text((body['address'] as { text?: string } | undefined)?.text), mark: text(body['risk']), lon: at[0], lat: at[1] });
    } else if (kind === 'hazard' && at) {
      places.push({ kind, id, name: named(body['category']), text: '', mark: body['urgent'] === true ? 'urgent' : '', lon: at[0], lat: at[1] });
    }
  }
  return { plots: plots.toSorted((a, b) => (a.code < b.code ? -1 : 1)), places: places.toSorted((a, b) => (a.id < b.id ? -1 : 1)) };
}
