import { beforeAll, expect, test, vi } from 'vitest';
import type { Names } from '../names.ts';
import type { Conditions, Finding } from './words.ts';

const none: Conditions = { categories: null, urgent: null, regions: null, placeKinds: null, sources: null, hours: null, weekdays: null };
const names = { category: (c: string) => `${c} 消防`, department: (c: string) => c, ladder: (c: string) => c, region: (c: string) => (c === '440304001' ? '南园街道' : c) } as Names;
const load = async () => import('./words.ts');
let words: Awaited<ReturnType<typeof load>>;

beforeAll(async () => {
  vi.stubGlobal('localStorage', { getItem: () => 'zh', setItem: () => {} });
  vi.stubGlobal('document', { documentElement: {} });
  words = await load();
});

test('conditions are one phrase each, in the order of the form', () => {
  const said = words.inWords({ ...none, categories: ['21'], urgent: false, regions: ['440304001'], sources: ['inspection'], hours: { from: 22, to: 6 }, weekdays: ['SUNDAY', 'MONDAY'] }, names);
  expect(said).toEqual(['21 消防', '不紧急', '在南园街道', '来自巡查', '立案时间 22:00 至次日 6:00', '周一、周日']);
});

test('a rule without conditions says nothing, since it fits every case', () => {
  expect(words.inWords({ ...none, categories: [], weekdays: [] }, names)).toEqual([]);
});

test('hours that end at midnight do not run over it', () => {
  expect(words.hours({ from: 8, to: 24 })).toBe('8:00 至 24:00');
});

test('a finding stands at the rule that its path names', () => {
  expect(words.ruleOf('rules[12].outcome.department')).toBe(12);
  expect(words.ruleOf('rules')).toBeUndefined();
});

test('a finding that has no words of its own is told as the platform says it', () => {
  const finding: Finding = { severity: 'WARNING' as Finding['severity'], code: 'NEW_KIND', rule: '', path: 'rules', category: '', region: '', says: 'plain English' };
  expect(words.found(finding, names)).toBe('plain English');
});
