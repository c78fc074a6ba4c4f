import { expect, test } from 'vitest';
import { byMajor, found, type Category } from './found.ts';

const category = (code: string, nameZh: string, department: string): Category => ({
  code, kind: 'EVENT', nameZh, nameEn: nameZh, majorZh: '大类', majorEn: 'Major',
  standards: [{ id: code, position: 1, conditionZh: '堵塞', conditionEn: 'blocked', limit: { number: 4, unit: 'URGENT_HOUR' }, closingZh: '', closingEn: '', department: { code: department, nameZh: department, nameEn: department }, legalBasis: '消防法', urgent: true }],
});
const all = [category('2101', '疏散通道', 'fire'), category('2102', '消防车通道', 'fire'), category('0201', '暴露垃圾', 'urban')];

test('digits are the beginning of a code, words are looked for everywhere, and all have to be there', () => {
  expect(found(all, '21', '').map((c) => c.code)).toEqual(['2101', '2102']);
  expect(found(all, '01', '')).toEqual([]);
  expect(found(all, 'Blocked 车', '').map((c) => c.code)).toEqual(['2102']);
  expect(found(all, '', 'urban').map((c) => c.code)).toEqual(['0201']);
});

test('categories stand under their major one', () => {
  expect(byMajor(all).map(([major, list]) => [major, list.length])).toEqual([['21', 2], ['02', 1]]);
});
