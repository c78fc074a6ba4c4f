import { LngLatBounds, Map as Chart, type ExpressionSpecification, type GeoJSONSource, type LayerSpecification, type StyleSpecification } from 'maplibre-gl';
import { area, collection, spot } from './features.ts';
import { boxOf, type Pair, type Ring } from './border.ts';
import { day } from './ground.ts';

type Plot = { code: string; held: boolean; rings: readonly Ring[] };
type Place = { kind: string; id: string; name: string; mark: string; lon: number; lat: number };
export type Stop = { id: string; number: string; urgent: boolean; at: Pair };
type Fix = { lon: number; lat: number; accuracy: number };

const communityDigits = 12;
const metresAtZoom0 = 78_271.517 * Math.cos((22.55 * Math.PI) / 180); // a pixel of a tile of 512, at the latitude of Shenzhen
const colours = { civic: '#0f5c57', held: '#d7e9e4', urgent: '#ab1f1f', me: '#1456c0', way: '#0f5c57', label: '#2d3d3b', premises: '#6b7a78' };
const risks: ExpressionSpecification = ['match', ['get', 'mark'], 'red', '#c23b2e', 'orange', '#c9742b', 'yellow', '#b8951f', 'blue', '#2b5f8a', colours.premises];

const style: StyleSpecification = { version: 8, sources: {}, layers: [{ id: 'land', type: 'background', paint: { 'background-color': day.land } }] };

/** The handheld's map, drawn from what the device holds and from nothing else, so that it is the same without a network. */
export class FieldMap {
  readonly #chart: Chart;
  readonly #ready: Promise<void>;
  /** Kept once the ground is to be seen. */
  readonly drawn: Promise<void>;
  #shown = ''; // which cells were last brought into sight
  #fix: Fix | undefined;

  constructor(box: HTMLElement, picked: (kind: 'stop' | 'place' | 'cell', id: string) => void) {
    this.#chart = new Chart({ container: box, style, center: [114.06, 22.56], zoom: 12, minZoom: 9, maxZoom: 20, attributionControl: false, dragRotate: false, pitchWithRotate: false });
    this.#chart.touchZoomRotate.disableRotation();
    this.#ready = new Promise((resolve) => { this.#chart.on('load', () => { this.#layers(picked); resolve(); }); });
    this.drawn = this.#ready.then(() => new Promise((resolve) => { this.#chart.once('idle', () => resolve()); }));
  }

  #layers(picked: (kind: 'stop' | 'place' | 'cell', id: string) => void) {
    const chart = this.#chart;
    for (const id of ['plots', 'places', 'way', 'stops', 'me']) chart.addSource(id, { type: 'geojson', data: collection([]) });
    const label = { 'text-color': colours.label, 'text-halo-color': '#fff', 'text-halo-width': 1.5 };
    const layers: LayerSpecification[] = [
      { id: 'plots', type: 'fill', source: 'plots', paint: { 'fill-color': ['case', ['get', 'held'], colours.held, '#ffffff'] } },
      { id: 'borders', type: 'line', source: 'plots', paint: { 'line-color': ['case', ['get', 'held'], colours.civic, day.line], 'line-width': ['case', ['get', 'held'], 1.5, 1] } },
      { id: 'codes', type: 'symbol', source: 'plots', minzoom: 13, layout: { 'text-field': ['get', 'tail'], 'text-size': 12 }, paint: { ...label, 'text-color': day.border } },
      { id: 'way', type: 'line', source: 'way', layout: { 'line-cap': 'round', 'line-join': 'round' }, paint: { 'line-color': colours.way, 'line-width': 2, 'line-opacity': 0.6, 'line-dasharray': [1, 2.5] } },
      { id: 'premises', type: 'circle', source: 'places', filter: ['==', ['get', 'kind'], 'premises'], minzoom: 14, paint: { 'circle-radius': ['interpolate', ['linear'], ['zoom'], 14, 2.5, 18, 6], 'circle-color': risks, 'circle-stroke-color': '#fff', 'circle-stroke-width': 1 } },
      { id: 'hazards', type: 'symbol', source: 'places', filter: ['==', ['get', 'kind'], 'hazard'], layout: { 'text-field': '▲', 'text-size': 20, 'text-allow-overlap': true }, paint: { 'text-color': ['case', ['==', ['get', 'mark'], 'urgent'], colours.urgent, '#c9742b'], 'text-halo-color': '#fff', 'text-halo-width': 2 } },
      { id: 'names', type: 'symbol', source: 'places', filter: ['==', ['get', 'kind'], 'premises'], minzoom: 16.5, layout: { 'text-field': ['get', 'name'], 'text-size': 12, 'text-offset': [0, 0.9], 'text-anchor': 'top', 'text-max-width': 9 }, paint: label },
      { id: 'stops', type: 'circle', source: 'stops', paint: { 'circle-radius': 13, 'circle-color': ['case', ['get', 'urgent'], colours.urgent, colours.civic], 'circle-stroke-color': '#fff', 'circle-stroke-width': 2 } },
      { id: 'numbers', type: 'symbol', source: 'stops', layout: { 'text-field': ['get', 'number'], 'text-size': 13, 'text-allow-overlap': true }, paint: { 'text-color': '#fff' } },
      { id: 'about', type: 'circle', source: 'me', paint: { 'circle-radius': ['get', 'wide'], 'circle-color': colours.me, 'circle-opacity': 0.12 } },
      { id: 'me', type: 'circle', source: 'me', paint: { 'circle-radius': 7, 'circle-color': colours.me, 'circle-stroke-color': '#fff', 'circle-stroke-width': 3 } },
    ];
    for (const layer of layers) chart.addLayer(layer);
    const finger = 12; // px around a press: fingers are wide
    chart.on('click', (e) => {
      const found = chart.queryRenderedFeatures([[e.point.x - finger, e.point.y - finger], [e.point.x + finger, e.point.y + finger]], { layers: ['stops', 'hazards', 'premises'] });
      const stop = found.find((f) => f.layer.id === 'stops');
      const hit: unknown = (stop ?? found[0])?.properties['id'];
      const cell: unknown = chart.queryRenderedFeatures(e.point, { layers: ['plots'] })[0]?.properties['id'];
      if (typeof hit === 'string') picked(stop ? 'stop' : 'place', hit);
      else if (typeof cell === 'string') picked('cell', cell);
    });
    chart.on('zoom', () => this.#widen());
  }

  /** The cells and what stands in them. Other cells are brought into sight, those that are held. */
  ground(plots: readonly Plot[], places: readonly Place[]) {
    void this.#ready.then(() => {
      this.#chart.getSource<GeoJSONSource>('plots')?.setData(collection(plots.map((p) => area([p.rings], { id: p.code, tail: p.code.slice(communityDigits), held: p.held }))));
      this.#chart.getSource<GeoJSONSource>('places')?.setData(collection(places.map((p) => spot([p.lon, p.lat], { id: p.id, kind: p.kind, name: p.name, mark: p.mark }))));
      const held = plots.filter((p) => p.held), rings = (held.length > 0 ? held : plots).flatMap((p) => p.rings), key = plots.map((p) => p.code).join(' ');
      if (rings.length === 0 || key === this.#shown) return;
      this.#shown = key;
      const b = boxOf(rings);
      this.#chart.resize(); // what stands below the map has its height by now
      this.#chart.fitBounds(new LngLatBounds([b.west, b.south], [b.east, b.north]), { padding: 24, maxZoom: 17, animate: false });
    });
  }

  /** What is to be done, in the order in which it is walked to. */
  way(stops: readonly Stop[], from: Fix | undefined) {
    const line: Pair[] = [...(from ? [[from.lon, from.lat] satisfies Pair] : []), ...stops.map((s) => s.at)];
    void this.#ready.then(() => {
      this.#chart.getSource<GeoJSONSource>('stops')?.setData(collection(stops.map((s) => spot(s.at, { id: s.id, number: s.number, urgent: s.urgent }))));
      this.#chart.getSource<GeoJSONSource>('way')?.setData(collection(line.length > 1 ? [{ type: 'Feature', properties: {}, geometry: { type: 'LineString', coordinates: line } }] : []));
    });
  }

  /** Where oneself is, as near as it is known. */
  me(fix: Fix | undefined) {
    this.#fix = fix;
    void this.#ready.then(() => this.#widen());
  }

  /** The ring around oneself is as wide as the position is uncertain, whatever the zoom. */
  #widen() {
    const fix = this.#fix;
    this.#chart.getSource<GeoJSONSource>('me')?.setData(collection(fix ? [spot([fix.lon, fix.lat], { wide: Math.min(400, (fix.accuracy * 2 ** this.#chart.getZoom()) / metresAtZoom0) })] : []));
  }

  /** Brings oneself into the middle. */
  centre() {
    const fix = this.#fix;
    if (fix) void this.#ready.then(() => this.#chart.easeTo({ center: [fix.lon, fix.lat], zoom: Math.max(16, this.#chart.getZoom()) }));
  }

  remove() { this.#chart.remove(); }
}
