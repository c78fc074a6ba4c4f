import { expect, test } from 'vitest';
import recorded from '../../../domain/inspection/testdata/forms.json?raw';
import { amiss, asked, outcomeOf, scoreOf, type Answer, type Band, type Item, type Score } from './form.ts';

type Case = { items: Item[]; bands: Band[] | null; answers: (Answer & { item: string })[] | null; asked: string[]; score: Score | null };

test('a handheld asks what the server asks, and comes to the same points', () => {
  const cases = JSON.parse(recorded) as Case[];
  expect(cases.length).toBeGreaterThan(100);
  for (const [n, c] of cases.entries()) {
    const answers = Object.fromEntries((c.answers ?? []).map(({ item, ...answer }) => [item, answer]));
    expect(asked(c.items, answers).map((i) => i.code), `case ${n}`).toEqual(c.asked);
    expect(scoreOf({ items: c.items, bands: c.bands ?? [] }, answers) ?? null, `case ${n}`).toEqual(c.score);
  }
});

const item = (more: Partial<Item>): Item => ({ code: 'q', questionZh: '问', questionEn: 'Q', kind: 'text', ...more });

test('an item comes out by what was answered', () => {
  const choices = [{ code: 'a', nameZh: '甲', nameEn: 'A' }, { code: 'b', nameZh: '乙', nameEn: 'B', fails: true }];
  expect(outcomeOf(item({ kind: 'choices', choices }), { choices: ['a'] })).toBe('pass');
  expect(outcomeOf(item({ kind: 'choices', choices }), { choices: ['a', 'b'] })).toBe('fail');
  expect(outcomeOf(item({ kind: 'choices', choices }), { choices: [] })).toBeUndefined();
  expect(outcomeOf(item({ kind: 'number', min: 2 }), { number: 1 })).toBe('fail');
  expect(outcomeOf(item({ kind: 'location' }), {})).toBeUndefined();
});

test('what the server would refuse is said on the spot', () => {
  expect(amiss(item({}), {})).toBe('missing');
  expect(amiss(item({ optional: true }), {})).toBeUndefined();
  expect(amiss(item({ most: 2 }), { text: '一二三' })).toBe('high');
  expect(amiss(item({ kind: 'number', whole: true }), { number: 1.5 })).toBe('fraction');
  expect(amiss(item({ kind: 'number', least: 1 }), { number: 0 })).toBe('low');
  expect(amiss(item({ kind: 'note' }), {})).toBeUndefined();
  expect(amiss(item({ kind: 'signature' }), { outcome: 'not_applicable' })).toBeUndefined();
});
