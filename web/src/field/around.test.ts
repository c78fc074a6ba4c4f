import { expect, test } from 'vitest';
import { around } from './around.ts';

const named = (category: unknown) => (category === 'X-101' ? '堵塞通道' : '');
const point = (lon: number, lat: number) => ({ type: 'Point', coordinates: [lon, lat] });
const square = { type: 'Polygon', coordinates: [[[114, 22], [114.1, 22], [114.1, 22.1], [114, 22]]] };

test('the ground is what the handheld was told of, each thing where it stands', () => {
  const found = around([
    { kind: 'cell', id: '440304001001002', body: { held: false, shape: square } },
    { kind: 'cell', id: '440304001001001', body: { held: true, shape: square } },
    { kind: 'premises', id: 'P1', body: { name: '老王便利店', risk: 'red', point: point(114.05, 22.05), address: { code: '1', text: '科苑路15号' } } },
    { kind: 'hazard', id: 'h', body: { category: 'X-101', urgent: true, point: point(114.06, 22.06) } },
    { kind: 'message', id: 'm', body: {} },
  ], named);
  expect(found.plots.map((p) => [p.code, p.held])).toEqual([['440304001001001', true], ['440304001001002', false]]);
  expect(found.places.map((p) => [p.kind, p.name, p.text, p.mark, p.lon])).toEqual([
    ['premises', '老王便利店', '科苑路15号', 'red', 114.05], ['hazard', '堵塞通道', '', 'urgent', 114.06]]);
});

test('what has no place is not on the map', () => {
  expect(around([{ kind: 'premises', id: 'P1', body: { name: '无址' } }, { kind: 'cell', id: 'c', body: {} }], named)).toEqual({ plots: [], places: [] });
});
