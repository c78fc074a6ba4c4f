import { accepted, ask } from '../../api/ask.ts';
import { useAsk } from '../../api/cache.ts';
import { AdminCancelCellEditDocument, AdminCellEditsDocument, type AdminCellEditFragment } from '../../api/generated/graphql.ts';
import { named, say } from '../../say/say.ts';
import { moment } from '../../say/time.ts';
import { hashOf } from '../hash.ts';
import { Refused } from '../Refused.tsx';
import { useSending } from '../../api/sending.ts';
import { states, tail } from './words.ts';

const often = 3_000; // ms: moving takes seconds

/** The edits of a community, or of all: what is to come can be cancelled, what is moving shows how far. */
export function Edits({ region }: { region: string | undefined }) {
  const { busy, error, send } = useSending();
  const answer = useAsk(AdminCellEditsDocument, { region: region ?? null }, { every: often });
  const list = answer.data?.cellEdits.nodes ?? [];
  const cancel = (id: string) => send(async () => accepted((await ask(AdminCancelCellEditDocument, { id })).cancelCellEdit));
  return (
    <section className="progress" aria-labelledby="cell-edits">
      <h3 id="cell-edits">{say({ zh: '调整记录', en: 'Edits' })}</h3>
      <Refused error={error} />
      {list.length === 0 && !answer.isPending && <p className="quiet">{say({ zh: '还没有调整过。', en: 'There was none yet.' })}</p>}
      <ol>{list.map((e) => <Row key={e.id} of={e} everywhere={region === undefined} busy={busy} cancel={cancel} />)}</ol>
    </section>
  );
}

function Row({ of, everywhere, busy, cancel }: { of: AdminCellEditFragment; everywhere: boolean; busy: boolean; cancel: (id: string) => void }) {
  const codes = (cells: { code: string }[]) => cells.map((c) => tail(c.code)).join(' ');
  const what = `${codes(of.ends)} → ${codes(of.begins)}`;
  return (
    <li className={of.state === 'APPLYING' ? 'running' : of.state.toLowerCase()}>
      <span className="line"><b className="number">{what}</b><span /><span className="tag">{say(states[of.state])}</span></span>
      {everywhere && <a href={hashOf('cells', of.community.code)}>{named(of.community)}</a>}
      {of.state === 'APPLYING' && <progress max={Math.max(1, of.total)} value={of.moved} aria-label={say({ zh: '进度', en: 'Progress' })} />}
      <small className="quiet">{moment(of.effectiveAt)}{of.publishedBy && ` · ${of.publishedBy.name}`}{of.state === 'DONE' && ` · ${say({ zh: `迁移 ${of.moved} 项`, en: `${of.moved} moved` })}`}{of.note && ` · ${of.note}`}</small>
      {of.state === 'PENDING' && <p><button type="button" className="small grave" disabled={busy} aria-label={say({ zh: `取消 ${what}`, en: `Cancel ${what}` })} onClick={() => cancel(of.id)}>{say({ zh: '取消', en: 'Cancel' })}</button></p>}
    </li>
  );
}
