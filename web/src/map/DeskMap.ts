import { Map as Chart, type GeoJSONSource, type MapLayerMouseEvent, type PointLike } from 'maplibre-gl';
import { ask } from '../api/ask.ts';
import { RegionSeatDocument } from '../api/generated/graphql.ts';
import { day, ground } from './ground.ts';

export type Spot = { id: string; lon: number; lat: number; urgent: boolean };
type Heard = { clue: (id: string) => void; case: (id: string) => void; lasso: (ids: string[]) => void };

const colours = { case: '#2b5f8a', clue: '#0f5c57', urgent: '#ab1f1f', chosen: '#b3521b' };
const caseTiles = `${location.origin}/field/v1/tiles/{z}/{x}/{y}?layers=cases`;

/** The dispatcher's map: the ground, the open cases as vector tiles, the queue's reports, and the one that is looked at. */
export class DeskMap {
  readonly #chart: Chart;
  readonly #ready: Promise<void>;
  #spots: readonly Spot[] = [];
  #chosen: [number, number] | undefined;
  #near = false; // whether the map has been brought to where the work is

  constructor(box: HTMLElement, heard: Heard) {
    this.#chart = new Chart({ container: box, style: ground(day), center: [114.06, 22.56], zoom: 12, minZoom: 8, maxZoom: 18, attributionControl: false, boxZoom: false, dragRotate: false, fadeDuration: 0 });
    this.#chart.touchZoomRotate.disableRotation();
    this.#ready = new Promise((resolve) => { this.#chart.on('load', () => { this.#draw(heard); resolve(); }); });
    this.#drag(box, heard);
  }

  #draw(heard: Heard) {
    const chart = this.#chart;
    chart.addSource('cases', { type: 'vector', tiles: [caseTiles], minzoom: 13, maxzoom: 16 });
    chart.addSource('clues', { type: 'geojson', data: features([]) });
    chart.addSource('chosen', { type: 'geojson', data: features([]) });
    chart.addLayer({ id: 'cases', type: 'circle', source: 'cases', 'source-layer': 'cases', minzoom: 13,
      paint: { 'circle-radius': ['interpolate', ['linear'], ['zoom'], 13, 3.5, 17, 7], 'circle-color': ['case', ['to-boolean', ['get', 'urgent']], colours.urgent, colours.case], 'circle-opacity': 0.75, 'circle-stroke-color': '#fff', 'circle-stroke-width': 1 } });
    chart.addLayer({ id: 'clues', type: 'circle', source: 'clues',
      paint: { 'circle-radius': 7, 'circle-color': '#fff', 'circle-stroke-width': 3.5, 'circle-stroke-color': ['case', ['get', 'urgent'], colours.urgent, colours.clue] } });
    chart.addLayer({ id: 'chosen', type: 'circle', source: 'chosen', paint: { 'circle-radius': 15, 'circle-color': 'transparent', 'circle-stroke-color': colours.chosen, 'circle-stroke-width': 3.5 } });
    for (const [layer, pick] of [['clues', heard.clue], ['cases', heard.case]] as const) {
      chart.on('click', layer, (e: MapLayerMouseEvent) => { const id: unknown = e.features?.[0]?.properties['id']; if (typeof id === 'string') pick(id); });
      chart.on('mouseenter', layer, () => { chart.getCanvas().style.cursor = 'pointer'; });
      chart.on('mouseleave', layer, () => { chart.getCanvas().style.cursor = ''; });
    }
  }

  /** Shift and drag marks the reports within a box. */
  #drag(box: HTMLElement, heard: Heard) {
    const chart = this.#chart, frame = document.createElement('div');
    frame.className = 'lasso';
    let from: { x: number; y: number } | undefined;
    const at = (e: MouseEvent) => { const r = box.getBoundingClientRect(); return { x: e.clientX - r.left, y: e.clientY - r.top }; };
    const move = (e: MouseEvent) => {
      if (!from) return;
      const to = at(e);
      Object.assign(frame.style, { left: `${Math.min(from.x, to.x)}px`, top: `${Math.min(from.y, to.y)}px`, width: `${Math.abs(to.x - from.x)}px`, height: `${Math.abs(to.y - from.y)}px` });
    };
    const up = (e: MouseEvent) => {
      document.removeEventListener('mousemove', move);
      document.removeEventListener('mouseup', up);
      frame.remove();
      chart.dragPan.enable();
      if (!from) return;
      const to = at(e), corners: [PointLike, PointLike] = [[from.x, from.y], [to.x, to.y]];
      from = undefined;
      const found = chart.queryRenderedFeatures(corners, { layers: ['clues'] }).map((f): unknown => f.properties['id']);
      heard.lasso([...new Set(found)].filter((id): id is string => typeof id === 'string'));
    };
    box.addEventListener('mousedown', (e) => {
      if (!e.shiftKey || e.button !== 0) return;
      e.preventDefault();
      chart.dragPan.disable();
      from = at(e);
      box.append(frame);
      document.addEventListener('mousemove', move);
      document.addEventListener('mouseup', up);
    }, true);
  }

  /** The queue's reports; only a change is drawn. */
  clues(spots: readonly Spot[]) {
    if (spots.length === this.#spots.length && spots.every((s, i) => s.id === this.#spots[i]?.id)) return;
    this.#spots = spots;
    void this.#ready.then(() => this.#chart.getSource<GeoJSONSource>('clues')?.setData(features(this.#spots)));
  }

  /** Rings the one that is looked at, and brings it into sight. */
  show(at: [number, number] | undefined) {
    if (at && this.#chosen && at[0] === this.#chosen[0] && at[1] === this.#chosen[1]) return;
    this.#chosen = at;
    void this.#ready.then(() => {
      this.#chart.getSource<GeoJSONSource>('chosen')?.setData(features(at ? [{ id: '', lon: at[0], lat: at[1], urgent: false }] : []));
      if (at && !(this.#near && this.#chart.getBounds().contains(at))) this.#chart.jumpTo({ center: at, zoom: Math.max(14.5, this.#chart.getZoom()) });
      this.#near ||= at !== undefined;
    });
  }

  /** Goes to a division. */
  region(code: string) {
    void Promise.all([ask(RegionSeatDocument, { code }), this.#ready]).then(([{ region }]) => {
      if (region && !this.#chosen) this.#chart.jumpTo({ center: [region.seat.lon, region.seat.lat], zoom: code.length > 6 ? 14 : code.length > 4 ? 12 : 10 });
    }, () => {});
  }

  remove() { this.#chart.remove(); }
}

const features = (spots: readonly Spot[]): GeoJSON.FeatureCollection => ({
  type: 'FeatureCollection',
  features: spots.map((s) => ({ type: 'Feature', geometry: { type: 'Point', coordinates: [s.lon, s.lat] }, properties: { id: s.id, urgent: s.urgent } })),
});
