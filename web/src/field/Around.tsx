import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import { FieldMap, type Stop } from '../map/FieldMap.ts';
import { say } from '../say/say.ts';
import { metres } from '../say/time.ts';
import { around } from './around.ts';
import { categoryName, type Duty } from './duties.ts';
import { distance } from './order.ts';
import type { Shift } from './shift.ts';
import type { Fix } from './where.ts';

type Picked = { kind: 'stop' | 'place' | 'cell'; id: string };
const risks: Record<string, { zh: string; en: string }> = { red: { zh: '红色风险', en: 'Red risk' }, orange: { zh: '橙色风险', en: 'Orange risk' }, yellow: { zh: '黄色风险', en: 'Yellow risk' }, blue: { zh: '蓝色风险', en: 'Blue risk' } };

/** The ground around: the own cells, what stands there, and what is to be done in the order in which it is walked to. */
export default function Around({ shift, list, where, open }: { shift: Shift; list: readonly Duty[]; where: Fix | undefined; open: (id: string) => void }) {
  const box = useRef<HTMLDivElement>(null);
  const map = useRef<FieldMap>(undefined);
  const [picked, setPicked] = useState<Picked>();
  const [drawn, setDrawn] = useState(false);
  const onPicked = useEffectEvent((kind: Picked['kind'], id: string) => setPicked({ kind, id }));
  const known = useMemo(() => around(shift.things.values(), (code) => categoryName(shift, code)), [shift]);
  const stops = list.flatMap((d, i): Stop[] => (d.at ? [{ id: d.id, number: String(i + 1), urgent: d.urgent, at: [d.at.lon, d.at.lat] }] : []));
  const way = JSON.stringify(stops);

  useEffect(() => {
    if (!box.current) return undefined;
    map.current = new FieldMap(box.current, (kind, id) => onPicked(kind, id));
    void map.current.drawn.then(() => setDrawn(true));
    return () => { map.current?.remove(); map.current = undefined; };
  }, []);
  useEffect(() => map.current?.ground(known.plots, known.places), [known]);
  useEffect(() => map.current?.way(JSON.parse(way) as Stop[], where), [way, where]);
  useEffect(() => map.current?.me(where), [where]);

  return (
    <div className="around">
      <section className="map" ref={box} aria-busy={!drawn} aria-label={say({ zh: '网格地图', en: 'Map of the cells' })} />
      {where && <button type="button" className="button centre" onClick={() => map.current?.centre()}>{say({ zh: '我在哪', en: 'Where am I' })}</button>}
      <div className="told" aria-live="polite">
        {(picked && told(picked, known, list, where, open)) ?? (
          <p className="legend"><span><i className="dot stop" />{say({ zh: '任务，按走的先后', en: 'To do, in walking order' })}</span><span><i className="peak" />{say({ zh: '隐患', en: 'Hazard' })}</span><span><i className="dot premises" />{say({ zh: '场所', en: 'Premises' })}</span></p>
        )}
      </div>
    </div>
  );
}

/** What was pressed, in words; nothing of what is gone meanwhile. */
function told(picked: Picked, known: ReturnType<typeof around>, list: readonly Duty[], where: Fix | undefined, open: (id: string) => void) {
  const far = (at: { lon: number; lat: number } | undefined) => (where && at ? <span className="number quiet">{metres(distance(where, at))}</span> : null);
  const duty = picked.kind === 'stop' ? list.find((d) => d.id === picked.id) : undefined;
  const place = picked.kind === 'place' ? known.places.find((p) => p.id === picked.id) : undefined;
  if (duty) return <><p className="line"><b>{duty.title}</b>{far(duty.at)}</p><p className="quiet">{duty.why}</p><button type="button" className="button main" onClick={() => open(duty.id)}>{say({ zh: '去办', en: 'Open' })}</button></>;
  if (place) {
    const kind = place.kind === 'hazard' ? say(place.mark === 'urgent' ? { zh: '紧急隐患，案件正在办理', en: 'Urgent hazard, a case is open' } : { zh: '隐患，案件正在办理', en: 'Hazard, a case is open' }) : say(risks[place.mark] ?? { zh: '未分级', en: 'Not graded' });
    return <><p className="line"><b>{place.name}</b>{far(place)}</p>{place.text && <p>{place.text}</p>}<p className="quiet">{kind}</p></>;
  }
  const plot = known.plots.find((p) => picked.kind === 'cell' && p.code === picked.id);
  if (!plot) return undefined;
  return <><p className="line"><b>{say({ zh: `网格 ${plot.code}`, en: `Cell ${plot.code}` })}</b></p><p className="quiet">{plot.held ? say({ zh: '现由您负责', en: 'You look after it now' }) : say({ zh: '现由同事负责', en: 'A colleague looks after it now' })}</p></>;
}
