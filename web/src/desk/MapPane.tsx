import { useEffect, useEffectEvent, useRef } from 'react';
import type { CaseRowFragment, ClueRowFragment } from '../api/generated/graphql.ts';
import { DeskMap } from '../map/DeskMap.ts';
import { say } from '../say/say.ts';
import { useSettled } from '../work/settled.ts';

type Props = {
  clues: readonly ClueRowFragment[]; clue: ClueRowFragment | undefined; of: CaseRowFragment | undefined; alarm: { lon: number; lat: number } | undefined; region: { code: string };
  pickClue: (id: string) => void; pickCase: (id: string) => void; lasso: (ids: string[]) => void;
};

/** React hands the map plain data and never owns it. */
export function MapPane({ clues, clue, of, alarm, region, pickClue, pickCase, lasso }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const map = useRef<DeskMap>(undefined);
  const onClue = useEffectEvent(pickClue), onCase = useEffectEvent(pickCase), onLasso = useEffectEvent(lasso);

  useEffect(() => {
    if (!box.current) return undefined;
    map.current = new DeskMap(box.current, { clue: (id) => onClue(id), case: (id) => onCase(id), lasso: (ids) => onLasso(ids) });
    return () => { map.current?.remove(); map.current = undefined; };
  }, []);
  useEffect(() => map.current?.clues(clues.flatMap((c) => (c.point ? [{ id: c.id, lon: c.point.lon, lat: c.point.lat, urgent: c.urgent }] : []))), [clues]);
  const at = alarm ?? clue?.point ?? of?.point;
  // A frame of the map can take longer than all that is read.
  useSettled(at, (to) => map.current?.show(to ? [to.lon, to.lat] : undefined));
  useEffect(() => map.current?.region(region.code), [region.code]);

  return (
    <section className="map-pane" aria-label={say({ zh: '地图', en: 'Map' })}>
      <div className="map" ref={box} />
      <p className="legend">
        <span><i className="dot clue" />{say({ zh: '线索', en: 'Report' })}</span><span><i className="dot case" />{say({ zh: '案件', en: 'Case' })}</span><span><i className="dot urgent" />{say({ zh: '紧急', en: 'Urgent' })}</span>
        <span>{say({ zh: '示意图', en: 'Schematic map' })}</span>
      </p>
    </section>
  );
}
