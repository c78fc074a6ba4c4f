import type { Role } from '../../api/generated/graphql.ts';
import { roles } from '../../person/me.tsx';
import { named, say } from '../../say/say.ts';

/** What administrators may make somebody. */
export const staffRoles: readonly Role[] = ['GRID_WORKER', 'DISPATCHER', 'DUTY_LEAD', 'DEPARTMENT_DESK', 'HANDLER', 'SUPERVISOR', 'ADMIN'];

/** Whether a role belongs to a department. */
export const ofDepartment = (role: Role): boolean => role === 'DEPARTMENT_DESK' || role === 'HANDLER';

type Thing = { nameZh: string; nameEn: string };

/** Such as "Handler · Fire · Nanyuan Subdistrict". */
export const granted = (g: { role: Role; region: Thing | null; department: Thing | null }): string =>
  [say(roles[g.role]), ...(g.department ? [named(g.department)] : []), ...(g.region ? [named(g.region)] : [])].join(' · ');
