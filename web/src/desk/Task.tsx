import { useState } from 'react';
import { accepted, ask } from '../api/ask.ts';
import { useAsk } from '../api/cache.ts';
import { DeskAssignDocument, DeskTakersDocument, type NobodysTaskFragment, type TaskEventKind } from '../api/generated/graphql.ts';
import { useSending } from '../api/sending.ts';
import { named, say, type Text } from '../say/say.ts';
import { moment, past } from '../say/time.ts';
import { told } from '../say/refusal.ts';
import { hindrances } from '../work/hindrances.ts';
import { Sign } from '../work/Sign.tsx';

const placeOf = (t: NobodysTaskFragment) => t.premises?.name ?? say({ zh: `网格 ${t.cell.code}`, en: `Cell ${t.cell.code}` });

/** A row of the inspections that nobody has. */
export function TaskRow({ task, open, choose }: { task: NobodysTaskFragment; open: boolean; choose: (id: string, byKey: boolean) => void }) {
  return (
    <li className={`row-item${open ? ' open' : ''}`}>
      <button type="button" onClick={(e) => choose(task.id, e.detail === 0)} aria-current={open}>
        <span className="line"><Sign urgent={false} late={past(task.dueAt)} /><b>{placeOf(task)}</b>{task.givenBack && <span className="tag">{say({ zh: '已交回', en: 'Given back' })}</span>}</span>
        <span className="text">{task.campaign.name}</span>
        <span className="line quiet"><span>{named(task.cell.community)}{task.givenBack && ` · ${say(hindrances[task.givenBack])}`}</span><time dateTime={task.dueAt} className={past(task.dueAt) ? 'late' : ''}>{moment(task.dueAt)}</time></span>
      </button>
    </li>
  );
}

const steps: Record<TaskEventKind, Text> = {
  CLAIMED: { zh: '认领', en: 'Claimed' }, OFFERED: { zh: '请同事接手', en: 'Offered to a colleague' }, ACCEPTED: { zh: '接手', en: 'Taken over' }, DECLINED: { zh: '没有接手', en: 'Not taken over' },
  WITHDRAWN: { zh: '收回请求', en: 'Offer taken back' }, GIVEN_BACK: { zh: '交回街道', en: 'Given back' }, ASSIGNED: { zh: '派给', en: 'Assigned to' },
};

/** One inspection that nobody has: why, and to whom it goes. */
export function Task({ task }: { task: NobodysTaskFragment }) {
  const takers = useAsk(DeskTakersDocument, { id: task.id }), people = takers.data?.inspectionTaskTakers;
  const [to, setTo] = useState('');
  const { busy, error, send } = useSending();
  const refusal = error ?? takers.error ?? undefined;
  const assign = () => send(async () => { accepted((await ask(DeskAssignDocument, { input: { task: task.id, to } })).assignInspectionTask); });
  return (
    <article className="whole">
      <header>
        <p className="kicker"><Sign urgent={false} late={past(task.dueAt)} /> {say({ zh: '巡查任务', en: 'Inspection' })}<span className="tag">{say({ zh: '无人负责', en: 'Nobody has it' })}</span></p>
        <h2>{placeOf(task)}</h2>
        <p className="quiet">{named(task.cell.street)} {named(task.cell.community)} · <span className="number">{task.cell.code}</span> · {say({ zh: `${moment(task.dueAt)} 前`, en: `by ${moment(task.dueAt)}` })}</p>
      </header>
      <p className="said">{task.campaign.name}</p>
      <section className="acts" aria-label={say({ zh: '派给谁', en: 'To whom it goes' })}>
        <form className="act" onSubmit={(e) => { e.preventDefault(); void assign(); }}>
          <label className="field"><span>{say({ zh: '派给哪位网格员', en: 'Which grid worker it goes to' })}</span>
            <select className="input" required value={to} onChange={(e) => setTo(e.target.value)} disabled={!people?.length}>
              <option value="">{people?.length === 0 ? say({ zh: '这里没有网格员', en: 'There is no grid worker here' }) : say({ zh: '请选择', en: 'Choose' })}</option>
              {people?.map((p) => <option key={p.id} value={p.id}>{p.name}</option>)}
            </select></label>
          {refusal !== undefined && <p className="notice late" role="alert">{told(refusal)}</p>}
          <div className="row"><button type="submit" className="button main" disabled={busy || to === ''}>{say({ zh: '派出', en: 'Assign' })}</button></div>
        </form>
      </section>
      {task.history.length > 0 && (
        <section className="timeline">
          <h3>{say({ zh: '经过', en: 'What happened' })}</h3>
          <ol>
            {task.history.toReversed().map((e) => (
              <li key={e.id}>
                <time dateTime={e.at}>{moment(e.at)}</time>
                <span><b>{say(steps[e.kind])}{e.kind === 'ASSIGNED' && e.to && `${say({ zh: '', en: ' ' })}${e.to.name}`}</b>{e.reason && `：${say(hindrances[e.reason])}`}{e.note && ` ${e.note}`} <small className="quiet">{e.by?.name ?? say({ zh: '平台', en: 'the platform' })}</small></span>
              </li>
            ))}
          </ol>
        </section>
      )}
    </article>
  );
}
