import type { ClockFragment } from '../api/generated/graphql.ts';
import { say } from '../say/say.ts';
import { moment } from '../say/time.ts';
import { counted, limit, stages } from './words.ts';

const round = 2 * Math.PI * 15;

/** A clock as a ring of the limit's counted time: how much is used, in colour and in words. */
export function Ring({ clock, small = false }: { clock: Pick<ClockFragment, 'stage' | 'limit' | 'dueAt' | 'stoppedAt' | 'frozen' | 'remaining' | 'used'>; small?: boolean }) {
  const used = Math.min(1, Math.max(0, clock.used ?? 0));
  const late = clock.remaining !== null && clock.remaining < 0;
  const how = clock.stoppedAt ? 'over' : clock.frozen ? 'frozen' : late ? 'late' : used >= 0.8 ? 'soon' : 'fine';
  return (
    <span className={`ring ${how}`}>
      <svg viewBox="0 0 40 40" width={small ? 26 : 40} height={small ? 26 : 40} aria-hidden="true">
        <circle cx="20" cy="20" r="15" fill="none" stroke="var(--line)" strokeWidth="6" />
        <circle cx="20" cy="20" r="15" fill="none" stroke="currentColor" strokeWidth="6" strokeDasharray={`${round * (late ? 1 : used)} ${round}`} transform="rotate(-90 20 20)" />
        {late && !clock.stoppedAt && <path d="M20 12v10M20 26v3" stroke="currentColor" strokeWidth="4" />}
      </svg>
      <span><b>{say(stages[clock.stage])}</b> {left(clock, late)}</span>
    </span>
  );
}

function left(clock: Pick<ClockFragment, 'limit' | 'dueAt' | 'stoppedAt' | 'frozen' | 'remaining'>, late: boolean): string {
  if (clock.stoppedAt) return late ? say({ zh: `超时 ${counted(clock.remaining ?? 0)}`, en: `${counted(clock.remaining ?? 0)} late` }) : say({ zh: '按时', en: 'in time' });
  if (clock.frozen) return say({ zh: '已冻结', en: 'frozen' });
  if (clock.remaining === null) return say({ zh: `限 ${limit(clock.limit)}`, en: `limit ${limit(clock.limit)}` });
  if (late) return say({ zh: `已超 ${counted(clock.remaining)}`, en: `${counted(clock.remaining)} over` });
  return say({ zh: `还剩 ${counted(clock.remaining)}`, en: `${counted(clock.remaining)} left` }) + (clock.dueAt ? ` · ${moment(clock.dueAt)}` : '');
}
