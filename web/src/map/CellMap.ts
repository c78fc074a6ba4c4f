import { LngLatBounds, Map as Chart, type GeoJSONSource, type LayerSpecification, type Point, type PointLike } from 'maplibre-gl';
import { TerraDraw, TerraDrawLineStringMode, TerraDrawSelectMode } from 'terra-draw';
import { TerraDrawMapLibreGLAdapter } from 'terra-draw-maplibre-gl-adapter';
import { boxOf, type Pair, type Ring } from './border.ts';
import { area, collection, spot } from './features.ts';
import { day, ground } from './ground.ts';

/** A cell as the map shows it. */
export type Plot = { code: string; rings: readonly Ring[]; grid: string | undefined };
/** Something to look at: ground that is wrong, or the place of it. */
export type Mark = { rings: readonly (readonly Ring[])[]; at: Pair };
type Heard = { cell: (code: string) => void; community: (code: string) => void; line: (points: Pair[]) => void };

const communityDigits = 12;
const decimals = 9; // of a degree: a tenth of a millimetre
const finger = 8; // px around a press
const clickAfter = 250; // ms: a browser tells of a click after the release
const colours = { civic: '#0f5c57', chosen: '#b3521b', wrong: '#ab1f1f', begun: '#1456c0', label: '#2d3d3b' } as const;
// Duty grids are told apart by colour and by their names in the list; five are enough that neighbours differ.
const tints = ['#cfe3df', '#e9dfc4', '#d8d9ec', '#e6d3d6', '#d7e6c8'];

/** The map on which cells are edited: the community's cells, the chosen ones, the line that cuts them, and what would begin. */
export class CellMap {
  readonly #chart: Chart;
  readonly #draw: TerraDraw;
  readonly #ready: Promise<void>;
  readonly #heard: Heard;
  #drawn = ''; // the line as it was last given or heard
  #drawing = false;
  #shown = ''; // what was last brought into sight

  constructor(box: HTMLElement, heard: Heard) {
    this.#heard = heard;
    this.#chart = new Chart({ container: box, style: ground(day), center: [114.06, 22.56], zoom: 11, minZoom: 8, maxZoom: 20, attributionControl: false, dragRotate: false, boxZoom: false, doubleClickZoom: false });
    this.#chart.touchZoomRotate.disableRotation();
    this.#draw = new TerraDraw({
      adapter: new TerraDrawMapLibreGLAdapter({ map: this.#chart, coordinatePrecision: decimals }),
      modes: [
        new TerraDrawLineStringMode({ pointerDistance: 20, styles: { lineStringColor: colours.chosen, lineStringWidth: 4, closingPointColor: colours.chosen, closingPointWidth: 7 } }),
        new TerraDrawSelectMode({ pointerDistance: 14, flags: { linestring: { feature: { draggable: false, coordinates: { draggable: true, deletable: true, midpoints: { draggable: true } } } } },
          styles: { selectedLineStringColor: colours.chosen, selectedLineStringWidth: 4, selectionPointColor: '#ffffff', selectionPointOutlineColor: colours.chosen, selectionPointWidth: 7, selectionPointOutlineWidth: 3, midPointColor: colours.chosen, midPointWidth: 4 } }),
      ],
    });
    this.#ready = new Promise((resolve) => { this.#chart.on('load', () => { this.#layers(); this.#start(); resolve(); }); });
  }

  #layers() {
    const chart = this.#chart;
    for (const id of ['plots', 'begun', 'marks', 'spots']) chart.addSource(id, { type: 'geojson', data: collection([]) });
    const label: LayerSpecification = { id: 'codes', type: 'symbol', source: 'plots', minzoom: 13.5, layout: { 'text-field': ['get', 'tail'], 'text-size': 12, 'text-padding': 2 }, paint: { 'text-color': colours.label, 'text-halo-color': '#fff', 'text-halo-width': 1.5 } };
    const layers: LayerSpecification[] = [
      { id: 'tints', type: 'fill', source: 'plots', paint: { 'fill-color': ['get', 'tint'], 'fill-opacity': 0.75 } },
      { id: 'chosen', type: 'fill', source: 'plots', filter: ['get', 'chosen'], paint: { 'fill-color': colours.chosen, 'fill-opacity': 0.22 } },
      { id: 'outlines', type: 'line', source: 'plots', paint: { 'line-color': ['case', ['get', 'chosen'], colours.chosen, colours.civic], 'line-width': ['case', ['get', 'chosen'], 3, 1] } },
      { id: 'begun', type: 'line', source: 'begun', paint: { 'line-color': colours.begun, 'line-width': 2, 'line-dasharray': [3, 2] } },
      { id: 'marks', type: 'fill', source: 'marks', paint: { 'fill-color': colours.wrong, 'fill-opacity': 0.6 } },
      { id: 'spots', type: 'circle', source: 'spots', paint: { 'circle-radius': 11, 'circle-color': 'transparent', 'circle-stroke-color': colours.wrong, 'circle-stroke-width': 3 } },
      label,
    ];
    for (const layer of layers) chart.addLayer(layer);
    chart.on('click', (e) => {
      if (this.#drawing || this.#onLine(e.point)) return;
      const plot: unknown = chart.queryRenderedFeatures(e.point, { layers: ['tints'] })[0]?.properties['code'];
      if (typeof plot === 'string') { this.#heard.cell(plot); return; }
      const codes = chart.queryRenderedFeatures(e.point, { layers: ['land'] }).map((f): unknown => f.properties['code']);
      const community = codes.find((c) => typeof c === 'string' && c.length === communityDigits);
      if (typeof community === 'string') this.#heard.community(community);
    });
  }

  /** Whether a press means the line that is drawn, and not the cell below it. */
  #onLine(at: Point): boolean {
    const around: [PointLike, PointLike] = [[at.x - finger, at.y - finger], [at.x + finger, at.y + finger]];
    return this.#chart.queryRenderedFeatures(around).some((f) => f.layer.id.startsWith('td-'));
  }

  #start() {
    this.#draw.start();
    this.#draw.setMode('select');
    this.#draw.on('finish', (id) => {
      const feature = this.#draw.getSnapshotFeature(id);
      if (feature?.geometry.type !== 'LineString') return;
      const points = feature.geometry.coordinates.map((p): Pair => [p[0] ?? 0, p[1] ?? 0]);
      this.#drawn = JSON.stringify(points);
      this.#heard.line(points);
      if (!this.#drawing) return;
      // The mode is still at work on what it has just finished, and the press that ended the line is still to be heard as a click.
      window.setTimeout(() => { this.#drawing = false; this.#draw.setMode('select'); this.#draw.selectFeature(id); }, clickAfter);
    });
  }

  /** The community's cells, and which of them are chosen. */
  plots(plots: readonly Plot[], chosen: readonly string[]) {
    const grids = [...new Set(plots.map((p) => p.grid))];
    void this.#ready.then(() => this.#chart.getSource<GeoJSONSource>('plots')?.setData(collection(plots.map((p) => area([p.rings], {
      code: p.code, tail: p.code.slice(communityDigits), chosen: chosen.includes(p.code), tint: p.grid ? (tints[grids.indexOf(p.grid) % tints.length] ?? '') : '#ffffff' })))));
  }

  /** The cells that would begin, and what speaks against them. */
  planned(begun: readonly (readonly Ring[])[], marks: readonly Mark[]) {
    void this.#ready.then(() => {
      this.#chart.getSource<GeoJSONSource>('begun')?.setData(collection(begun.map((rings) => area([rings], {}))));
      this.#chart.getSource<GeoJSONSource>('marks')?.setData(collection(marks.flatMap((m) => (m.rings.length > 0 ? [area(m.rings, {})] : []))));
      this.#chart.getSource<GeoJSONSource>('spots')?.setData(collection(marks.map((m) => spot(m.at, {}))));
    });
  }

  /** The line that cuts: its corners can be dragged, and set between others. None: nothing is drawn. */
  line(points: readonly Pair[]) {
    const said = JSON.stringify(points);
    if (said === this.#drawn) return;
    this.#drawn = said;
    void this.#ready.then(() => {
      this.#clear();
      this.#draw.setMode('select');
      if (points.length < 2) return;
      const [added] = this.#draw.addFeatures([{ type: 'Feature', properties: { mode: 'linestring' }, geometry: { type: 'LineString', coordinates: points.map(([x, y]) => [rounded(x), rounded(y)]) } }]);
      if (added?.id !== undefined && added.valid) this.#draw.selectFeature(added.id);
    });
  }

  /** A mode lets go of what it holds before that is gone. */
  #clear() {
    this.#drawing = false;
    this.#draw.setMode('static');
    this.#draw.clear();
  }

  /** Lets a line be drawn corner by corner; its last corner is pressed again to end it. */
  draw() {
    void this.#ready.then(() => {
      this.#clear();
      this.#drawn = '[]';
      this.#drawing = true;
      this.#draw.setMode('linestring');
    });
  }

  /** Brings ground into sight, once for its key. */
  show(key: string, rings: readonly Ring[]) {
    if (rings.length === 0 || key === this.#shown) return;
    this.#shown = key;
    const b = boxOf(rings);
    void this.#ready.then(() => this.#chart.fitBounds(new LngLatBounds([b.west, b.south], [b.east, b.north]), { padding: 56, maxZoom: 17.5, animate: false }));
  }

  remove() {
    if (this.#draw.enabled) this.#draw.stop();
    this.#chart.remove();
  }
}

// What is drawn is refused with more of them.
const rounded = (degrees: number): number => Number(degrees.toFixed(decimals));
