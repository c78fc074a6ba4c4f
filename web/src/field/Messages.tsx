import { language, say } from '../say/say.ts';
import { ago } from '../say/time.ts';
import { Sign } from '../work/Sign.tsx';
import type { Shift } from './shift.ts';

type Told = { titleZh: string; titleEn: string; bodyZh: string; bodyEn: string; urgent: boolean; at: string };

const most = 30;

/** What the platform has told the owner, the newest first. */
export default function Messages({ shift }: { shift: Shift }) {
  const all = [...shift.things.values()].filter((t) => t.kind === 'message').map(({ id, body }) => ({ id, said: body as Told })).toSorted((a, b) => (a.said.at < b.said.at ? 1 : -1)), zh = language() === 'zh';
  return (
    <section className="messages">
      <h2>{say({ zh: '消息', en: 'Messages' })}</h2>
      {all.length === 0 ? <p className="quiet">{say({ zh: '没有消息。', en: 'No message.' })}</p> : (
        <ol>
          {all.slice(0, most).map(({ id, said: m }) => (
            <li key={id}>
              <p className="line"><Sign urgent={m.urgent} /><b>{zh ? m.titleZh : m.titleEn}</b><time className="quiet" dateTime={m.at}>{ago(m.at)}</time></p>
              <p>{zh ? m.bodyZh : m.bodyEn}</p>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
