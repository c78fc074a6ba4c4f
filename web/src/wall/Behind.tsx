import { useState } from 'react';
import { useAsk } from '../api/cache.ts';
import { WallBehindDocument, WorkCasesDocument, type CaseFilter, type IndicatorPart } from '../api/generated/graphql.ts';
import { named, say } from '../say/say.ts';
import { valueOf } from './figures.ts';
import { Halves } from './Halves.tsx';
import type { Question } from './Wall.tsx';

/** The cases behind a number: those above the line, or all below it. Of a time there is no line. */
export function Behind({ asked, close }: { asked: Question; close: () => void }) {
  const [part, setPart] = useState<IndicatorPart>('DENOMINATOR');
  const [after, setAfter] = useState<string>();
  const answer = useAsk(WallBehindDocument, { input: asked.input, part, ...(after ? { after } : {}) });
  const page = answer.data?.indicators[0]?.indicators[0]?.cases;
  const turn = (to: IndicatorPart) => { setPart(to); setAfter(undefined); };
  const { figure } = asked;
  return (
    <Halves name={`${named(figure.measure)} ${valueOf(figure)}`} note={`${figure.measure.formula} · ${figure.measure.source}`} close={close}
      cases={page?.nodes ?? []} next={page?.pageInfo.hasNextPage ? page.pageInfo.endCursor : null} after={after} turn={setAfter} reading={answer.isFetching} error={answer.error}
      head={figure.measure.unit === 'RATIO' && (
        <div className="switch">
          <button type="button" aria-pressed={part === 'NUMERATOR'} onClick={() => turn('NUMERATOR')}>{say({ zh: '分子', en: 'Above the line' })} {figure.numerator}</button>
          <button type="button" aria-pressed={part === 'DENOMINATOR'} onClick={() => turn('DENOMINATOR')}>{say({ zh: '分母', en: 'Below the line' })} {figure.denominator}</button>
        </div>
      )} />
  );
}

/** The open cases of a division. */
export function OpenIn({ name, filter, close }: { name: string; filter: CaseFilter; close: () => void }) {
  const [after, setAfter] = useState<string>();
  const answer = useAsk(WorkCasesDocument, { filter: { ...filter, open: true }, first: 15, ...(after ? { after } : {}) });
  const page = answer.data?.cases;
  return (
    <Halves name={say({ zh: `${name}的在办案件`, en: `Open cases in ${name}` })} close={close} cases={page?.nodes ?? []}
      next={page?.pageInfo.hasNextPage ? page.pageInfo.endCursor : null} after={after} turn={setAfter} reading={answer.isFetching} error={answer.error} />
  );
}
