import { say } from '../say/say.ts';
import { metres, moment, past } from '../say/time.ts';
import { Sign } from '../work/Sign.tsx';
import type { Duty } from './duties.ts';
import { distance } from './order.ts';
import type { Fix } from './where.ts';

/** What is to be done, in walking order; urgent things stand first, and what could be claimed below. */
export function Duties({ list, free, where, open }: { list: Duty[]; free: Duty[]; where: Fix | undefined; open: (id: string) => void }) {
  return (
    <>
      {list.length === 0 ? <p className="quiet blank">{say({ zh: '没有要做的。', en: 'Nothing to do.' })}</p> : <Listed list={list} where={where} open={open} />}
      {free.length > 0 && (
        <details className="free">
          <summary>{say({ zh: `本网格可认领 ${free.length} 件`, en: `${free.length} in your cells to be claimed` })}</summary>
          <Listed list={free} where={where} open={open} />
        </details>
      )}
    </>
  );
}

function Listed({ list, where, open }: { list: Duty[]; where: Fix | undefined; open: (id: string) => void }) {
  return (
    <ol className="duties">
      {list.map((d) => (
        <li key={`${d.kind} ${d.id}`}>
          <button type="button" onClick={() => open(d.id)}>
            <span className="line"><Sign urgent={d.urgent} late={d.due !== undefined && past(d.due)} /><b>{d.title}</b>{d.offered && <span className="tag">{say({ zh: '已请同事接手', en: 'offered' })}</span>}{where && d.at && <span className="number">{metres(distance(where, d.at))}</span>}</span>
            {d.text && <span className="text">{d.text}</span>}
            <span className="line quiet"><span>{d.why}</span>{d.due && <time dateTime={d.due} className={past(d.due) ? 'late' : ''}>{moment(d.due)}</time>}</span>
          </button>
        </li>
      ))}
    </ol>
  );
}
