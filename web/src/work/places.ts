import type { Risk } from '../api/generated/graphql.ts';
import { say, type Text } from '../say/say.ts';

const kinds: Record<string, Text> = {
  school: { zh: '学校', en: 'school' }, construction_site: { zh: '工地', en: 'construction site' }, restaurant: { zh: '餐饮', en: 'restaurant' },
  rental_block: { zh: '出租楼', en: 'rental block' }, shop: { zh: '商铺', en: 'shop' }, workshop: { zh: '厂房', en: 'workshop' },
};

/** The kinds that have a name here; the platform knows others by their word. */
export const placeKinds = Object.keys(kinds);

// Registers of premises name their kinds by their own words.
const registered: Record<string, Text> = {
  餐饮: { zh: '餐饮', en: 'restaurants' }, 零售: { zh: '零售', en: 'shops' }, 住宿: { zh: '住宿', en: 'lodgings' }, 生产加工: { zh: '生产加工', en: 'workshops' }, 文化娱乐: { zh: '文化娱乐', en: 'amusement' },
  教育: { zh: '教育', en: 'education' }, 医疗养老: { zh: '医疗养老', en: 'health and care' }, 物流仓储: { zh: '物流仓储', en: 'warehouses' }, 出租屋: { zh: '出租屋', en: 'rented homes' }, 建设工地: { zh: '建设工地', en: 'building sites' },
};

/** The words that premises are registered by, as far as they are known here. */
export const premisesKinds = Object.keys(registered);

/** A kind of places, such as school. */
export const placeKind = (kind: string): string => { const known = kinds[kind] ?? registered[kind]; return known ? say(known) : kind; };

/** Grades of premises. */
export const risks: Record<Risk, Text> = { RED: { zh: '红', en: 'red' }, ORANGE: { zh: '橙', en: 'orange' }, YELLOW: { zh: '黄', en: 'yellow' }, BLUE: { zh: '蓝', en: 'blue' } };
