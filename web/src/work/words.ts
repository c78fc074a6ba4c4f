import type { CaseState, ClockStage, ClueSource, ClueState, LimitUnit, RequestKind } from '../api/generated/graphql.ts';
import { say, type Text } from '../say/say.ts';

// The field's own words for what the platform names by code, in both languages.

export const caseStates: Record<CaseState, Text> = {
  FILED: { zh: '待派遣', en: 'Waiting for a department' }, ROUTED: { zh: '待接件', en: 'To be accepted' }, RETURN_REQUESTED: { zh: '退回待裁决', en: 'Return to be decided' },
  WORKING: { zh: '处置中', en: 'In work' }, SUSPENDED: { zh: '挂账', en: 'Suspended' }, REPORTED: { zh: '已处置待自检', en: 'Reported as done' },
  CHECKING: { zh: '核查中', en: 'Being checked' }, CLOSED: { zh: '已结案', en: 'Closed' }, VOIDED: { zh: '已作废', en: 'Voided' }, FORCE_CLOSED: { zh: '强制结案', en: 'Closed by force' },
};

export const clueStates: Record<ClueState, Text> = {
  SUBMITTED: { zh: '待受理', en: 'To be decided' }, VERIFYING: { zh: '核实中', en: 'Being verified' }, FILED: { zh: '已立案', en: 'Filed' }, MERGED: { zh: '已合并', en: 'Merged' },
  HANDLED_ON_SPOT: { zh: '现场已处理', en: 'Handled on the spot' }, NOT_FILED: { zh: '不予立案', en: 'Not filed' }, REFERRED: { zh: '已转办', en: 'Referred' }, MALICIOUS: { zh: '恶意上报', en: 'Malicious' },
};

export const sources: Record<ClueSource, Text> = {
  ANONYMOUS: { zh: '匿名群众', en: 'Anonymous' }, VOLUNTEER: { zh: '志愿者', en: 'Volunteer' }, HOTLINE: { zh: '热线', en: 'Hotline' }, GRID_WORKER: { zh: '网格员', en: 'Grid worker' }, MACHINE: { zh: '系统接入', en: 'System' },
};

export const stages: Record<ClockStage, Text> = {
  VERIFY: { zh: '核实', en: 'Verify' }, FILE: { zh: '立案', en: 'File' }, DISPATCH: { zh: '派遣', en: 'Dispatch' }, ACCEPT: { zh: '接件', en: 'Accept' }, DISPOSE: { zh: '处置', en: 'Dispose' },
  QUALITY: { zh: '自检', en: 'Own check' }, CHECK: { zh: '核查', en: 'Check' }, TOTAL: { zh: '全程', en: 'In all' }, REPLY: { zh: '督办回复', en: 'Reply' }, ALARM: { zh: '求助', en: 'Call for help' },
};

export const requests: Record<RequestKind, Text> = {
  SUSPENSION: { zh: '挂账', en: 'Suspension' }, EXTENSION: { zh: '延期', en: 'Extension' }, VOID: { zh: '作废', en: 'Voiding' }, FORCE_CLOSE: { zh: '强制结案', en: 'Closing by force' },
};

const units: Record<LimitUnit, Text> = {
  URGENT_HOUR: { zh: '紧急工作时', en: 'h, day and night' }, WORKING_HOUR: { zh: '工作时', en: 'working h' }, WORKING_DAY: { zh: '工作日', en: 'working days' }, CALENDAR_DAY: { zh: '自然日', en: 'calendar days' },
};

/** A limit in its own unit: counted time, not the wall's. */
export const limit = (l: { number: number; unit: LimitUnit }): string => say({ zh: `${l.number} ${units[l.unit].zh}`, en: `${l.number} ${units[l.unit].en}` });

const minute = 60, hour = 3600;

/** Counted seconds, as a ring says them: "3 h 20 min". */
export function counted(seconds: number): string {
  const s = Math.abs(seconds), h = Math.floor(s / hour), m = Math.floor((s % hour) / minute);
  if (h >= 100) return say({ zh: `${h} 小时`, en: `${h} h` });
  if (h > 0) return say({ zh: `${h} 小时 ${m} 分`, en: `${h} h ${m} min` });
  return say({ zh: `${m} 分钟`, en: `${m} min` });
}

/** How likely two reports are about the same thing, in words that do not promise more than the score. */
export const likely = (score: number): string => say(score >= 0.8 ? { zh: '很可能是同一件', en: 'very likely the same' } : score >= 0.4 ? { zh: '可能是同一件', en: 'perhaps the same' } : { zh: '不太像同一件', en: 'hardly the same' });
