import type { Pair, Ring } from './border.ts';

const positions = (ring: Ring): number[][] => ring.map((p) => [p[0], p[1]]);

export const area = (polygons: readonly (readonly Ring[])[], properties: Record<string, unknown>): GeoJSON.Feature => ({
  type: 'Feature', properties, geometry: { type: 'MultiPolygon', coordinates: polygons.map((rings) => rings.map(positions)) } });

export const spot = (at: Pair, properties: Record<string, unknown>): GeoJSON.Feature => ({ type: 'Feature', properties, geometry: { type: 'Point', coordinates: at } });

export const collection = (features: GeoJSON.Feature[]): GeoJSON.FeatureCollection => ({ type: 'FeatureCollection', features });
