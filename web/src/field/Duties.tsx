import { say } from '../say/say.ts';
import { metres, moment, past } from '../say/time.ts';
import { Sign } from '../work/Sign.tsx';
import type { Duty } from './duties.ts';
import { distance } from './order.ts';
import type { Fix } from './where.ts';

/** What is to be done, in walking order; urgent things stand first. */
export function Duties({ list, where, open }: { list: Duty[]; where: Fix | undefined; open: (id: string) => void }) {
  if (list.length === 0) return <p className="quiet blank">{say({ zh: '没有要做的。', en: 'Nothing to do.' })}</p>;
  return (
    <ol className="duties">
      {list.map((d) => (
        <li key={`${d.kind} ${d.id}`}>
          <button type="button" onClick={() => open(d.id)}>
            <span className="line"><Sign urgent={d.urgent} late={d.due !== undefined && past(d.due)} /><b>{d.title}</b>{where && d.at && <span className="number">{metres(distance(where, d.at))}</span>}</span>
            {d.text && <span className="text">{d.text}</span>}
            <span className="line quiet"><span>{d.why}</span>{d.due && <time dateTime={d.due} className={past(d.due) ? 'late' : ''}>{moment(d.due)}</time>}</span>
          </button>
        </li>
      ))}
    </ol>
  );
}
