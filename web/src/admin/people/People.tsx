import { useState } from 'react';
import { useAsk } from '../../api/cache.ts';
import { AdminGrantRequestsDocument, AdminStaffDocument, type Role } from '../../api/generated/graphql.ts';
import { roles } from '../../person/me.tsx';
import { say } from '../../say/say.ts';
import { hashOf } from '../hash.ts';
import { Reading } from '../Reading.tsx';
import { Member } from './Member.tsx';
import { Register } from './Register.tsx';
import { Requests } from './Requests.tsx';
import { granted, staffRoles } from './words.ts';
import './people.css';

const often = 30_000; // ms: what colleagues ask for is seen within half a minute

/** Those who work here: a list, what waits for a second administrator, and one of them. */
export function People({ at }: { at: string[] }) {
  const [text, setText] = useState('');
  const [role, setRole] = useState<Role | ''>('');
  const [disabled, setDisabled] = useState(false);
  const [after, setAfter] = useState<string>();
  const narrow = (change: () => void) => { change(); setAfter(undefined); };
  const answer = useAsk(AdminStaffDocument, { filter: { text: text.trim(), disabled, ...(role === '' ? {} : { role }) }, after: after ?? null });
  const waiting = useAsk(AdminGrantRequestsDocument, {}, { every: often }).data?.grantRequests ?? [];
  const page = answer.data?.staff;
  const [open] = at;
  return (
    <div className="beside">
      <nav className="versions people" aria-label={say({ zh: '人员', en: 'People' })}>
        <h2 className="only-read">{say({ zh: '人员', en: 'People' })}</h2>
        <input className="input" type="search" value={text} onChange={(e) => narrow(() => setText(e.target.value))} aria-label={say({ zh: '按姓名或账号查找', en: 'Find by name or sign-in name' })} placeholder={say({ zh: '姓名或账号', en: 'Name or sign-in name' })} />
        <select className="input" value={role} aria-label={say({ zh: '岗位', en: 'Role' })} onChange={(e) => narrow(() => setRole(e.target.value as Role | ''))}>
          <option value="">{say({ zh: '所有岗位', en: 'All roles' })}</option>
          {staffRoles.map((r) => <option key={r} value={r}>{say(roles[r])}</option>)}
        </select>
        <label className="tick"><input type="checkbox" checked={disabled} onChange={(e) => narrow(() => setDisabled(e.target.checked))} /> {say({ zh: '已停用的账号', en: 'Closed accounts' })}</label>
        <p className="row">
          <a className="button main" href={hashOf('people', 'new')}>{say({ zh: '登记新人', en: 'Register somebody' })}</a>
          <a className="button" href={hashOf('people', 'requests')} aria-current={open === 'requests' ? 'true' : undefined}>{say({ zh: '待批', en: 'To decide' })} <b className="number">{waiting.length}</b></a>
        </p>
        {page ? (
          <ol>{page.nodes.map((m) => (
            <li key={m.id}><a href={hashOf('people', m.id)} aria-current={m.id === open ? 'true' : undefined}>
              <span className="line"><b>{m.name}</b><small className="quiet">{m.login}</small></span>
              <span className="note quiet">{m.grants.map(granted).join(say({ zh: '；', en: '; ' })) || say({ zh: '没有岗位', en: 'No role' })}</span>
            </a></li>
          ))}</ol>
        ) : <Reading answer={answer} />}
        {page?.nodes.length === 0 && <p className="quiet blank">{say({ zh: '没有找到人。', en: 'Nobody is found.' })}</p>}
        <p className="row">
          {after !== undefined && <button type="button" className="button" onClick={() => setAfter(undefined)}>{say({ zh: '回到开头', en: 'First page' })}</button>}
          {page?.pageInfo.hasNextPage && <button type="button" className="button" onClick={() => setAfter(page.pageInfo.endCursor ?? undefined)}>{say({ zh: '下一页', en: 'Next page' })}</button>}
        </p>
      </nav>
      {open === 'new' ? <Register /> : open === 'requests' ? <Requests waiting={waiting} /> : open ? <Member key={open} id={open} /> : (
        <p className="quiet blank">{say({ zh: '选一个人，看岗位、排班和责任网格。', en: 'Choose somebody to see what they are granted, when they are on duty, and what they look after.' })}</p>
      )}
    </div>
  );
}
