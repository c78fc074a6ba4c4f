import { accepted, ask } from '../../api/ask.ts';
import { DecideGrantDocument, WithdrawGrantDocument, type AdminGrantRequestsQuery } from '../../api/generated/graphql.ts';
import { useHat } from '../../person/me.tsx';
import { say } from '../../say/say.ts';
import { moment } from '../../say/time.ts';
import { hashOf } from '../hash.ts';
import { Refused } from '../Refused.tsx';
import { useSending } from '../../api/sending.ts';
import { granted } from './words.ts';

type Waiting = AdminGrantRequestsQuery['grantRequests'][number];

/** What one administrator has asked for and another one decides. */
export function Requests({ waiting }: { waiting: Waiting[] }) {
  return (
    <section className="version" aria-labelledby="requests">
      <header><h2 id="requests">{say({ zh: '待批的岗位', en: 'Roles to decide on' })}</h2>
        <p className="quiet">{say({ zh: '一位管理员申请，另一位批准；申请人和本人都不能批。', en: 'One administrator asks, another one decides, and neither of them is the person.' })}</p></header>
      {waiting.length === 0 && <p className="quiet blank">{say({ zh: '没有待批的申请。', en: 'Nothing waits for a decision.' })}</p>}
      <ul className="requests">{waiting.map((r) => <Row key={r.id} of={r} />)}</ul>
    </section>
  );
}

function Row({ of }: { of: Waiting }) {
  const { me } = useHat();
  const { busy, error, send } = useSending();
  const decide = (grant: boolean) => send(async () => { accepted((await ask(DecideGrantDocument, { input: { request: of.id, grant } })).decideGrant); });
  const withdraw = () => send(async () => { accepted((await ask(WithdrawGrantDocument, { id: of.id })).withdrawGrant); });
  return (
    <li className="card-form">
      <p><a href={hashOf('people', of.person.id)}><b>{of.person.name}</b></a> → <b>{granted(of)}</b></p>
      <p className="quiet">{say({ zh: `${of.askedBy.name} 申请于 ${moment(of.askedAt)}`, en: `Asked by ${of.askedBy.name}, ${moment(of.askedAt)}` })}</p>
      <Refused error={error} />
      <p className="row">
        {of.askedBy.id === me.person.id ? <button type="button" className="button" disabled={busy} onClick={() => void withdraw()}>{say({ zh: '撤回', en: 'Withdraw' })}</button>
          : of.person.id === me.person.id ? <span className="quiet">{say({ zh: '自己的岗位由别的管理员批。', en: 'Another administrator decides about you.' })}</span>
            : <>
                <button type="button" className="button main" disabled={busy} onClick={() => void decide(true)}>{say({ zh: '批准', en: 'Grant' })}</button>
                <button type="button" className="button grave" disabled={busy} onClick={() => void decide(false)}>{say({ zh: '不批准', en: 'Refuse' })}</button>
              </>}
      </p>
    </li>
  );
}
