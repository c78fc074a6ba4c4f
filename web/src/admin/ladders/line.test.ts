import { expect, test } from 'vitest';
import { lineOf, offsetOf, seconds, shareOf, type Step } from './line.ts';

const step = (trigger: Partial<Step['trigger']>, more: Partial<Step> = {}): Step => ({
  clock: 'DISPOSE', action: 'REMIND', quiet: 'RESPECT', ackQuiet: null, repeat: null, audience: [], ...more, trigger: { percent: null, offset: null, event: null, ...trigger },
});
const hours = 3600;

test('an offset is read as the platform writes it, and written so that it reads it', () => {
  expect(['1h30m0s', '-2h0m0s', '45m'].map(seconds)).toEqual([5400, -7200, 2700]);
  expect(seconds(offsetOf(-5400))).toBe(-5400);
});

test('a share stands where it is, an offset by the limit that is drawn, an event nowhere', () => {
  expect(shareOf(step({ percent: 80 }), 8 * hours)).toBe(0.8);
  expect(shareOf(step({ offset: '-2h0m0s' }), 8 * hours)).toBe(0.75);
  expect(shareOf(step({ offset: '4h0m0s' }), 8 * hours)).toBe(1.5);
  expect(shareOf(step({ event: { occasion: 'RETURNED', count: 2 } }), 8 * hours)).toBeUndefined();
});

test('the axis reaches past the last step, and words that would overlap stand in lanes of their own', () => {
  const line = lineOf('DISPOSE', [step({ percent: 80 }), step({ percent: 100 }), step({ percent: 200 }), step({ percent: 50 }, { clock: 'ACCEPT' })], 8 * hours, 0.2);
  expect(line.end).toBeCloseTo(2.1);
  expect(line.limitAt).toBeCloseTo(1 / 2.1);
  expect(line.marks.map((m) => m.lane)).toEqual([0, 1, 0]);
  expect(line.lanes).toBe(2);
});

test('a step fires again until the next one is due', () => {
  const again = step({ percent: 100 }, { repeat: { percent: 25, offset: null, times: 9 } });
  const [first] = lineOf('DISPOSE', [again, step({ percent: 160 })], 8 * hours, 0.1).marks;
  expect(first?.again).toHaveLength(2); // 125 and 150 per cent
});

test('what happens by itself stands beside the axis', () => {
  const line = lineOf('DISPOSE', [step({ event: { occasion: 'RETURNED', count: 2 } })], 8 * hours, 0.2);
  expect([line.marks.length, line.events.length]).toEqual([0, 1]);
});
