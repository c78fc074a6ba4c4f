import { Map as Chart } from 'maplibre-gl';
import { day, ground } from './ground.ts';

const city: [number, number] = [114.06, 22.57];

/** A small map with a cross in its middle: where the cross stands when the map has been moved is what is meant. */
export class PinMap {
  readonly #chart: Chart;
  #shown: [number, number] | undefined;

  constructor(box: HTMLElement, choose: (lon: number, lat: number) => void) {
    this.#chart = new Chart({ container: box, style: ground(day), center: city, zoom: 11, maxZoom: 18, minZoom: 8, attributionControl: false, dragRotate: false, pitchWithRotate: false });
    this.#chart.touchZoomRotate.disableRotation();
    const cross = document.createElement('div');
    cross.className = 'cross';
    cross.setAttribute('aria-hidden', 'true');
    box.append(cross);
    this.#chart.on('moveend', (e) => {
      if (!('originalEvent' in e) || !e.originalEvent) return; // moved by the page, not by a person
      const { lng, lat } = this.#chart.getCenter();
      this.#shown = [lng, lat];
      choose(lng, lat);
    });
  }

  /** Brings a place under the cross, as near as it is known. */
  show(lon: number, lat: number, accuracy: number) {
    if (this.#shown && this.#shown[0] === lon && this.#shown[1] === lat) return;
    this.#shown = [lon, lat];
    this.#chart.jumpTo({ center: [lon, lat], zoom: accuracy > 200 ? 14 : 15.5 });
  }

  remove() { this.#chart.remove(); }
}
