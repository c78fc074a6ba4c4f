import type { AdminQuestionFragment as Question, ItemKind, Severity } from '../../api/generated/graphql.ts';
import { named, say, type Text } from '../../say/say.ts';

export const kinds: Record<ItemKind, Text> = {
  PASS_FAIL: { zh: '合格 / 不合格', en: 'pass / fail' }, NUMBER: { zh: '数字', en: 'number' }, TEXT: { zh: '文字', en: 'words' }, CHOICE: { zh: '单选', en: 'one choice' }, CHOICES: { zh: '多选', en: 'several choices' },
  PHOTO: { zh: '照片', en: 'photo' }, SIGNATURE: { zh: '签名', en: 'signature' }, LOCATION: { zh: '定位', en: 'position' }, NOTE: { zh: '说明（不用答）', en: 'words to read' },
};

export const severities: Record<Severity, Text> = { GENERAL: { zh: '一般隐患', en: 'minor finding' }, MAJOR: { zh: '重大隐患', en: 'major finding' } };

/** The question itself. */
export const asked = (q: { questionZh: string; questionEn: string }): string => say({ zh: q.questionZh, en: q.questionEn });

/** A condition as the form has it, with the questions in the place of their codes. */
export const onlyIf = (condition: string, questions: readonly { code: string; questionZh: string; questionEn: string }[]): string =>
  condition.replaceAll(/\$\{([^}]+)\}/gu, (whole, code: string) => { const q = questions.find((one) => one.code === code); return q ? say({ zh: `「${q.questionZh}」`, en: `"${q.questionEn}"` }) : whole; });

const between = (least: number | null, most: number | null, unit: string): string =>
  least !== null && most !== null ? `${least}–${most}${unit}` : least !== null ? `≥ ${least}${unit}` : most !== null ? `≤ ${most}${unit}` : '';

/** What answers are taken, such as "one choice", "number, people, 1–200". */
export function answered(q: Question): string {
  const unit = say({ zh: q.unitZh, en: q.unitEn });
  const parts = [say(kinds[q.kind])];
  if (unit) parts.push(unit);
  if (q.whole) parts.push(say({ zh: '整数', en: 'whole' }));
  const bounds = between(q.least, q.most, '');
  if (bounds) parts.push(bounds);
  if (q.optional) parts.push(say({ zh: '可不答', en: 'may be left out' }));
  return parts.join(say({ zh: '，', en: ', ' }));
}

/** What fails, where something can. */
export function fails(q: Question): string {
  const unit = say({ zh: q.unitZh, en: q.unitEn });
  if (q.min !== null || q.max !== null) return [q.min === null ? '' : `< ${q.min}${unit && ` ${unit}`}`, q.max === null ? '' : `> ${q.max}${unit && ` ${unit}`}`].filter(Boolean).join(say({ zh: ' 或 ', en: ' or ' }));
  const wrong = q.choices.filter((c) => c.fails).map(named);
  if (wrong.length > 0) return wrong.join(say({ zh: '、', en: ', ' }));
  return q.kind === 'PASS_FAIL' && q.category ? say({ zh: '不合格', en: 'fail' }) : '';
}

/** Points, such as "10", "0–5", "10 × 1.5". */
export function points(q: Question): string {
  const given = q.choices.flatMap((c) => (c.points === null ? [] : [c.points]));
  const own = q.points !== null ? `${q.points}` : given.length > 0 ? `${Math.min(...given)}–${Math.max(...given)}` : '';
  return own && q.weight !== null ? `${own} × ${q.weight}` : own;
}
