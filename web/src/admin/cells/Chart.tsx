import { useEffect, useEffectEvent, useRef } from 'react';
import type { AdminCommunityQuery } from '../../api/generated/graphql.ts';
import type { Pair } from '../../map/border.ts';
import { CellMap } from '../../map/CellMap.ts';
import { go } from '../hash.ts';
import type { Cell } from './Cells.tsx';
import { ringsOf, type Edit } from './edit.ts';
import type { Preview } from './preview.ts';

type Props = {
  cells: Cell[]; region: NonNullable<AdminCommunityQuery['region']> | undefined; edit: Edit; preview: Preview | undefined; drawing: number;
  choose: (code: string) => void; line: (points: Pair[]) => void;
};

/** React hands the map plain data and never owns it. */
export function Chart({ cells, region, edit, preview, drawing, choose, line }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const map = useRef<CellMap>(undefined);
  const onCell = useEffectEvent(choose), onLine = useEffectEvent(line);

  useEffect(() => {
    if (!box.current) return undefined;
    map.current = new CellMap(box.current, { cell: (code) => onCell(code), community: (code) => go('cells', code), line: (points) => onLine(points) });
    return () => { map.current?.remove(); map.current = undefined; };
  }, []);
  useEffect(() => map.current?.plots(cells.map((c) => ({ code: c.code, rings: ringsOf(c.shape), grid: c.dutyGrid?.id })), edit.chosen), [cells, edit.chosen]);
  useEffect(() => map.current?.show(region?.code ?? '', region?.shape.coordinates.flatMap((part) => ringsOf({ type: 'Polygon', coordinates: part })) ?? []), [region]);
  useEffect(() => map.current?.line(edit.line), [edit.line]);
  useEffect(() => { if (drawing > 0) map.current?.draw(); }, [drawing]);
  useEffect(() => map.current?.planned(
    preview?.begins.map((b) => ringsOf(b.shape)) ?? [],
    preview?.findings.filter((f) => f.code !== 'CELL_UNCHANGED').map((f) => ({ at: [f.at.lon, f.at.lat], rings: f.shape?.coordinates.map((part) => ringsOf({ type: 'Polygon', coordinates: part })) ?? [] })) ?? [],
  ), [preview]);
  return <div className="map" ref={box} />;
}
