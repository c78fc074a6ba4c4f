import { useState } from 'react';
import { useAsk } from '../../api/cache.ts';
import { AuditLogDocument, type AuditFilter } from '../../api/generated/graphql.ts';
import { say } from '../../say/say.ts';
import { instantOf } from '../../say/city.ts';
import { moment } from '../../say/time.ts';
import { hashOf } from '../hash.ts';
import { Reading } from '../Reading.tsx';
import './audit.css';

/** Who did what to which object: #audit/person/… is one object's. Reporters are not named, and what was said is not told. */
export function Audit({ at }: { at: string[] }) {
  const [object, objectId] = at;
  const [action, setAction] = useState('');
  const [day, setDay] = useState('');
  const [after, setAfter] = useState<string>();
  const begin = day === '' ? undefined : instantOf(`${day}T00:00`);
  const filter: AuditFilter = {
    action: action.trim(), ...(object ? { object } : {}), ...(objectId ? { objectId } : {}),
    ...(begin === undefined ? {} : { from: begin, to: new Date(Date.parse(begin) + 86_400_000).toISOString() }),
  };
  const answer = useAsk(AuditLogDocument, { filter, after: after ?? null });
  const page = answer.data?.auditLog;
  return (
    <div className="log">
      <h2 className="only-read">{say({ zh: '审计日志', en: 'Audit log' })}</h2>
      <form className="period" onSubmit={(e) => e.preventDefault()}>
        <label className="field"><span>{say({ zh: '动作', en: 'Action' })}</span><input className="input" type="search" value={action} placeholder="grant." onChange={(e) => { setAction(e.target.value); setAfter(undefined); }} /></label>
        <label className="field"><span>{say({ zh: '日期', en: 'Day' })}</span><input className="input" type="date" value={day} onChange={(e) => { setDay(e.target.value); setAfter(undefined); }} /></label>
        {object && <a className="button" href={hashOf('audit')}>{say({ zh: '看全部', en: 'Show all' })}</a>}
      </form>
      {page ? (
        <table>
          <thead><tr><th>{say({ zh: '时间', en: 'When' })}</th><th>{say({ zh: '谁', en: 'Who' })}</th><th>{say({ zh: '做了什么', en: 'What' })}</th><th>{say({ zh: '对象', en: 'To what' })}</th></tr></thead>
          <tbody>{page.nodes.map((r) => (
            <tr key={r.id}><td className="number">{moment(r.at)}</td><td>{r.person ? <><b>{r.person.name}</b> <small className="quiet">{r.actor}</small></> : r.actor}</td>
              <td><code>{r.action}</code></td><td><a href={hashOf('audit', r.object, r.objectId)}>{r.object} <code>{r.objectId}</code></a></td></tr>
          ))}</tbody>
        </table>
      ) : <Reading answer={answer} />}
      {page?.nodes.length === 0 && <p className="quiet blank">{say({ zh: '没有记录。', en: 'No rows.' })}</p>}
      <p className="row">
        {after !== undefined && <button type="button" className="button" onClick={() => setAfter(undefined)}>{say({ zh: '回到最新', en: 'Newest' })}</button>}
        {page?.pageInfo.hasNextPage && <button type="button" className="button" onClick={() => setAfter(page.pageInfo.endCursor ?? undefined)}>{say({ zh: '更早的', en: 'Earlier' })}</button>}
      </p>
    </div>
  );
}
