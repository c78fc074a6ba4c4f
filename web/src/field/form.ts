import type { Shipment } from '../api/upload.ts';

export type Outcome = 'pass' | 'fail' | 'not_applicable';
export type Test = 'answered' | 'outcome' | 'is' | 'equal' | 'below' | 'at_most' | 'above' | 'at_least';
/** When an item is asked: one of all, any, not, and a test of an earlier item. */
export type Condition = { all?: Condition[]; any?: Condition[]; not?: Condition; item?: string; test?: Test; value?: string; number?: number };
export type Choice = { code: string; nameZh: string; nameEn: string; fails?: boolean; points?: number };
export type Kind = 'pass_fail' | 'number' | 'text' | 'choice' | 'photo' | 'choices' | 'signature' | 'location' | 'note';
export type Item = {
  code: string; questionZh: string; questionEn: string; hintZh?: string; hintEn?: string; kind: Kind; condition?: Condition; optional?: boolean;
  unitZh?: string; unitEn?: string; whole?: boolean; min?: number; max?: number; least?: number; most?: number; choices?: Choice[];
  category?: string; legalBasis?: string; points?: number; weight?: number; critical?: boolean;
};
export type Band = { code: string; nameZh: string; nameEn: string; from: number };
export type Form = { items: Item[]; bands?: Band[] };
export type Position = { lon: number; lat: number; accuracy: number; datum: string; source: string; mocked: boolean; capturedAt: string };
/** What was answered so far. Pictures wait here with their bytes. */
export type Answer = { outcome?: Outcome | undefined; number?: number | undefined; text?: string | undefined; choices?: string[]; location?: Position | undefined;
  photos?: Shipment[]; signature?: Shipment | undefined; note?: string; fixed?: boolean };
export type Answers = Readonly<Record<string, Answer>>;

/** What an item comes to: a number out of its bounds and a choice that says so fail by themselves. */
export function outcomeOf(item: Item, a: Answer): Outcome | undefined {
  if (a.outcome) return a.outcome;
  const chosen = item.choices?.filter((c) => c.code === a.text || a.choices?.includes(c.code)) ?? [];
  if (item.kind === 'number' && a.number !== undefined) return (item.min !== undefined && a.number < item.min) || (item.max !== undefined && a.number > item.max) ? 'fail' : 'pass';
  if ((item.kind === 'choice' || item.kind === 'choices') && chosen.length > 0) return chosen.some((c) => c.fails) ? 'fail' : 'pass';
  const there = (item.kind === 'text' && a.text?.trim()) || (item.kind === 'photo' && a.photos?.length) || (item.kind === 'signature' && a.signature) || (item.kind === 'location' && a.location);
  return there ? 'pass' : undefined;
}

/** The items that are asked, given these answers. Going in order, only what was itself asked speaks for what follows. It has to come to
 * the same as asked in domain/inspection/condition.go. */
export function asked(items: readonly Item[], answers: Answers): Item[] {
  const seen = new Map<string, { item: Item; answer: Answer; outcome: Outcome }>();
  return items.filter((item) => {
    if (item.condition && !holds(item.condition)) return false;
    const answer = answers[item.code] ?? {}, outcome = outcomeOf(item, answer);
    if (outcome) seen.set(item.code, { item, answer, outcome });
    return true;
  });

  function holds(c: Condition): boolean {
    if (c.all?.length) return c.all.every(holds);
    if (c.any?.length) return c.any.some(holds);
    if (c.not) return !holds(c.not);
    const given = seen.get(c.item ?? '');
    return given !== undefined && passes(c, given.answer, given.outcome);
  }
}

function passes(c: Condition, a: Answer, outcome: Outcome): boolean {
  if (c.test === 'outcome') return outcome === c.value;
  if (outcome === 'not_applicable') return false;
  if (c.test === 'answered') return true;
  if (c.test === 'is') return (a.text ?? '').trim() === c.value || (c.value !== undefined && (a.choices?.includes(c.value) ?? false));
  return a.number !== undefined && c.number !== undefined && compares(c.test, a.number, c.number);
}

function compares(test: Test | undefined, a: number, b: number): boolean {
  switch (test) {
    case 'equal': return a === b;
    case 'below': return a < b;
    case 'at_most': return a <= b;
    case 'above': return a > b;
    case 'at_least': return a >= b;
    default: return false;
  }
}

export type Score = { earned: number; possible: number; critical: boolean; grade: string };

/** What the answers come to; undefined where the form has no points. As score in domain/inspection/score.go, to the bit. */
export function scoreOf(form: Form, answers: Answers): Score | undefined {
  const scores = (i: Item) => i.points !== undefined || (i.choices?.some((c) => c.points !== undefined) ?? false);
  if (!form.items.some((i) => scores(i) || i.critical)) return undefined;
  const score = { earned: 0, possible: 0, critical: false, grade: '' };
  for (const item of asked(form.items, answers)) {
    const answer = answers[item.code], outcome = answer && outcomeOf(item, answer);
    if (!answer || !outcome || outcome === 'not_applicable') continue;
    const weight = item.weight ?? 1;
    score.earned += weight * earned(item, answer, outcome);
    score.possible += weight * possible(item);
    score.critical ||= (item.critical ?? false) && outcome === 'fail';
  }
  return { ...score, grade: gradeOf(form.bands ?? [], score) };
}

function earned(item: Item, a: Answer, outcome: Outcome): number {
  let points = item.points !== undefined && outcome === 'pass' ? item.points : 0;
  for (const c of item.choices ?? []) if (c.points !== undefined && (a.text === c.code || a.choices?.includes(c.code))) points += c.points;
  return points;
}

function possible(item: Item): number {
  if (item.points !== undefined) return item.points;
  if (item.kind !== 'choice' && item.kind !== 'choices') return 0;
  const worth = (item.choices ?? []).map((c) => c.points ?? 0).toSorted((a, b) => b - a);
  const most = item.kind === 'choice' ? 1 : item.most ?? worth.length;
  return worth.slice(0, most).reduce((sum, p, n) => (n < (item.least ?? 1) || p > 0 ? sum + p : sum), 0);
}

function gradeOf(bands: readonly Band[], s: Omit<Score, 'grade'>): string {
  if (bands.length === 0 || (s.possible === 0 && !s.critical)) return '';
  const reached = s.critical ? undefined : bands.find((b) => 100 * s.earned >= b.from * s.possible);
  return (reached ?? bands.at(-1))?.code ?? '';
}

/** What is still wrong with an answer: it is missing, or not what is taken. */
export function amiss(item: Item, a: Answer): 'missing' | 'fraction' | 'low' | 'high' | undefined {
  const outcome = outcomeOf(item, a);
  if (item.kind === 'note') return undefined;
  if (!outcome) return item.optional ? undefined : 'missing';
  if (outcome === 'not_applicable') return undefined;
  const size = item.kind === 'number' ? a.number : item.kind === 'text' ? [...(a.text ?? '').trim()].length : item.kind === 'choices' ? a.choices?.length : item.kind === 'photo' ? a.photos?.length : undefined;
  if (size === undefined) return undefined;
  if (item.whole && !Number.isInteger(size)) return 'fraction';
  if (item.least !== undefined && size < item.least) return 'low';
  return item.most !== undefined && size > item.most ? 'high' : undefined;
}
