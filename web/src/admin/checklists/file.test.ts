import { expect, it } from 'vitest';
import { base64, most } from './file.ts';

it('carries bytes of any length as they are', () => {
  const bytes = Uint8Array.from({ length: 20_001 }, (_, i) => (i * 31) % 256);
  expect(Uint8Array.from(atob(base64(bytes)), (c) => c.charCodeAt(0))).toEqual(bytes);
  expect(base64(new Uint8Array())).toBe('');
});

it('keeps the largest form below what a request may have', () => {
  expect(base64(new Uint8Array(most)).length).toBeLessThan(256 * 1024 - 8 * 1024);
});
