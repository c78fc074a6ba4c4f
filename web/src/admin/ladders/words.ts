import type { LadderAction, LadderLevel, LadderOccasion } from '../../api/generated/graphql.ts';
import { roles } from '../../person/me.tsx';
import { say, type Text } from '../../say/say.ts';
import type { Names } from '../names.ts';
import { seconds, type Step } from './line.ts';

export const actions: Record<LadderAction, Text> = {
  REMIND: { zh: '催办', en: 'Remind' }, REQUIRE_ACKNOWLEDGEMENT: { zh: '请签收', en: 'Ask to acknowledge' }, REASSIGN: { zh: '请改派', en: 'Ask to reassign' },
  SUPERVISION_ORDER: { zh: '督办', en: 'Supervision order' }, RAISE_PRIORITY: { zh: '提级', en: 'Raise priority' }, YELLOW_CARD: { zh: '黄牌', en: 'Yellow card' }, RED_CARD: { zh: '红牌', en: 'Red card' },
  DEEM_ACCEPTED: { zh: '逾期视为接件', en: 'Deemed accepted' }, SUBMIT_FOR_CHECK: { zh: '自动送核查', en: 'Goes to the check' },
};

export const levels: Record<LadderLevel, Text> = { NAMED: { zh: '本人', en: 'named' }, COMMUNITY: { zh: '社区', en: 'community' }, STREET: { zh: '街道', en: 'subdistrict' }, DISTRICT: { zh: '区', en: 'district' }, CITY: { zh: '市', en: 'city' } };

export const occasions: Record<LadderOccasion, Text> = {
  UNACCEPTED: { zh: '逾期未接件', en: 'Not accepted in time' }, RETURNED: { zh: '退回', en: 'Return asked for' }, REWORKED: { zh: '返工', en: 'Failed check' }, MERGED: { zh: '合并上报', en: 'Reports behind it' }, SILENT: { zh: '签收后没有动静', en: 'Silence after acknowledging' },
};

/** A stretch of time: "1 h 30 min". */
export function span(s: number): string {
  const all = Math.abs(Math.round(s / 60)), h = Math.floor(all / 60), m = all % 60;
  return [...(h > 0 ? [say({ zh: `${h} 小时`, en: `${h} h` })] : []), ...(m > 0 || h === 0 ? [say({ zh: `${m} 分`, en: `${m} min` })] : [])].join(' ');
}

/** When a step fires. */
export function when({ trigger: { percent, offset, event } }: Pick<Step, 'trigger'>): string {
  if (percent !== null) return `${percent}%`;
  if (event) return say({ zh: `${occasions[event.occasion].zh}第 ${event.count} 次`, en: `${occasions[event.occasion].en}, no. ${event.count}` });
  const s = seconds(offset ?? '0s');
  if (s === 0) return say({ zh: '到期', en: 'when it is due' });
  return s < 0 ? say({ zh: `到期前 ${span(s)}`, en: `${span(s)} before it is due` }) : say({ zh: `到期后 ${span(s)}`, en: `${span(s)} after it was due` });
}

/** Whether and how a step fires again. */
export const again = ({ repeat: r }: Pick<Step, 'repeat'>): string =>
  r ? say({ zh: `每 ${r.percent !== null ? `${r.percent}%` : span(seconds(r.offset ?? '0s'))} 再来，${r.times} 次`, en: `again every ${r.percent !== null ? `${r.percent}%` : span(seconds(r.offset ?? '0s'))}, ${r.times} times` }) : '';

/** Who hears of it, such as "district Department desk (its own)". */
export const hearer = (a: Step['audience'][number], names: Names): string => {
  const department = a.department === null ? '' : a.department === 'own' ? say({ zh: '本部门', en: 'own' }) : names.department(a.department);
  const who = a.level === 'NAMED' ? say({ zh: `${roles[a.role].zh}本人`, en: `the ${roles[a.role].en.toLowerCase()}` }) : say({ zh: `${levels[a.level].zh}${roles[a.role].zh.replace(/^街道/u, '')}`, en: `${levels[a.level].en} ${roles[a.role].en.toLowerCase()}` });
  return department === '' || a.level === 'NAMED' ? who : say({ zh: `${who}（${department}）`, en: `${who} (${department})` });
};
