import type { Role } from '../api/generated/graphql.ts';
import type { Text } from '../say/say.ts';

export type Screen = 'field' | 'desk' | 'dept' | 'wall' | 'admin' | 'codes';

/** The screens behind a sign-in, and who works at each. */
export const screens: Record<Screen, { name: Text; open: readonly Role[] }> = {
  field: { name: { zh: '网格通', en: 'Handheld' }, open: ['GRID_WORKER'] },
  desk: { name: { zh: '调度台', en: 'Dispatch desk' }, open: ['DISPATCHER', 'DUTY_LEAD'] },
  dept: { name: { zh: '处置端', en: 'Department inbox' }, open: ['DEPARTMENT_DESK', 'HANDLER'] },
  wall: { name: { zh: '一屏', en: 'City wall' }, open: ['SUPERVISOR', 'DUTY_LEAD', 'DISPATCHER'] },
  admin: { name: { zh: '管理', en: 'Administration' }, open: ['ADMIN'] },
  codes: { name: { zh: '场所码', en: 'Codes of premises' }, open: ['ADMIN', 'DISPATCHER', 'DUTY_LEAD'] },
};

/** The screens that somebody with these roles works at. */
export const screensOf = (held: readonly Role[]): { path: string; name: Text }[] =>
  Object.entries(screens).filter(([, s]) => s.open.some((r) => held.includes(r))).map(([path, s]) => ({ path: `/${path}`, name: s.name }));
