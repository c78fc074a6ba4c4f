import { lazy, Suspense, useState } from 'react';
import type { PositionInput } from '../api/generated/graphql.ts';
import { named, say } from '../say/say.ts';
import { metres } from '../say/time.ts';
import { told } from '../say/refusal.ts';
import type { Place as Known } from './landing.ts';
import { pinned } from './report.ts';

const Pin = lazy(() => import('./Pin.tsx'));

/** Where it is: found by itself, adjusted on a map only by who wants to. */
export function Place({ place, position, point }: { place: Known; position: PositionInput | undefined; point: (position: PositionInput) => void }) {
  const [open, setOpen] = useState(false);
  const lacking = place.state === 'denied' && !position; // the map still opens by a press only: it is twice the page, and a slow phone stands still over it
  return (
    <section className="place" aria-labelledby="where">
      <div className="where">
        <h2 id="where" className="only-read">{say({ zh: '位置', en: 'Where' })}</h2>
        <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true"><path fill="var(--civic)" d="M12 2a7 7 0 0 0-7 7c0 5.2 7 13 7 13s7-7.8 7-13a7 7 0 0 0-7-7zm0 9.5A2.5 2.5 0 1 1 12 6.5a2.5 2.5 0 0 1 0 5z" /></svg>
        <p aria-live="polite"><Words place={place} position={position} /></p>
        <button type="button" className={lacking ? 'button' : 'button plain'} aria-expanded={open} onClick={() => setOpen(!open)}>{lacking ? say({ zh: '打开地图', en: 'Open the map' }) : say({ zh: '调整', en: 'Adjust' })}</button>
      </div>
      {open && (
        <Suspense fallback={<p className="quiet">{say({ zh: '正在打开地图…', en: 'Opening the map…' })}</p>}>
          <Pin at={position} choose={(lon, lat) => point(pinned(lon, lat))} />
        </Suspense>
      )}
    </section>
  );
}

function Words({ place, position }: { place: Known; position: PositionInput | undefined }) {
  if (place.state === 'failed') return <span className="wrong">{told(place.error)}</span>;
  if (place.state === 'denied' && !position) return <>{say({ zh: '没有定位权限，请在地图上点出位置', en: 'The position is not allowed: please point at the map' })}</>;
  if (!place.landing) return <span className="quiet">{say({ zh: '正在定位…', en: 'Finding the place…' })}</span>;
  const { cell, district, borderDistance } = place.landing;
  return (
    <>
      {say({ zh: `${district.nameZh}${cell.street.nameZh}${cell.community.nameZh}`, en: `${named(cell.community)}, ${named(cell.street)}, ${named(district)}` })}
      <small>
        {position?.source === 'MAP_PIN' ? say({ zh: '地图选点', en: 'pointed at on the map' }) : `±${metres(position?.accuracy ?? 0)}`}
        {borderDistance ? say({ zh: ` · 在市界外 ${metres(borderDistance)}，归入最近网格`, en: ` · ${metres(borderDistance)} beyond the border: the nearest cell takes it` }) : ''}
      </small>
    </>
  );
}
