import type { Text } from '../say/say.ts';
import type { Hindrance } from '../api/generated/graphql.ts';

/** Why a task could not be done, in the words of whoever gave it back. */
export const hindrances: Record<Hindrance, Text> = {
  NOBODY_THERE: { zh: '没有人在', en: 'Nobody is there' }, REFUSED_ENTRY: { zh: '不让进', en: 'Entry is refused' }, CLOSED_DOWN: { zh: '已关停或搬走', en: 'It has closed down or moved' },
  UNSAFE: { zh: '现场不安全', en: 'It is not safe' }, NOT_MINE: { zh: '不属于我的网格', en: 'It is not of my grid' }, NO_TIME: { zh: '来不及', en: 'There is no time' }, OTHER: { zh: '其他', en: 'Something else' },
};
