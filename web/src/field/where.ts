import { useEffect, useState } from 'react';

/** Where the device is; kept even when it is bad, since the platform accepts and flags it. */
export type Fix = { lon: number; lat: number; accuracy: number; at: string };

export function useWhere(): Fix | undefined {
  const [fix, setFix] = useState<Fix>();
  useEffect(() => {
    if (!('geolocation' in navigator)) return undefined;
    const watch = navigator.geolocation.watchPosition((p) => setFix({ lon: p.coords.longitude, lat: p.coords.latitude, accuracy: Math.max(1, p.coords.accuracy), at: new Date(p.timestamp).toISOString() }), () => {}, { enableHighAccuracy: true, maximumAge: 10_000 });
    return () => navigator.geolocation.clearWatch(watch);
  }, []);
  return fix;
}

/** A fix as operations carry it. */
export const positionIn = (fix: Fix) => ({ lon: fix.lon, lat: fix.lat, datum: 'wgs84', accuracy: fix.accuracy, source: fix.accuracy > 100 ? 'network' : 'gnss', mocked: false, capturedAt: fix.at });
