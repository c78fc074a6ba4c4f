import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { CaseRowFragment } from '../api/generated/graphql.ts';
import { say } from '../say/say.ts';
import { told } from '../say/refusal.ts';
import { Case } from '../work/Case.tsx';
import { CaseRow } from '../work/Rows.tsx';

/** The cases behind something, and the one of them that is looked at. turn: reads on after a cursor, or from the beginning. */
export function Halves({ name, head, note, cases, next, after, turn, reading, error, close }: {
  name: string; head?: ReactNode; note?: string; cases: readonly CaseRowFragment[]; next: string | null; after: string | undefined; turn: (after: string | undefined) => void; reading: boolean; error: unknown; close: () => void;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [open, setOpen] = useState<string>();
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} className="behind" onClose={close} aria-labelledby="behind">
      <header>
        <h2 id="behind">{name}</h2>
        {head}
        <form method="dialog"><button type="submit" className="button">{say({ zh: '关闭', en: 'Close' })}</button></form>
      </header>
      {note && <p className="quiet">{note}</p>}
      {error !== null && error !== undefined && <p className="notice late" role="alert">{told(error)}</p>}
      <div className="halves">
        <ol className="rows">{cases.map((c) => <CaseRow key={c.id} of={c} open={c.id === open} choose={setOpen} />)}
          {cases.length === 0 && !reading && <li className="quiet blank">{say({ zh: '没有你能看的案件。', en: 'No case that you may see.' })}</li>}
          {(next || after) && <li className="row pages">{after && <button type="button" className="button" onClick={() => turn(undefined)}>{say({ zh: '回到第一页', en: 'First page' })}</button>}{next && <button type="button" className="button" onClick={() => turn(next)}>{say({ zh: '下一页', en: 'Next page' })}</button>}</li>}</ol>
        {open && <div className="detail"><Case key={open} id={open} changed={() => {}} /></div>}
      </div>
    </dialog>
  );
}
