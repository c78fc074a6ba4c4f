import { setWorkerUrl, type LayerSpecification, type StyleSpecification } from 'maplibre-gl';
import 'maplibre-gl/dist/maplibre-gl.css';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import { language } from '../say/say.ts';

// MapLibre looks for its worker beside its script, where a build does not leave it.
setWorkerUrl(workerUrl);

/** The colours of the ground, by day and on the dark wall. */
export type Ground = { water: string; land: string; line: string; border: string; cell: string; label: string; halo: string };

export const day: Ground = { water: '#dfe7e6', land: '#f8f8f4', line: '#b9c4c0', border: '#5d7471', cell: '#cbd3cf', label: '#2d3d3b', halo: '#ffffff' };
export const night: Ground = { water: '#0b1213', land: '#131d1f', line: '#27383a', border: '#4d6b69', cell: '#223133', label: '#a9bdba', halo: '#0b1213' };

/** What stands still: the city's divisions and cells. There are no glyphs: every label is drawn with the device's own fonts. */
export const groundTiles = `${location.origin}/field/v1/tiles/{z}/{x}/{y}?layers=borders,cells`;

export function ground(colours: Ground): StyleSpecification {
  return {
    version: 8,
    sources: { ground: { type: 'vector', tiles: [groundTiles], minzoom: 6, maxzoom: 16 } },
    layers: [{ id: 'water', type: 'background', paint: { 'background-color': colours.water } }, ...divisions(colours)],
  };
}

function divisions(c: Ground): LayerSpecification[] {
  const source = 'ground';
  return [
    { id: 'land', type: 'fill', source, 'source-layer': 'regions', paint: { 'fill-color': c.land } },
    { id: 'cells', type: 'line', source, 'source-layer': 'cells', minzoom: 14, paint: { 'line-color': c.cell, 'line-width': 0.8 } },
    { id: 'divisions', type: 'line', source, 'source-layer': 'regions', paint: { 'line-color': c.line, 'line-width': 1 } },
    { id: 'names', type: 'symbol', source, 'source-layer': 'labels',
      layout: { 'text-field': ['get', language() === 'zh' ? 'name_zh' : 'name_en'], 'text-size': ['interpolate', ['linear'], ['zoom'], 9, 12, 15, 14], 'text-padding': 6, 'text-max-width': 8 },
      paint: { 'text-color': c.label, 'text-halo-color': c.halo, 'text-halo-width': 1.5 } },
  ];
}
