import { useEffect, useEffectEvent, useRef } from 'react';
import type { PositionInput } from '../api/generated/graphql.ts';
import { say } from '../say/say.ts';
import { PinMap } from '../map/PinMap.ts';

/** A map to point at: a tap, or the arrow keys and Enter, choose the place. */
export default function Pin({ at, choose }: { at: PositionInput | undefined; choose: (lon: number, lat: number) => void }) {
  const box = useRef<HTMLDivElement>(null);
  const map = useRef<PinMap>(undefined);
  const chosen = useEffectEvent(choose);

  useEffect(() => {
    if (!box.current) return undefined;
    map.current = new PinMap(box.current, (lon, lat) => chosen(lon, lat));
    return () => map.current?.remove();
  }, []);
  useEffect(() => { if (at) map.current?.show(at.lon, at.lat, at.accuracy); }, [at]);

  return (
    <>
      <div className="pin" ref={box} />
      <p className="quiet">{say({ zh: '移动地图，让准星对准问题所在。示意图，非测绘边界。', en: 'Move the map until the cross stands on the spot. A schematic map, not surveyed borders.' })}</p>
    </>
  );
}
