import type { CellEditInput, CellInput } from '../../api/generated/graphql.ts';
import { middleOf, sharedBorder, type Pair, type Ring } from '../../map/border.ts';
import { instantOf } from '../../say/city.ts';

/** What is to become of the chosen cells. */
export type Act = 'split' | 'merge' | 'border';

/** An edit of cells as it is being made. */
export type Edit = {
  chosen: readonly string[];
  act: Act | undefined;
  line: readonly Pair[]; // of a split or a border
  cells: readonly CellInput[]; // once duty grids are chosen for what would begin
  when: string; // the city's date and time, as its field has it; empty: at once
  note: string;
};

export const untouched: Edit = { chosen: [], act: undefined, line: [], cells: [], when: '', note: '' };

/** The outer border of a cell, then its holes. */
export const ringsOf = (shape: GeoJSON.Polygon): Ring[] => shape.coordinates.map((ring) => ring.map((p): Pair => [p[0] ?? 0, p[1] ?? 0]));

/** Chooses a cell, or no longer; what was drawn for others is gone. */
export function toggled(edit: Edit, code: string): Edit {
  const chosen = edit.chosen.includes(code) ? edit.chosen.filter((c) => c !== code) : [...edit.chosen, code].toSorted();
  return { ...untouched, when: edit.when, note: edit.note, chosen };
}

/** Begins an act; a border begins as it is, to be dragged from there. */
export function begun(edit: Edit, act: Act, shapes: readonly Ring[]): Edit {
  const [one, other] = shapes;
  return { ...edit, act, cells: [], line: act === 'border' && one && other ? sharedBorder(one, other) : [] };
}

/** Cuts the chosen ground through its middle. */
export const halved = (edit: Edit, shapes: readonly Ring[], way: 'down' | 'across'): Edit => ({ ...edit, act: 'split', cells: [], line: middleOf(shapes, way) });

export const drawn = (edit: Edit, line: readonly Pair[]): Edit => ({ ...edit, line, cells: [] });

/** The edit as the platform takes it; undefined while something is missing. */
export function inputOf(edit: Edit): CellEditInput | undefined {
  const { act, chosen, line, cells, when, note } = edit;
  if (chosen.length === 0 || act === undefined || (act === 'merge' ? chosen.length < 2 : line.length < 2)) return undefined;
  return { ends: [...chosen], cells: [...cells], line: act === 'merge' || cells.length > 0 ? [] : line.map(([lon, lat]) => ({ lon, lat })), note: note.trim(),
    ...(when === '' ? {} : { effectiveAt: instantOf(when) }) };
}

/** What a preview depends on: when it happens, and why, change nothing of it. */
export function shapedBy(input: CellEditInput): CellEditInput {
  const { effectiveAt: _, ...shaped } = input;
  return { ...shaped, note: '' };
}
