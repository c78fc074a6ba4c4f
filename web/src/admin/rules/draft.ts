import type { RoutingRuleInput } from '../../api/generated/graphql.ts';
import type { Rule } from './words.ts';

// Edits of a draft's rules: pure, since the order in which rules are tried is what they mean.

/** The rule taken out and put in at another place. */
export function moved<R>(rules: readonly R[], from: number, to: number): R[] {
  const rule = rules[from];
  if (rule === undefined || to < 0 || to >= rules.length) return [...rules];
  return rules.toSpliced(from, 1).toSpliced(to, 0, rule);
}

export const fresh = (department: string, ladder: string): Rule => ({
  code: '', nameZh: '', nameEn: '', conditions: { categories: null, urgent: null, regions: null, placeKinds: null, sources: null, hours: null, weekdays: null },
  outcome: { department, assisting: [], standard: 0, ladder, priority: 3 },
});

/** A rule as it is sent: conditions that hold always are left out. */
export function sent({ code, nameZh, nameEn, conditions: c, outcome }: Rule): RoutingRuleInput {
  const { department, assisting, standard, ladder, priority } = outcome;
  return {
    code: code.trim(), nameZh: nameZh.trim(), nameEn: nameEn.trim(),
    conditions: {
      ...(c.categories?.length ? { categories: c.categories } : {}), ...(typeof c.urgent === 'boolean' ? { urgent: c.urgent } : {}),
      ...(c.regions?.length ? { regions: c.regions } : {}), ...(c.placeKinds?.length ? { placeKinds: c.placeKinds } : {}),
      ...(c.sources?.length ? { sources: c.sources } : {}), ...(c.hours ? { hours: { from: c.hours.from, to: c.hours.to } } : {}), ...(c.weekdays?.length ? { weekdays: c.weekdays } : {}),
    },
    outcome: { department, assisting: assisting.filter((d) => d !== department), standard, ladder, priority },
  };
}

/** Which rules differ from the stored ones, by code: new, changed or at another place. */
export function changed(rules: readonly Rule[], stored: readonly Rule[]): Set<string> {
  const was = new Map(stored.map((r, i) => [r.code, JSON.stringify([i, sent(r)])]));
  return new Set(rules.filter((r, i) => was.get(r.code) !== JSON.stringify([i, sent(r)])).map((r) => r.code));
}
