import type { AdminStandardsQuery } from '../../api/generated/graphql.ts';

export type Category = AdminStandardsQuery['categories'][number];

/** The categories that hold every one of the words, in their code, names or standards; of a department, if one is given. */
export function found(categories: readonly Category[], words: string, department: string): Category[] {
  const wanted = words.toLowerCase().split(/\s+/u).filter(Boolean);
  return categories.filter((c) => {
    const text = [c.code, c.nameZh, c.nameEn, c.majorZh, c.majorEn, ...c.standards.flatMap((s) => [s.conditionZh, s.conditionEn, s.legalBasis])].join(' ').toLowerCase();
    return wanted.every((w) => (/^\d+$/u.test(w) ? c.code.startsWith(w) : text.includes(w))) && (department === '' || c.standards.some((s) => s.department.code === department));
  });
}

/** Categories under their major one, in the order of their codes. */
export function byMajor(categories: readonly Category[]): [string, Category[]][] {
  const groups = new Map<string, Category[]>();
  for (const c of categories) {
    const major = c.code.slice(0, 2), group = groups.get(major);
    if (group) group.push(c); else groups.set(major, [c]);
  }
  return [...groups];
}
