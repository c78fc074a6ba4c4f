import type { RuleSetRowFragment } from '../../api/generated/graphql.ts';
import type { Text } from '../../say/say.ts';

export type SetRow = RuleSetRowFragment;

/** How a rule set stands now: what is published decides from its effective time on, until a later one does. */
export type Standing = 'draft' | 'scheduled' | 'inForce' | 'past' | 'retired';

export const standings: Record<Standing, Text> = {
  draft: { zh: '草稿', en: 'Draft' }, scheduled: { zh: '待生效', en: 'Scheduled' }, inForce: { zh: '现行', en: 'In force' }, past: { zh: '已被取代', en: 'Superseded' }, retired: { zh: '已撤回', en: 'Taken back' },
};

/** The published set whose effective time has come last; of equals the youngest version. */
export function inForce<S extends Pick<SetRow, 'version' | 'state' | 'effectiveFrom'>>(sets: readonly S[], now: number = Date.now()): S | undefined {
  const begun = sets.filter((s) => s.state === 'PUBLISHED' && s.effectiveFrom !== null && Date.parse(s.effectiveFrom) <= now);
  return begun.toSorted((a, b) => Date.parse(b.effectiveFrom ?? '') - Date.parse(a.effectiveFrom ?? '') || b.version - a.version)[0];
}

export function standing(s: Pick<SetRow, 'version' | 'state' | 'effectiveFrom'>, sets: readonly SetRow[], now: number = Date.now()): Standing {
  if (s.state === 'DRAFT') return 'draft';
  if (s.state === 'RETIRED') return 'retired';
  if (s.effectiveFrom !== null && Date.parse(s.effectiveFrom) > now) return 'scheduled';
  return inForce(sets, now)?.version === s.version ? 'inForce' : 'past';
}
