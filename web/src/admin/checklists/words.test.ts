import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { AdminQuestionFragment as Question } from '../../api/generated/graphql.ts';

const load = async () => import('./words.ts');
let words: Awaited<ReturnType<typeof load>>;

beforeAll(async () => {
  vi.stubGlobal('localStorage', { getItem: () => 'en', setItem: () => {} });
  vi.stubGlobal('document', { documentElement: {} });
  words = await load();
});

const question = (of: Partial<Question>): Question => ({
  code: 'q', questionZh: '问', questionEn: 'Q', hintZh: '', hintEn: '', kind: 'PASS_FAIL', condition: '', optional: false, whole: false, least: null, most: null, unitZh: '', unitEn: '',
  min: null, max: null, category: '', severity: null, legalBasis: '', points: null, weight: null, critical: false, choices: [], ...of,
});
const choice = (code: string, wrong: boolean, worth: number | null) => ({ code, nameZh: code, nameEn: code, fails: wrong, points: worth });

describe('what a checklist asks, in words', () => {
  it('names the questions of a condition, and leaves what it does not know', () => {
    expect(words.onlyIf("selected(${lodging}, 'mixed') and ${gone} = 1", [{ code: 'lodging', questionZh: '住人', questionEn: 'Who sleeps here' }])).toBe('selected("Who sleeps here", \'mixed\') and ${gone} = 1');
  });
  it('says what answers are taken', () => {
    expect(words.answered(question({ kind: 'NUMBER', unitEn: 'people', whole: true, least: 1, most: 200 }))).toBe('number, people, whole, 1–200');
    expect(words.answered(question({ kind: 'TEXT', most: 500, optional: true }))).toBe('words, ≤ 500, may be left out');
  });
  it('says what fails', () => {
    expect(words.fails(question({ kind: 'NUMBER', min: 2, unitEn: 'pieces' }))).toBe('< 2 pieces');
    expect(words.fails(question({ kind: 'CHOICE', choices: [choice('none', false, 5), choice('mixed', true, 0)] }))).toBe('mixed');
    expect(words.fails(question({ category: '2102' }))).toBe('fail');
    expect(words.fails(question({}))).toBe('');
  });
  it('counts points, those of choices and their weight', () => {
    expect(words.points(question({ points: 10, weight: 1.5 }))).toBe('10 × 1.5');
    expect(words.points(question({ choices: [choice('a', false, 5), choice('b', false, 0)] }))).toBe('0–5');
    expect(words.points(question({}))).toBe('');
  });
});
