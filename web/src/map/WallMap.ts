import { Map as Chart, type ExpressionSpecification } from 'maplibre-gl';
import { ask } from '../api/ask.ts';
import { RegionSeatDocument } from '../api/generated/graphql.ts';
import { ground, night } from './ground.ts';

const tiles = `${location.origin}/field/v1/tiles/{z}/{x}/{y}?layers=regions,cases`;
const ramp: ExpressionSpecification = ['interpolate', ['linear'], ['coalesce', ['get', 'open'], 0], 0, 'rgba(38, 64, 66, 0)', 1, '#1f4a4a', 10, '#2f7d73', 40, '#c9a13b', 150, '#d5542c'];

/** The dark map of the wall: divisions by how many open cases lie in them, and the cases themselves from near. */
export class WallMap {
  readonly #chart: Chart;
  readonly #ready: Promise<void>;

  constructor(box: HTMLElement) {
    this.#chart = new Chart({ container: box, style: ground(night), bounds: [[113.74, 22.43], [114.64, 22.87]], fitBoundsOptions: { padding: 24 }, minZoom: 8, maxZoom: 18, attributionControl: false, dragRotate: false });
    this.#ready = new Promise((resolve) => { this.#chart.on('load', () => { this.#draw(); resolve(); }); });
  }

  #draw() {
    this.#chart.addSource('open', { type: 'vector', tiles: [tiles], minzoom: 6, maxzoom: 16 });
    this.#chart.addLayer({ id: 'heat', type: 'fill', source: 'open', 'source-layer': 'regions', maxzoom: 13.5, paint: { 'fill-color': ramp, 'fill-opacity': 0.85 } }, 'divisions');
    this.#chart.addLayer({ id: 'cases', type: 'circle', source: 'open', 'source-layer': 'cases', minzoom: 13,
      paint: { 'circle-radius': ['interpolate', ['linear'], ['zoom'], 13, 3, 17, 7], 'circle-color': ['case', ['to-boolean', ['get', 'urgent']], '#ff7d6e', '#6cc5bb'], 'circle-stroke-color': '#0b1213', 'circle-stroke-width': 1 } });
  }

  /** Shows one department's cases alone, or all. */
  topic(department: string) {
    void this.#ready.then(() => this.#chart.setFilter('cases', department ? ['==', ['get', 'department'], department] : null));
  }

  region(code: string) {
    void Promise.all([ask(RegionSeatDocument, { code }), this.#ready]).then(([{ region }]) => {
      if (region && code.length > 4) this.#chart.jumpTo({ center: [region.seat.lon, region.seat.lat], zoom: code.length > 6 ? 13 : 11 });
    }, () => {});
  }

  remove() { this.#chart.remove(); }
}
