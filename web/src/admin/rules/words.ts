import type { AdminRuleSetQuery, Weekday } from '../../api/generated/graphql.ts';
import { say, type Text } from '../../say/say.ts';
import { placeKind } from '../../work/places.ts';
import type { Names } from '../names.ts';

export type RuleSet = NonNullable<AdminRuleSetQuery['ruleSet']>;
export type Rule = Pick<RuleSet['rules'][number], 'code' | 'nameZh' | 'nameEn' | 'conditions' | 'outcome'>;
export type Conditions = Rule['conditions'];
export type Finding = RuleSet['findings'][number];

export const weekdays: [Weekday, Text][] = [
  ['MONDAY', { zh: '周一', en: 'Mon' }], ['TUESDAY', { zh: '周二', en: 'Tue' }], ['WEDNESDAY', { zh: '周三', en: 'Wed' }], ['THURSDAY', { zh: '周四', en: 'Thu' }],
  ['FRIDAY', { zh: '周五', en: 'Fri' }], ['SATURDAY', { zh: '周六', en: 'Sat' }], ['SUNDAY', { zh: '周日', en: 'Sun' }],
];

export const sources: Record<string, Text> = { clue: { zh: '上报', en: 'a report' }, inspection: { zh: '巡查', en: 'an inspection' } };

export const joined = (parts: string[]): string => parts.join(say({ zh: '、', en: ', ' }));

/** Daily hours, as they are said: those that end before they begin run over midnight. */
export function hours({ from, to }: { from: number; to: number }): string {
  return to < from ? say({ zh: `${from}:00 至次日 ${to}:00`, en: `${from}:00 to ${to}:00 the next day` }) : say({ zh: `${from}:00 至 ${to}:00`, en: `${from}:00 to ${to}:00` });
}

/** What a case has to meet, one phrase for each condition: all of them hold. None: the rule fits every case. */
export function inWords(c: Conditions, names: Names): string[] {
  const phrases: string[] = [];
  if (c.categories?.length) phrases.push(joined(c.categories.map(names.category)));
  if (typeof c.urgent === 'boolean') phrases.push(c.urgent ? say({ zh: '紧急', en: 'urgent' }) : say({ zh: '不紧急', en: 'not urgent' }));
  if (c.regions?.length) phrases.push(say({ zh: `在${joined(c.regions.map(names.region))}`, en: `in ${joined(c.regions.map(names.region))}` }));
  if (c.placeKinds?.length) phrases.push(say({ zh: `场所是${joined(c.placeKinds.map(placeKind))}`, en: `at a ${joined(c.placeKinds.map(placeKind))}` }));
  if (c.sources?.length) phrases.push(say({ zh: '来自', en: 'from ' }) + joined(c.sources.map((s) => say(sources[s] ?? { zh: s, en: s }))));
  if (c.hours) phrases.push(say({ zh: `立案时间 ${hours(c.hours)}`, en: `filed ${hours(c.hours)}` }));
  const days = c.weekdays;
  if (days?.length) phrases.push(joined(weekdays.filter(([d]) => days.includes(d)).map(([, name]) => say(name))));
  return phrases;
}

/** What an examination came upon, in the reader's language. */
export function found(f: Finding, names: Names): string {
  const known: Record<string, Text> = {
    RULE_UNREACHABLE: { zh: '永远轮不到：前面的规则已把它的案件都派走了。', en: 'It never fits: earlier rules take all of its cases.' },
    NO_RULE: { zh: `${names.category(f.category)}${f.region ? `（${names.region(f.region)}）` : ''}的一些案件没有规则可用，会等派遣员。`, en: `Some cases of ${names.category(f.category)}${f.region ? ` in ${names.region(f.region)}` : ''} meet no rule: they wait for a dispatcher.` },
    DESK_MISSING: { zh: `${names.region(f.region)}没有这个部门的收件台。`, en: `Nobody accepts for this department in ${names.region(f.region)}.` },
    DEPARTMENT_UNKNOWN: { zh: '没有这个部门。', en: 'There is no such department.' },
    LADDER_UNKNOWN: { zh: '没有这条升级梯。', en: 'There is no such ladder.' },
    CATEGORY_UNKNOWN: { zh: '没有这个类别。', en: 'There is no such category.' },
    REGION_UNKNOWN: { zh: '没有这个区域。', en: 'There is no such region.' },
    STANDARD_UNKNOWN: { zh: '这些类别都没有第几条这样的立案标准。', en: 'No category of the rule has a filing standard at this position.' },
    TOO_MANY_DISTINCTIONS: { zh: '区分太细，无法逐一检查。', en: 'The rules tell too many things apart to be examined.' },
  };
  const text = known[f.code];
  return text ? say(text) : f.says;
}

/** The index of the rule that a finding's path names: "rules[3].outcome" is about the fourth; undefined: about none alone. */
export function ruleOf(path: string): number | undefined {
  const index = /^rules\[(\d+)\]/u.exec(path)?.[1];
  return index === undefined ? undefined : Number(index);
}
