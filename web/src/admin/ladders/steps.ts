import type { LadderStepInput } from '../../api/generated/graphql.ts';
import type { Step } from './line.ts';

export const fresh = (): Step => ({
  clock: 'DISPOSE', trigger: { percent: 100, offset: null, event: null }, repeat: null, audience: [{ role: 'DISPATCHER', level: 'STREET', department: null }], action: 'REMIND', quiet: 'RESPECT', ackQuiet: null,
});

const given = <K extends string, V>(key: K, value: V | null) => (value === null ? {} : { [key]: value }) as Partial<Record<K, V>>;

/** A step as it is sent: exactly one trigger, and nothing that it lacks. */
export function sent(s: Step): LadderStepInput {
  const { percent, offset, event } = s.trigger;
  return {
    clock: s.clock, action: s.action, quiet: s.quiet,
    trigger: { ...given('percent', percent), ...given('offset', offset), ...given('event', event && { occasion: event.occasion, count: event.count }) },
    ...(s.repeat ? { repeat: { times: s.repeat.times, ...given('percent', s.repeat.percent), ...given('offset', s.repeat.offset) } } : {}),
    audience: s.audience.map((a) => ({ role: a.role, level: a.level, ...given('department', a.department) })),
    ...given('ackQuiet', s.ackQuiet),
  };
}
