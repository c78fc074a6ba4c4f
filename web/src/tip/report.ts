import type { PositionInput, SubmitClueInput } from '../api/generated/graphql.ts';
import type { Shipment } from '../api/upload.ts';

/** A report that waits on this device until the server has all of it. */
export type Report = {
  id: string;
  input: SubmitClueInput;
  photos: Shipment[];
  /** What the server answered; the photos may still be on their way. */
  receipt?: { number: number; claimCode: string } | undefined;
  /** Why the server will not take it: it waits here until its owner mends or deletes it. */
  refused?: { code: string; path?: string | undefined } | undefined;
};

/** Where the device is, as the platform takes it. The browser speaks WGS 84. */
export function positionOf(fix: GeolocationPosition): PositionInput {
  return { lon: fix.coords.longitude, lat: fix.coords.latitude, datum: 'WGS84', accuracy: Math.max(1, fix.coords.accuracy), source: 'GNSS',
    mocked: false, capturedAt: new Date(fix.timestamp).toISOString() };
}

/** A place that was pointed at on the map. */
export function pinned(lon: number, lat: number): PositionInput {
  return { lon, lat, datum: 'WGS84', accuracy: 10, source: 'MAP_PIN', mocked: false, capturedAt: new Date().toISOString() };
}

/** What is filled in so far. */
export type Draft = {
  photos: { id: string; sha256: string; bytes: Blob; url: string }[];
  category?: string | undefined;
  text: string;
  position?: PositionInput | undefined;
  contact: { name: string; phone: string };
};

export const blank: Draft = { photos: [], text: '', contact: { name: '', phone: '' } };

/** What is still missing before it can be sent, in the order of the page. */
export function missing(draft: Draft): 'words' | 'place' | undefined {
  if (draft.photos.length === 0 && draft.text.trim() === '') return 'words';
  return draft.position ? undefined : 'place';
}

export function reportOf(id: string, draft: Draft, position: PositionInput): Report {
  const { name, phone } = draft.contact;
  return {
    id,
    photos: draft.photos.map((p) => ({ id: p.id, sha256: p.sha256, bytes: p.bytes })),
    input: { id, text: draft.text.trim(), position, anonymous: true, photos: draft.photos.map((p) => ({ id: p.id, sha256: p.sha256 })),
      ...(draft.category ? { category: draft.category } : {}),
      ...(name || phone ? { contact: { ...(name ? { name } : {}), ...(phone ? { phone } : {}) } } : {}) },
  };
}
