import { createContext, use } from 'react';
import type { MeFragment, Role } from '../api/generated/graphql.ts';
import { named, say, type Text } from '../say/say.ts';

export type Grant = MeFragment['grants'][number];

/** Who works here, and as what: somebody with several grants chooses one. */
export type Hat = { me: MeFragment; grant: Grant; hats: Grant[]; wear: (grant: Grant) => void; signOut: () => void };

export const HatContext = createContext<Hat | undefined>(undefined);

/** The person at this page. Only pages behind the gate ask. */
export function useHat(): Hat {
  const hat = use(HatContext);
  if (!hat) throw new Error('a page without its gate');
  return hat;
}

export const roles: Record<Role, Text> = {
  VOLUNTEER: { zh: '志愿者', en: 'Volunteer' }, GRID_WORKER: { zh: '网格员', en: 'Grid worker' }, DISPATCHER: { zh: '街道派遣员', en: 'Dispatcher' },
  DUTY_LEAD: { zh: '值班长', en: 'Duty lead' }, DEPARTMENT_DESK: { zh: '部门收件台', en: 'Department desk' }, HANDLER: { zh: '处置人员', en: 'Handler' },
  SUPERVISOR: { zh: '督查', en: 'Supervisor' }, ADMIN: { zh: '管理员', en: 'Administrator' }, INTEGRATION: { zh: '对接系统', en: 'Integration' },
};

/** Such as "Nanyuan Subdistrict · Dispatcher". */
export const hatName = (g: Grant): string =>
  [named(g.region), ...(g.department ? [named(g.department)] : []), say(roles[g.role])].join(' · ');
