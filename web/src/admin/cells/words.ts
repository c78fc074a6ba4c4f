import type { CellEditState, CellWork } from '../../api/generated/graphql.ts';
import { say, type Text } from '../../say/say.ts';

export const works: Record<CellWork, Text> = {
  ADDRESS: { zh: '楼栋房屋', en: 'addresses' }, PREMISES: { zh: '场所', en: 'premises' }, COMPONENT: { zh: '部件', en: 'components' },
  CLUE: { zh: '待处理线索', en: 'open reports' }, VERIFICATION: { zh: '未答核实', en: 'verifications' }, CASE: { zh: '在办案件', en: 'open cases' },
  CHECK: { zh: '未结核查', en: 'checks' }, REINSPECTION: { zh: '抽查', en: 're-inspections' }, INSPECTION: { zh: '巡查任务', en: 'inspections' },
  INSPECTION_MERGED: { zh: '巡查任务并为一个', en: 'inspections become one' }, INSPECTION_ADDED: { zh: '新增巡查任务', en: 'inspections are added' },
};

export const states: Record<CellEditState, Text> = {
  PENDING: { zh: '待生效', en: 'To come' }, APPLYING: { zh: '正在迁移', en: 'Moving' }, DONE: { zh: '已完成', en: 'Done' }, CANCELLED: { zh: '已取消', en: 'Cancelled' },
};

const findings: Record<string, Text> = {
  CELL_GAP: { zh: '有空隙：这块地没有新网格', en: 'A gap: no cell begins on this ground' },
  CELL_OVERLAP: { zh: '重叠：两个新网格都占这块地', en: 'An overlap: two cells begin on this ground' },
  CELL_OUTSIDE: { zh: '越界：这块地不属于所选网格', en: 'Outside: this ground is in none of the chosen cells' },
  CELL_SHAPE: { zh: '边界自相交', en: 'The border crosses itself' },
  CELL_CORNERS: { zh: '拐点太多', en: 'Too many corners' },
  CELL_TOO_SMALL: { zh: '太小：网格不小于 500 平方米', en: 'Too small: a cell has 500 m² at least' },
  CELL_TOO_LARGE: { zh: '太大：网格不大于 4 平方公里', en: 'Too large: a cell has 4 km² at most' },
  CELL_NOT_ADJACENT: { zh: '所选网格不相邻', en: 'The chosen cells do not lie side by side' },
  CELL_LINE: { zh: '线没有把网格切开：两端都要画到边界外', en: 'The line parts nothing: draw both its ends beyond the border' },
  CELL_UNCHANGED: { zh: '和现在一样，没有变化', en: 'It is as it was: nothing changes' },
};

export function finding(code: string, area: number): string {
  const known = findings[code];
  const what = known ? say(known) : code;
  return area >= 0.5 ? `${what} · ${squareMetres(area)}` : what;
}

/** An area, as people say it. */
export const squareMetres = (m2: number): string => `${Math.round(m2).toLocaleString()} ${say({ zh: '平方米', en: 'm²' })}`;

/** A cell by its last digits, within its community. */
export const tail = (code: string): string => code.slice(-3);
