import type { GrantInput, Role } from '../../api/generated/graphql.ts';
import { roles } from '../../person/me.tsx';
import { named, say } from '../../say/say.ts';
import { useNames } from '../names.ts';
import { Picker } from '../Picker.tsx';
import { ofDepartment, staffRoles } from './words.ts';

/** What somebody is to be: a role, where, and for which department. */
export function GrantForm({ grant, change }: { grant: GrantInput; change: (grant: GrantInput) => void }) {
  const names = useNames();
  const turn = (role: Role) => change({ ...grant, role, department: ofDepartment(role) ? grant.department || (names.lists.departments[0]?.code ?? '') : '' });
  return (
    <>
      <label className="field"><span>{say({ zh: '岗位', en: 'Role' })}</span>
        <select className="input" value={grant.role} onChange={(e) => turn(e.target.value as Role)}>{staffRoles.map((r) => <option key={r} value={r}>{say(roles[r])}</option>)}</select></label>
      {ofDepartment(grant.role) && <label className="field"><span>{say({ zh: '部门', en: 'Department' })}</span>
        <select className="input" value={grant.department} onChange={(e) => change({ ...grant, department: e.target.value })}>{names.lists.departments.map((d) => <option key={d.code} value={d.code}>{named(d)}</option>)}</select></label>}
      <Picker label={say({ zh: '区域', en: 'Region' })} hint={say({ zh: '名称或代码', en: 'Name or code' })} values={grant.region === '' ? [] : [grant.region]} name={names.region}
        options={names.lists.regions.map((r) => ({ code: r.code, name: named(r) }))} change={(values) => change({ ...grant, region: values.at(-1) ?? '' })} />
    </>
  );
}
