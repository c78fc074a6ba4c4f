import { useState } from 'react';
import { accepted, ask } from '../api/ask.ts';
import { PrintCodesDocument, type PrintCodesMutation } from '../api/generated/graphql.ts';
import { Bar } from '../person/Bar.tsx';
import { say } from '../say/say.ts';
import { told } from '../say/refusal.ts';
import { List } from './List.tsx';
import { Sheet } from './Sheet.tsx';

export type Printed = NonNullable<PrintCodesMutation['printVisitCodes']['codes']>[number];

/** The codes that hang at premises: chosen from a list, made, put on paper, and taken out of use. */
export function Codes() {
  const [sheet, setSheet] = useState<Printed[]>();
  const [error, setError] = useState<unknown>();
  const print = async (premises: string[]) => {
    setError(undefined);
    try {
      setSheet(accepted((await ask(PrintCodesDocument, { input: { premises } })).printVisitCodes).codes ?? []);
    } catch (problem) { setError(problem); }
  };
  return (
    <div className="codes">
      <Bar title={say({ zh: '场所码', en: 'Codes of premises' })} />
      {error !== undefined && <p className="notice late" role="alert">{told(error)}</p>}
      {sheet ? <Sheet codes={sheet} back={() => setSheet(undefined)} /> : <List print={(premises) => void print(premises)} />}
    </div>
  );
}
