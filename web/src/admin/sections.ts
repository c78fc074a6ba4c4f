import type { ComponentType } from 'react';
import type { Text } from '../say/say.ts';
import { Audit } from './audit/Audit.tsx';
import { Calendar } from './calendar/Calendar.tsx';
import { Checklists } from './checklists/Checklists.tsx';
import { Imports } from './imports/Imports.tsx';
import { Inspections } from './inspections/Inspections.tsx';
import { Ladders } from './ladders/Ladders.tsx';
import { Cells } from './cells/Cells.tsx';
import { People } from './people/People.tsx';
import { Rules } from './rules/Rules.tsx';
import { Standards } from './standards/Standards.tsx';

/** A part of the page: its key is the first part of the address, and what follows is its own. */
export type Section = { key: string; name: Text; about: Text; Page: ComponentType<{ at: string[] }> };

/** What administrators look after, in the order of the navigation. */
export const sections: readonly Section[] = [
  { key: 'rules', name: { zh: '派遣规则', en: 'Routing rules' }, about: { zh: '案件去哪个部门', en: 'which department a case goes to' }, Page: Rules },
  { key: 'calendar', name: { zh: '工作日历', en: 'Working calendar' }, about: { zh: '哪天上班，时限怎么走', en: 'which days count' }, Page: Calendar },
  { key: 'ladders', name: { zh: '升级梯', en: 'Ladders' }, about: { zh: '没动静时催谁', en: 'who is pressed when nothing happens' }, Page: Ladders },
  { key: 'standards', name: { zh: '立结案标准', en: 'Filing standards' }, about: { zh: '什么算案件，多久办完', en: 'what is a case, and by when' }, Page: Standards },
  { key: 'inspections', name: { zh: '巡查与排查', en: 'Inspections' }, about: { zh: '计划、专项、进度', en: 'plans, campaigns, progress' }, Page: Inspections },
  { key: 'checklists', name: { zh: '检查表', en: 'Checklists' }, about: { zh: '现场问什么，凭什么', en: 'what is asked on the spot' }, Page: Checklists },
  { key: 'cells', name: { zh: '单元网格', en: 'Cells' }, about: { zh: '拆分、合并、改边界', en: 'split, merged, reshaped' }, Page: Cells },
  { key: 'people', name: { zh: '人员', en: 'People' }, about: { zh: '岗位、排班、责任网格', en: 'roles, shifts, duty grids' }, Page: People },
  { key: 'imports', name: { zh: '导入', en: 'Imports' }, about: { zh: '其他单位的文件', en: 'files of other offices' }, Page: Imports },
  { key: 'audit', name: { zh: '审计日志', en: 'Audit log' }, about: { zh: '谁做了什么', en: 'who did what' }, Page: Audit },
];
