import { useState } from 'react';
import { useAsk } from '../api/cache.ts';
import { WhyDueDocument, type SegmentReason } from '../api/generated/graphql.ts';
import { say, type Text } from '../say/say.ts';
import { moment } from '../say/time.ts';
import { counted } from './words.ts';

const reasons: Record<SegmentReason, Text> = {
  OPEN: { zh: '工作时间', en: 'working time' }, MAKE_UP_WORKDAY: { zh: '调休上班', en: 'make-up workday' }, AROUND_THE_CLOCK: { zh: '日夜计时', en: 'day and night' }, NIGHT: { zh: '下班', en: 'closed' },
  BREAK: { zh: '午休', en: 'lunch' }, WEEKEND: { zh: '周末', en: 'weekend' }, HOLIDAY: { zh: '节假日', en: 'holiday' }, PAUSE: { zh: '暂停', en: 'paused' },
};

/** How the due times add up, stretch by stretch. It is asked for only when somebody wants to know. */
export function WhyDue({ id }: { id: string }) {
  const [open, setOpen] = useState(false);
  const clocks = useAsk(WhyDueDocument, { id }, { when: open }).data?.case?.clocks ?? [];
  return (
    <details onToggle={(e) => setOpen(e.currentTarget.open)}>
      <summary>{say({ zh: '时限怎么算的', en: 'How the time is counted' })}</summary>
      {clocks.filter((c) => c.explanation).slice(0, 2).map((c) => (
        <table key={c.id} className="counts">
          <tbody>
            {c.explanation?.segments.map((s) => (
              <tr key={s.from} className={s.counted > 0 ? '' : 'quiet'}>
                <td>{moment(s.from)} – {moment(s.to)}</td><td>{say(reasons[s.reason] ?? { zh: s.reason, en: s.reason })}{s.name && ` · ${s.name}`}</td><td>{s.counted > 0 ? counted(s.counted) : '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      ))}
    </details>
  );
}
