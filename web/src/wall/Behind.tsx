import { useEffect, useRef, useState } from 'react';
import { useAsk } from '../api/cache.ts';
import { WallBehindDocument, type IndicatorPart } from '../api/generated/graphql.ts';
import { named, say } from '../say/say.ts';
import { told } from '../say/refusal.ts';
import { CaseRow } from '../work/Rows.tsx';
import { Case } from '../work/Case.tsx';
import { valueOf } from './figures.ts';
import type { Question } from './Wall.tsx';

/** The cases behind a number: those above the line, or all below it. */
export function Behind({ asked, close }: { asked: Question; close: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [part, setPart] = useState<IndicatorPart>('DENOMINATOR');
  const [after, setAfter] = useState<string>();
  const [open, setOpen] = useState<string>();
  useEffect(() => dialog.current?.showModal(), []);
  const answer = useAsk(WallBehindDocument, { input: asked.input, part, ...(after ? { after } : {}) });
  const page = answer.data?.indicators[0]?.indicators[0]?.cases;
  const cases = page?.nodes ?? [];
  const next = page?.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  const turn = (to: IndicatorPart) => { setPart(to); setAfter(undefined); };
  const { figure } = asked;
  return (
    <dialog ref={dialog} className="behind" onClose={close} aria-labelledby="behind">
      <header>
        <h2 id="behind">{named(figure.measure)} {valueOf(figure)}</h2>
        <div className="switch">
          <button type="button" aria-pressed={part === 'NUMERATOR'} onClick={() => turn('NUMERATOR')}>{say({ zh: '分子', en: 'Above the line' })} {figure.numerator}</button>
          <button type="button" aria-pressed={part === 'DENOMINATOR'} onClick={() => turn('DENOMINATOR')}>{say({ zh: '分母', en: 'Below the line' })} {figure.denominator}</button>
        </div>
        <form method="dialog"><button type="submit" className="button">{say({ zh: '关闭', en: 'Close' })}</button></form>
      </header>
      <p className="quiet">{figure.measure.formula} · {figure.measure.source}</p>
      {answer.error && <p className="notice late" role="alert">{told(answer.error)}</p>}
      <div className="halves">
        <ol className="rows">{cases.map((c) => <CaseRow key={c.id} of={c} open={c.id === open} choose={() => setOpen(c.id)} />)}
          {cases.length === 0 && !answer.isFetching && <li className="quiet blank">{say({ zh: '没有你能看的案件。', en: 'No case that you may see.' })}</li>}
          {(next || after) && <li className="row pages">{after && <button type="button" className="button" onClick={() => setAfter(undefined)}>{say({ zh: '回到第一页', en: 'First page' })}</button>}{next && <button type="button" className="button" onClick={() => setAfter(next)}>{say({ zh: '下一页', en: 'Next page' })}</button>}</li>}</ol>
        {open && <div className="detail"><Case key={open} id={open} changed={() => {}} /></div>}
      </div>
    </dialog>
  );
}
