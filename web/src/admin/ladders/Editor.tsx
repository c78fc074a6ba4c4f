import { useState } from 'react';
import { accepted, ask, Refusal } from '../../api/ask.ts';
import { AdminPublishLadderDocument } from '../../api/generated/graphql.ts';
import { say } from '../../say/say.ts';
import { stages } from '../../work/words.ts';
import type { Names } from '../names.ts';
import { Refused } from '../Refused.tsx';
import { moved } from '../rules/draft.ts';
import { useSending } from '../../api/sending.ts';
import { Action } from './Action.tsx';
import type { Ladder, Step } from './line.ts';
import { StepForm } from './StepForm.tsx';
import { fresh, sent } from './steps.ts';
import { actions, hearer, when } from './words.ts';

/** Steps that are being made, and the version that they were begun on. */
export type Begun = { version: number; steps: readonly Step[] };

/** The next version of a ladder while it is being made; what is drawn beside it follows each change. */
export function Editor({ ladder, begun, keep, names }: { ladder: Ladder; begun: Begun | undefined; keep: (begun: Begun | undefined) => void; names: Names }) {
  const [open, setOpen] = useState<number>();
  const { busy, error, send, forget } = useSending();
  if (!begun) return <p className="row"><button type="button" className="button" onClick={() => keep({ version: ladder.version, steps: ladder.steps })}>{say({ zh: '编辑下一版', en: 'Edit the next version' })}</button></p>;
  const { steps } = begun;
  const edit = (next: Step[]) => keep({ ...begun, steps: next });
  const stale = begun.version !== ladder.version;
  const publish = () => send(async () => {
    accepted((await ask(AdminPublishLadderDocument, { input: { code: ladder.code, nameZh: ladder.nameZh, nameEn: ladder.nameEn, steps: steps.map(sent) } })).publishLadder);
    keep(undefined);
  });
  const wrong = error instanceof Refusal ? /^steps[.[](\d+)/u.exec(error.path ?? '')?.[1] : undefined;
  const faulty = wrong === undefined ? undefined : steps[Number(wrong)];
  return (
    <section className="acts" aria-label={say({ zh: '下一版', en: 'Next version' })}>
      <table className="rules steps">
        <thead><tr><th scope="col">{say({ zh: '环节', en: 'Stage' })}</th><th scope="col">{say({ zh: '何时', en: 'When' })}</th><th scope="col">{say({ zh: '做什么', en: 'What' })}</th><th scope="col">{say({ zh: '告诉谁', en: 'Who hears' })}</th><th scope="col"><span className="only-read">{say({ zh: '操作', en: 'Actions' })}</span></th></tr></thead>
        <tbody>
          {steps.map((s, i) => (
            // oxlint-disable-next-line react/no-array-index-key -- steps are told apart by their place alone
            <tr key={i} className={wrong === String(i) ? 'marked' : ''}>
              <td>{say(stages[s.clock])}</td><td>{when(s)}</td><td><Action of={s.action} size={14} /> {say(actions[s.action])}</td><td>{s.audience.map((a) => hearer(a, names)).join(say({ zh: '、', en: ', ' }))}</td>
              <td className="row-acts">
                <button type="button" className="small" aria-label={say({ zh: `上移 ${i + 1}`, en: `Move ${i + 1} up` })} disabled={i === 0} onClick={() => edit(moved(steps, i, i - 1))}>↑</button>
                <button type="button" className="small" aria-label={say({ zh: `下移 ${i + 1}`, en: `Move ${i + 1} down` })} disabled={i === steps.length - 1} onClick={() => edit(moved(steps, i, i + 1))}>↓</button>
                <button type="button" className="small" onClick={() => setOpen(i)}>{say({ zh: '改', en: 'Edit' })}</button>
                <button type="button" className="small grave" aria-label={say({ zh: `删除 ${i + 1}`, en: `Remove ${i + 1}` })} onClick={() => edit(steps.toSpliced(i, 1))}>×</button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {faulty && <p className="late">{say({ zh: `第 ${Number(wrong) + 1} 个台阶`, en: `Step ${Number(wrong) + 1}` })}: {say(stages[faulty.clock])} {when(faulty)}</p>}
      {stale && (
        <div className="notice late" role="alert">
          <p>{say({ zh: `你改的是第 ${begun.version} 版，别人已发布第 ${ladder.version} 版。现在发布会盖掉它：请先对照。`, en: `You began on version ${begun.version}; somebody has published version ${ladder.version}. Publishing now would replace it: compare them first.` })}</p>
          <button type="button" className="button" onClick={() => keep({ ...begun, version: ladder.version })}>{say({ zh: '对照过了，用我的', en: 'I have: use mine' })}</button>
        </div>
      )}
      <Refused error={error} />
      <p className="row">
        <button type="button" className="button" onClick={() => setOpen(steps.length)}>{say({ zh: '加一个台阶', en: 'Add a step' })}</button>
        <button type="button" className="button main" disabled={busy || stale} onClick={() => void publish()}>{say({ zh: `发布第 ${ladder.version + 1} 版`, en: `Publish version ${ladder.version + 1}` })}</button>
        <button type="button" className="button" disabled={busy} onClick={() => { forget(); keep(undefined); }}>{say({ zh: '放弃改动', en: 'Drop the changes' })}</button>
      </p>
      {open !== undefined && <StepForm step={steps[open] ?? fresh()} names={names} keep={(s) => edit(steps.toSpliced(open, 1, s))} close={() => setOpen(undefined)} />}
    </section>
  );
}
