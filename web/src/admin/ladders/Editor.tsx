import { useState } from 'react';
import { accepted, ask, Refusal } from '../../api/ask.ts';
import { AdminPublishLadderDocument } from '../../api/generated/graphql.ts';
import { say } from '../../say/say.ts';
import { stages } from '../../work/words.ts';
import type { Names } from '../names.ts';
import { Refused } from '../Refused.tsx';
import { moved } from '../rules/draft.ts';
import { useSending } from '../sending.ts';
import { Action } from './Action.tsx';
import type { Ladder, Step } from './line.ts';
import { StepForm } from './StepForm.tsx';
import { fresh, sent } from './steps.ts';
import { actions, hearer, when } from './words.ts';

/** The next version of a ladder while it is being made; what is drawn beside it follows each change. */
export function Editor({ ladder, steps, edit, names }: { ladder: Ladder; steps: Step[] | undefined; edit: (steps: Step[] | undefined) => void; names: Names }) {
  const [open, setOpen] = useState<number>();
  const { busy, error, send, forget } = useSending();
  if (!steps) return <p className="row"><button type="button" className="button" onClick={() => edit([...ladder.steps])}>{say({ zh: '编辑下一版', en: 'Edit the next version' })}</button></p>;
  const publish = () => send(async () => {
    accepted((await ask(AdminPublishLadderDocument, { input: { code: ladder.code, nameZh: ladder.nameZh, nameEn: ladder.nameEn, steps: steps.map(sent) } })).publishLadder);
    edit(undefined);
  });
  const wrong = error instanceof Refusal ? /^steps[.[](\d+)/u.exec(error.path ?? '')?.[1] : undefined;
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
      {wrong !== undefined && <p className="late">{say({ zh: `第 ${Number(wrong) + 1} 个台阶：同一环节的台阶要一个比一个晚，触发、对象和动作要相配。`, en: `Step ${Number(wrong) + 1}: steps of a stage come one after another, and trigger, audience and action have to fit.` })}</p>}
      <Refused error={error} />
      <p className="row">
        <button type="button" className="button" onClick={() => setOpen(steps.length)}>{say({ zh: '加一个台阶', en: 'Add a step' })}</button>
        <button type="button" className="button main" disabled={busy} onClick={() => void publish()}>{say({ zh: `发布第 ${ladder.version + 1} 版`, en: `Publish version ${ladder.version + 1}` })}</button>
        <button type="button" className="button" disabled={busy} onClick={() => { forget(); edit(undefined); }}>{say({ zh: '放弃改动', en: 'Drop the changes' })}</button>
      </p>
      {open !== undefined && <StepForm step={steps[open] ?? fresh()} names={names} keep={(s) => edit(steps.toSpliced(open, 1, s))} close={() => setOpen(undefined)} />}
    </section>
  );
}
