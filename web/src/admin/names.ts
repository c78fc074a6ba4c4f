import { useAsk } from '../api/cache.ts';
import { AdminNamesDocument, type AdminNamesQuery } from '../api/generated/graphql.ts';
import { named } from '../say/say.ts';

type Thing = { code: string; nameZh: string; nameEn: string };

/** What codes are called. A code that nothing has tells itself. */
export type Names = {
  category: (digits: string) => string;
  department: (code: string) => string;
  ladder: (code: string) => string;
  region: (code: string) => string;
  lists: { categories: Thing[]; departments: Thing[]; ladders: Thing[]; regions: Thing[] };
};

export function namesOf(data: AdminNamesQuery | undefined): Names {
  const minors = data?.categories ?? [];
  const majors = new Map(minors.map((c) => [c.code.slice(0, 2), { code: c.code.slice(0, 2), nameZh: c.majorZh, nameEn: c.majorEn }]));
  const cities = data?.regions ?? [], districts = cities.flatMap((c) => c.children), streets = districts.flatMap((d) => d.children);
  const lists = { categories: [...majors.values(), ...minors].toSorted((a, b) => (a.code < b.code ? -1 : 1)), departments: data?.departments ?? [], ladders: data?.ladders ?? [], regions: [...cities, ...districts, ...streets] };
  const among = (things: Thing[]) => {
    const by = new Map(things.map((t) => [t.code, named(t)]));
    return (code: string) => by.get(code);
  };
  const [category, department, ladder, region] = [among(lists.categories), among(lists.departments), among(lists.ladders), among(lists.regions)];
  const street = 9; // digits: communities and cells are told by their street and their code
  return {
    lists, department: (c) => department(c) ?? c, ladder: (c) => ladder(c) ?? c,
    category: (c) => (category(c) ? `${c} ${category(c)}` : c),
    region: (c) => region(c) ?? (region(c.slice(0, street)) ? `${region(c.slice(0, street))} ${c}` : c),
  };
}

/** The names that every section speaks in. */
export const useNames = (): Names => namesOf(useAsk(AdminNamesDocument, {}).data);
