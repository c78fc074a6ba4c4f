import { Map as Chart, type ExpressionSpecification, type MapGeoJSONFeature } from 'maplibre-gl';
import { ask } from '../api/ask.ts';
import { RegionSeatDocument } from '../api/generated/graphql.ts';
import { language } from '../say/say.ts';
import { ground, night } from './ground.ts';

const tiles = `${location.origin}/field/v1/tiles/{z}/{x}/{y}?layers=regions,cases`;

type Ramp = (value: ExpressionSpecification) => ExpressionSpecification;

/** What divisions are shaded by: how many cases are open, or how many come up for each look. */
export const ramps = {
  open: (value) => ['interpolate', ['linear'], value, 0, 'rgba(38, 64, 66, 0)', 1, '#1f4a4a', 10, '#2f7d73', 40, '#c9a13b', 150, '#d5542c'],
  heat: (value) => ['case', ['<', value, 0], '#4d4166', ['interpolate', ['linear'], value, 0, 'rgba(38, 64, 66, 0)', 0.05, '#1f4a4a', 0.2, '#2f7d73', 0.5, '#c9a13b', 1, '#d5542c']],
} as const satisfies Record<string, Ramp>;

const told: ExpressionSpecification = ['coalesce', ['get', 'open'], 0]; // the tiles' own
const valueIn = (shades: Readonly<Record<string, number>>): ExpressionSpecification => ['coalesce', ['get', ['get', 'code'], ['literal', shades]], 0];

/** A division on the map. */
export type Division = { code: string; name: string };

function division(features: MapGeoJSONFeature[] | undefined): Division | undefined {
  const { code, name_zh: zh, name_en: en } = features?.[0]?.properties ?? {};
  return typeof code === 'string' ? { code, name: String(language() === 'zh' ? zh : en) } : undefined;
}

/** The dark map of the wall: divisions by what they are shaded by, and from near the open cases themselves. */
export class WallMap {
  readonly #chart: Chart;
  readonly #ready: Promise<void>;

  constructor(box: HTMLElement, opened: (division: Division) => void, over: (division: Division | undefined) => void) {
    this.#chart = new Chart({ container: box, style: ground(night), bounds: [[113.74, 22.43], [114.64, 22.87]], fitBoundsOptions: { padding: 24 }, minZoom: 8, maxZoom: 18, attributionControl: false, dragRotate: false });
    this.#ready = new Promise((resolve) => { this.#chart.on('load', () => { this.#draw(); resolve(); }); });
    this.#chart.on('click', 'heat', (e) => { const one = division(e.features); if (one) opened(one); });
    let below: string | undefined;
    const moved = (to: Division | undefined) => {
      if (to?.code === below) return;
      below = to?.code;
      this.#chart.getCanvas().style.cursor = to ? 'pointer' : '';
      over(to);
    };
    this.#chart.on('mousemove', 'heat', (e) => moved(division(e.features)));
    this.#chart.on('mouseleave', 'heat', () => moved(undefined));
  }

  #draw() {
    // Names grow with the room, as the page does.
    const size = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
    this.#chart.setLayoutProperty('names', 'text-size', ['interpolate', ['linear'], ['zoom'], 9, 12 * size, 15, 14 * size]);
    this.#chart.addSource('open', { type: 'vector', tiles: [tiles], minzoom: 6, maxzoom: 16 });
    this.#chart.addLayer({ id: 'heat', type: 'fill', source: 'open', 'source-layer': 'regions', maxzoom: 13, paint: { 'fill-color': ramps.open(told), 'fill-opacity': 0.85 } }, 'divisions');
    this.#chart.addLayer({ id: 'cases', type: 'circle', source: 'open', 'source-layer': 'cases', minzoom: 13,
      paint: { 'circle-radius': ['interpolate', ['linear'], ['zoom'], 13, 3, 17, 7], 'circle-color': ['case', ['to-boolean', ['get', 'urgent']], '#ff7d6e', '#6cc5bb'], 'circle-stroke-color': '#0b1213', 'circle-stroke-width': 1 } });
  }

  /** Shades divisions by values of their codes; without them, by all cases that are open now. */
  shade(by: keyof typeof ramps, shades?: Readonly<Record<string, number>>) {
    void this.#ready.then(() => this.#chart.setPaintProperty('heat', 'fill-color', ramps[by](shades ? valueIn(shades) : told)));
  }

  /** Shows the open cases of one department alone, of all (''), or none. */
  topic(department: string, cases: boolean) {
    void this.#ready.then(() => {
      this.#chart.setFilter('cases', department ? ['==', ['get', 'department'], department] : null);
      this.#chart.setLayoutProperty('cases', 'visibility', cases ? 'visible' : 'none');
    });
  }

  region(code: string) {
    void Promise.all([ask(RegionSeatDocument, { code }), this.#ready]).then(([{ region }]) => {
      if (region && code.length > 4) this.#chart.jumpTo({ center: [region.seat.lon, region.seat.lat], zoom: code.length > 6 ? 13 : 11 });
    }, () => {});
  }

  remove() { this.#chart.remove(); }
}
