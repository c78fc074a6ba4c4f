import type { EventFragment } from '../api/generated/graphql.ts';
import { say, type Text } from '../say/say.ts';

// What each event of a clue or case is called. A kind that is newer than this page is shown by its code.
const words: Record<string, Text> = {
  submitted: { zh: '收到线索', en: 'Reported' }, verify_asked: { zh: '请网格员核实', en: 'Verification asked' }, verified: { zh: '核实有反馈', en: 'Verified' },
  filed: { zh: '立案', en: 'Filed' }, merged: { zh: '合并到案件', en: 'Merged into a case' }, unmerged: { zh: '取消合并', en: 'Taken out again' }, clue_merged: { zh: '并入一条线索', en: 'A clue was merged' },
  clue_unmerged: { zh: '移出一条线索', en: 'A clue was taken out' }, handled_on_spot: { zh: '现场已处理', en: 'Handled on the spot' }, not_filed: { zh: '不予立案', en: 'Not filed' }, referred: { zh: '转办', en: 'Referred' },
  malice_asked: { zh: '提请认定恶意上报', en: 'Malice asked' }, malicious: { zh: '认定恶意上报', en: 'Marked malicious' }, restricted: { zh: '设为受限', en: 'Restricted' },
  routed: { zh: '派遣', en: 'Routed' }, no_rule: { zh: '没有适用规则', en: 'No rule fits' }, recalled: { zh: '收回', en: 'Recalled' }, accepted: { zh: '接件', en: 'Accepted' },
  deemed_accepted: { zh: '到时未接，视为接件', en: 'Accepted by silence' }, handler_named: { zh: '指定处置人员', en: 'Handler named' }, return_requested: { zh: '申请退回', en: 'Return asked' },
  return_upheld: { zh: '同意退回', en: 'Return upheld' }, return_rejected: { zh: '不同意退回', en: 'Return rejected' }, disposal_reported: { zh: '处置反馈', en: 'Disposal reported' },
  sent_back: { zh: '自检退回', en: 'Sent back' }, check_asked: { zh: '送核查', en: 'Check asked' }, check_assigned: { zh: '改派核查', en: 'Check reassigned' }, check_answered: { zh: '核查反馈', en: 'Check answered' },
  check_failed: { zh: '核查不通过，返工', en: 'Check failed: rework' }, own_part_passed: { zh: '本部门已办结', en: 'Own part done' }, closed: { zh: '结案', en: 'Closed' }, reopened: { zh: '重新立案', en: 'Reopened' },
  voided: { zh: '作废', en: 'Voided' }, force_closed: { zh: '强制结案', en: 'Closed by force' }, pressed: { zh: '催办', en: 'Pressed' }, acknowledged: { zh: '已知悉', en: 'Acknowledged' },
  child_opened: { zh: '开出协办子案', en: 'Part for another department opened' }, child_over: { zh: '协办子案结束', en: 'Part of another department ended' }, suspended: { zh: '挂账', en: 'Suspended' }, resumed: { zh: '解挂', en: 'Resumed' },
  extended: { zh: '延期', en: 'Extended' }, request_made: { zh: '提出申请', en: 'Request made' }, request_refused: { zh: '申请未获同意', en: 'Request refused' }, request_withdrawn: { zh: '撤回申请', en: 'Request withdrawn' },
  ordered: { zh: '督办', en: 'Supervision order' }, order_replied: { zh: '督办已回复', en: 'Order replied to' }, order_accepted: { zh: '督办回复通过', en: 'Reply accepted' }, order_asked_again: { zh: '督办要求补充', en: 'Another reply is owed' },
  rated: { zh: '群众评价', en: 'Rated' }, contested: { zh: '群众申请复查', en: 'Contested' }, lateness_appealed: { zh: '超时申诉', en: 'Lateness appealed' },
};

export const happened = (e: Pick<EventFragment, 'kind'>): string => {
  const known = words[e.kind];
  return known ? say(known) : e.kind.replaceAll('_', ' ');
};
