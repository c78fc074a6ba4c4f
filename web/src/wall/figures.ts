import type { WallFiguresQuery } from '../api/generated/graphql.ts';
import { say } from '../say/say.ts';
import { counted } from '../work/words.ts';

export type Group = WallFiguresQuery['indicators'][number];
export type Figure = Group['indicators'][number];

/** The measures of the wall, in its order; the rest are in the tables of the platform. */
export const rates = ['on_time_closing_rate', 'closing_rate', 'correct_dispatch_rate', 'check_pass_rate', 'rework_rate', 'return_rate', 'cell_coverage', 'premises_coverage', 'night_share', 'satisfaction_rate'];
export const times = ['file_median', 'dispatch_median', 'accept_median', 'dispose_median', 'check_median', 'total_median'];

/** A value in its unit, or a dash where there is nothing to divide. */
export function valueOf(f: Pick<Figure, 'value' | 'measure'>): string {
  if (f.value === null) return '–';
  if (f.measure.unit === 'SECOND') return f.value < 60 ? say({ zh: `${Math.round(f.value)} 秒`, en: `${Math.round(f.value)} s` }) : counted(f.value);
  return `${(f.value * 100).toFixed(1)}%`;
}
