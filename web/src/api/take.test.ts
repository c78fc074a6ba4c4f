import { expect, test } from 'vitest';
import { nameOf } from './take.ts';

test('a file keeps the name that the server gives it', () => {
  expect(nameOf("attachment; filename*=UTF-8''%E6%A1%88%E4%BB%B6%E5%8F%B0%E8%B4%A6%202026-11-28.xlsx")).toBe('案件台账 2026-11-28.xlsx');
  expect(nameOf(null)).toBe('');
});
