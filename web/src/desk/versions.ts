import type { ConflictReason, DeskConflictsQuery, DeskQuarantineQuery, OperationKind } from '../api/generated/graphql.ts';
import { say, type Text } from '../say/say.ts';
import { moment } from '../say/time.ts';

type Conflict = DeskConflictsQuery['conflicts']['nodes'][number];
type Held = DeskQuarantineQuery['quarantine']['nodes'][number];

/** What a handheld sent and nobody has decided on: beside what stands, or late from a handheld that was revoked. */
export type Version = { id: string; of: Conflict; late?: undefined } | { id: string; late: Held; of?: undefined };

export const versionsOf = (conflicts: Conflict[] | undefined, held: Held[] | undefined): Version[] | undefined =>
  conflicts && held && [...held.map((late) => ({ id: late.operation, late })), ...conflicts.map((of) => ({ id: of.id, of }))];

export const kinds: Record<OperationKind, Text> = {
  CLUE_SUBMIT: { zh: '上报', en: 'Report' }, INSPECTION_SUBMIT: { zh: '巡查结果', en: 'Inspection' }, VERIFICATION_ANSWER: { zh: '核实结果', en: 'Verification' },
  CHECK_ANSWER: { zh: '核查结果', en: 'Check' }, DISPOSAL_REPORT: { zh: '处置反馈', en: 'Disposal' }, PREMISES_UPDATE: { zh: '场所信息', en: 'Premises' },
  TASK_CLAIM: { zh: '领取任务', en: 'Claim' }, TASK_GIVE_BACK: { zh: '退回任务', en: 'Give back' }, TASK_ANSWER_OFFER: { zh: '答复移交', en: 'Answer to an offer' },
  ALARM_RAISE: { zh: '求助', en: 'Call for help' }, ALARM_ANSWER: { zh: '响应求助', en: 'Answer to a call for help' }, ALARM_END: { zh: '结束求助', en: 'End of a call for help' },
  TIMER_BEGIN: { zh: '开始报平安计时', en: 'Timer begun' }, TIMER_EXTEND: { zh: '延长报平安计时', en: 'Timer made longer' }, TIMER_END: { zh: '报平安', en: 'Timer ended' },
};

export const reasons: Record<ConflictReason, Text> = {
  ID_REUSED: { zh: '同一编号已用于另一件', en: 'Its id stands for something else' }, TASK_OVER: { zh: '这件事已有人完成或已取消', en: 'It was done or called off meanwhile' },
  TASK_ELSEWHERE: { zh: '这件事现在归别人', en: 'It is somebody else\'s by now' }, CHANGED: { zh: '别人先改过', en: 'Somebody changed it first' },
};

const labels: Record<string, Text> = {
  text: { zh: '内容', en: 'Text' }, category: { zh: '类别', en: 'Category' }, note: { zh: '说明', en: 'Note' }, confirmed: { zh: '属实', en: 'Confirmed' }, fixed: { zh: '已解决', en: 'Fixed' },
  answers: { zh: '检查项', en: 'Answers' }, floors: { zh: '楼层', en: 'Floors' }, state: { zh: '状态', en: 'State' }, doneAt: { zh: '完成时间', en: 'Done' }, answeredAt: { zh: '答复时间', en: 'Answered' },
  reportedAt: { zh: '反馈时间', en: 'Reported' }, submittedAt: { zh: '上报时间', en: 'Submitted' }, reason: { zh: '原因', en: 'Reason' }, awayReason: { zh: '不在现场的原因', en: 'Why from elsewhere' },
  name: { zh: '名称', en: 'Name' }, kind: { zh: '类型', en: 'Kind' }, legal_entity: { zh: '经营主体', en: 'Legal entity' }, credit_code: { zh: '统一信用代码', en: 'Credit code' }, value: { zh: '现值', en: 'Value' },
};

const states: Record<string, Text> = {
  open: { zh: '未完成', en: 'open' }, done: { zh: '已完成', en: 'done' }, cancelled: { zh: '已取消', en: 'called off' }, confirmed: { zh: '属实', en: 'confirmed' }, refuted: { zh: '不属实', en: 'refuted' },
  passed: { zh: '已通过', en: 'passed' }, failed: { zh: '未通过', en: 'failed' }, pass: { zh: '合格', en: 'all well' }, fail: { zh: '不合格', en: 'not well' }, not_applicable: { zh: '不适用', en: 'not applicable' },
};

export const labelOf = (field: string): string => say(labels[field] ?? { zh: field, en: field });

/** What is told of a version: those of its fields that say something to a person, in words, in the order of the labels. */
export function told(version: Record<string, unknown>): [string, string][] {
  const inner = version['body'];
  const whole = typeof inner === 'object' && inner !== null ? inner as Record<string, unknown> : version;
  return Object.keys(labels).flatMap((field) => {
    const words = wordsOf(whole[field]);
    return words === '' ? [] : [[labelOf(field), words] as [string, string]];
  });
}

function wordsOf(value: unknown): string {
  if (typeof value === 'boolean') return value ? say({ zh: '是', en: 'yes' }) : say({ zh: '否', en: 'no' });
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return /^\d{4}-\d{2}-\d{2}T/.test(value) ? moment(value) : states[value] ? say(states[value]) : value;
  if (Array.isArray(value)) return value.map((one) => (typeof one === 'object' && one !== null ? answerOf(one as Record<string, unknown>) : wordsOf(one))).join('；');
  return '';
}

/** One answer of a checklist: which item, how it was found, and what else was said. */
function answerOf(answer: Record<string, unknown>): string {
  const { item, ...rest } = answer;
  return `${wordsOf(item)}: ${Object.values(rest).map(wordsOf).filter((words) => words !== '').join(' ')}`;
}

/** Of premises: what the field was where its author looked, and what the author says it is. */
export function changeOf(mine: Record<string, unknown>, field: string): { was: string; now: string } | undefined {
  const fields = Array.isArray(mine['fields']) ? mine['fields'] as Record<string, unknown>[] : [];
  const change = fields.find((f) => f['field'] === field);
  return change && { was: wordsOf(change['was']), now: wordsOf(change['now']) };
}
