import type { EventFragment } from '../api/generated/graphql.ts';
import { roles } from '../person/me.tsx';
import { say } from '../say/say.ts';
import { moment } from '../say/time.ts';
import { happened } from './happened.ts';

/** What happened, the newest first. */
export function Timeline({ events }: { events: readonly EventFragment[] | null | undefined }) {
  if (!events || events.length === 0) return null;
  return (
    <section className="timeline">
      <h3>{say({ zh: '经过', en: 'What happened' })}</h3>
      <ol>
        {events.toReversed().map((e) => (
          <li key={e.id}>
            <time dateTime={e.at}>{moment(e.at)}</time>
            <span><b>{happened(e)}</b>{note(e) && <>：{note(e)}</>} <small className="quiet">{e.by?.name ?? role(e.role)}</small></span>
          </li>
        ))}
      </ol>
    </section>
  );
}

function note(e: EventFragment): string {
  const said = e.detail['note'] ?? e.detail['reason'] ?? e.detail['basis'];
  return typeof said === 'string' ? said : '';
}

const role = (code: string): string => {
  const known = Object.entries(roles).find(([name]) => name.toLowerCase() === code);
  return known ? say(known[1]) : say({ zh: '平台', en: 'the platform' });
};
