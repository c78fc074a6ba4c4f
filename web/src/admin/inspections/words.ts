import type { CampaignState, PlanUnit, Risk, UnreachedReason } from '../../api/generated/graphql.ts';
import { say, type Text } from '../../say/say.ts';
import { placeKind, risks } from '../../work/places.ts';

export const states: Record<CampaignState, Text> = { GENERATING: { zh: '正在分派', en: 'Being dealt out' }, RUNNING: { zh: '进行中', en: 'Running' }, ENDING: { zh: '正在收尾', en: 'Being closed' }, CLOSED: { zh: '已结束', en: 'Over' } };

export const reasons: Record<UnreachedReason, Text> = {
  NOBODY_THERE: { zh: '没有人', en: 'nobody there' }, REFUSED_ENTRY: { zh: '拒绝入内', en: 'entry refused' }, CLOSED_DOWN: { zh: '已关停或不存在', en: 'closed down' }, UNSAFE: { zh: '不安全', en: 'not safe' },
  NOT_MINE: { zh: '不属本网格', en: 'not their grid' }, NO_TIME: { zh: '来不及', en: 'no time' }, OTHER: { zh: '其他', en: 'other' }, UNASSIGNED: { zh: '无人领', en: 'nobody had it' }, NOT_DONE: { zh: '未做', en: 'not done' },
};

/** What periods are made of. */
export const units: Record<PlanUnit, Text> = { DAY: { zh: '天', en: 'days' }, WEEK: { zh: '周', en: 'weeks' }, MONTH: { zh: '个月', en: 'months' } };

/** What is visited, such as "premises: restaurant, grade red". */
export const visited = (c: { places: 'CELLS' | 'PREMISES'; kind: string | null; risk?: Risk | null }): string =>
  c.places === 'CELLS' ? say({ zh: '每个网格', en: 'every cell' })
    : say({ zh: `场所${c.kind ? `：${placeKind(c.kind)}` : ''}${c.risk ? `，${risks[c.risk].zh}级` : ''}`, en: `premises${c.kind ? `: ${placeKind(c.kind)}` : ''}${c.risk ? `, grade ${risks[c.risk].en}` : ''}` });

const each: Record<PlanUnit, Text> = { DAY: { zh: '每天', en: 'every day' }, WEEK: { zh: '每周', en: 'every week' }, MONTH: { zh: '每月', en: 'every month' } };

/** How often places of a grade are visited. */
export const rhythm = (r: { risk: Risk | null; every: number; unit: PlanUnit }): string => {
  const often = r.every === 1 ? each[r.unit] : { zh: `每 ${r.every} ${units[r.unit].zh}`, en: `every ${r.every} ${units[r.unit].en}` };
  return say({ zh: `${r.risk ? `${risks[r.risk].zh}级` : ''}${often.zh}`, en: `${r.risk ? `${risks[r.risk].en}: ` : ''}${often.en}` });
};
