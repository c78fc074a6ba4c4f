import { useEffect, useEffectEvent, useState } from 'react';
import { ask } from '../api/ask.ts';
import { LandingDocument, type LandingQuery, type PositionInput } from '../api/generated/graphql.ts';
import { positionOf } from './report.ts';

export type Landed = LandingQuery['landing'];

/** How the place of a report is known: being looked for, known, refused by its owner or the device, or outside the city. */
export type Place = { state: 'looking' | 'known' | 'denied' | 'failed'; landing?: Landed | undefined; error?: unknown };

/** Asks the device where it is, and the server what is there; a point that was chosen on the map stands above the device's. */
export function useLanding(position: PositionInput | undefined, found: (position: PositionInput) => void): Place {
  const [place, setPlace] = useState<Place>({ state: 'looking' });

  const known = useEffectEvent(found);

  useEffect(() => {
    if (!('geolocation' in navigator)) {
      setPlace({ state: 'denied' });
      return undefined;
    }
    const watch = navigator.geolocation.watchPosition(
      (fix) => {
        known(positionOf(fix));
        if (fix.coords.accuracy <= 30) navigator.geolocation.clearWatch(watch);
      },
      () => setPlace((was) => (was.state === 'known' ? was : { state: 'denied' })),
      { enableHighAccuracy: true, maximumAge: 30_000, timeout: 20_000 },
    );
    return () => navigator.geolocation.clearWatch(watch);
  }, []);

  useEffect(() => {
    if (!position) return undefined;
    let current = true;
    ask(LandingDocument, { position }).then(
      ({ landing }) => { if (current) setPlace({ state: 'known', landing }); },
      (error: unknown) => { if (current) setPlace({ state: 'failed', error }); },
    );
    return () => { current = false; };
  }, [position]);

  return place;
}
