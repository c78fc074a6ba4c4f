import { expect, test } from 'vitest';
import { blank, missing, pinned, reportOf } from './report.ts';

const place = pinned(114.06, 22.54);
const photo = { id: '019ac2a0-0000-7000-8000-000000000001', sha256: 'a'.repeat(64), bytes: new Blob(['x']), url: 'blob:x' };

test('a photo or a sentence, and a place, are all that is asked for', () => {
  expect(missing(blank)).toBe('words');
  expect(missing({ ...blank, text: '   ' })).toBe('words');
  expect(missing({ ...blank, text: '通道被堵' })).toBe('place');
  expect(missing({ ...blank, photos: [photo], position: place })).toBeUndefined();
});

test('what nobody filled in is not sent', () => {
  const { input } = reportOf('id', { ...blank, text: ' 通道被堵 ', position: place }, place);
  expect(input).toEqual({ id: 'id', text: '通道被堵', position: place, anonymous: true, photos: [] });
});

test('a report is anonymous even where the browser is signed in', () => {
  expect(reportOf('id', { ...blank, text: 'x', contact: { name: '陈', phone: '' } }, place).input).toMatchObject({ anonymous: true, contact: { name: '陈' } });
});
