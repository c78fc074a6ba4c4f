import type { Risk } from '../api/generated/graphql.ts';
import { say, type Text } from '../say/say.ts';

const kinds: Record<string, Text> = {
  school: { zh: '学校', en: 'school' }, construction_site: { zh: '工地', en: 'construction site' }, restaurant: { zh: '餐饮', en: 'restaurant' },
  rental_block: { zh: '出租楼', en: 'rental block' }, shop: { zh: '商铺', en: 'shop' }, workshop: { zh: '厂房', en: 'workshop' },
};

/** The kinds that have a name here; the platform knows others by their word. */
export const placeKinds = Object.keys(kinds);

/** A kind of places, such as school. */
export const placeKind = (kind: string): string => { const known = kinds[kind]; return known ? say(known) : kind; };

/** Grades of premises. */
export const risks: Record<Risk, Text> = { RED: { zh: '红', en: 'red' }, ORANGE: { zh: '橙', en: 'orange' }, YELLOW: { zh: '黄', en: 'yellow' }, BLUE: { zh: '蓝', en: 'blue' } };
