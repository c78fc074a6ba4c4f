import { expect, test } from 'vitest';
import { alarms, cellOf, plea, stands } from './alarms.ts';
import { keyOf, type Shift } from './shift.ts';
import type { Held, Operation } from './store.ts';

const now = new Date().toISOString();
const square: Held = { kind: 'cell', id: '440304001001003', body: { shape: { coordinates: [[[114, 22], [114.001, 22], [114.001, 22.001], [114, 22.001], [114, 22]]] } } };
const op = (id: string, kind: Operation['kind'], state: Operation['state'], about?: string): Operation => ({ id, kind, state, about, capturedAt: now, body: '{}', signature: '', words: '', photos: [] });
const told = (id: string, more: object): Held => ({ kind: 'alarm', id, body: { kind: 'sos', state: 'raised', mine: false, person: '王芳', capturedAt: now, told: [], answers: [], ...more } });
const shift = (things: Held[], outbox: Operation[] = []): Shift => ({ owner: { person: 'p', name: '李雷', device: 'd', key: undefined as unknown as CryptoKey }, things: new Map(things.map((t) => [keyOf(t.kind, t.id), t])), outbox, pulled: undefined, badge: undefined, line: { reached: true, signedOut: false }, ready: true });

test('a call that has not left the device is there, and is not there twice once the platform tells of it', () => {
  const kept = alarms(shift([], [op('a', 'alarm.raise', 'kept')]));
  expect(kept.map((a) => [a.id, a.mine, a.sent])).toEqual([['a', true, false]]);
  const both = alarms(shift([told('a', { mine: true, told: ['王芳'] })], [op('a', 'alarm.raise', 'accepted')]));
  expect(both.map((a) => [a.id, a.told.length, a.sent])).toEqual([['a', 1, true]]);
});

test('what was ended here is over at once, and what the platform calls over is shown as such', () => {
  expect(alarms(shift([told('a', { mine: true })], [op('e', 'alarm.end', 'kept', 'a')]))).toEqual([]);
  expect(alarms(shift([], [op('a', 'alarm.raise', 'kept'), op('e', 'alarm.end', 'kept', 'a')]))).toEqual([]);
  expect(alarms(shift([told('a', { state: 'ended', outcome: 'safe' })])).map((a) => a.outcome)).toEqual(['safe']);
});

test('a timer runs from when it is begun here, also before the platform knows of it', () => {
  const kept = alarms(shift([], [op('t', 'timer.begin', 'kept')]));
  expect(kept.map((a) => [a.state, a.sent])).toEqual([['waiting', false]]);
  expect(alarms(shift([], [op('t', 'timer.begin', 'kept'), op('e', 'timer.end', 'kept', 't')]))).toEqual([]);
});

test('a colleague’s call stands until it is answered, and for as long as one is on the way', () => {
  const answer = (coming: boolean) => ({ answers: [{ name: '李雷', mine: true, coming, at: now }] });
  expect(alarms(shift([told('a', {}), told('b', answer(false)), told('c', answer(true)), told('d', { mine: true })])).filter(stands).map((a) => a.id)).toEqual(['a', 'c']);
});

test('the text names the cell and the place, and says so when neither is known', () => {
  const here = { lon: 114.0005, lat: 22.0005, accuracy: 12.4, at: now }, at = new Date(2026, 0, 1, 14, 5);
  expect(cellOf(shift([square]), here)).toBe('440304001001003');
  expect(cellOf(shift([square]), { ...here, lon: 114.0015 })).toBeUndefined();
  expect(plea(shift([square]), here, 'zh', at)).toMatch(/李雷.*440304001001003.*22\.00050,114\.00050 \(WGS84 ±12 m\).*14:05/u);
  expect(plea(shift([]), undefined, 'en', at)).toMatch(/place unknown/u);
});
