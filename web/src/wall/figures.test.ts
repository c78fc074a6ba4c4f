import { beforeAll, expect, test, vi } from 'vitest';

beforeAll(() => {
  vi.stubGlobal('localStorage', { getItem: () => 'zh', setItem: () => {} });
  vi.stubGlobal('document', { documentElement: {} });
});

test('what cannot be divided is a dash, not nought per cent', async () => {
  const { valueOf } = await import('./figures.ts');
  const measure = { key: 'x', nameZh: '', nameEn: '', unit: 'RATIO' as const, higherBetter: true, formula: '', source: '' };
  expect(valueOf({ value: null, measure })).toBe('–');
  expect(valueOf({ value: 0, measure })).toBe('0.0%');
  expect(valueOf({ value: 0.9876, measure })).toBe('98.8%');
  expect(valueOf({ value: 5400, measure: { ...measure, unit: 'SECOND' } })).toBe('1 小时 30 分');
});
