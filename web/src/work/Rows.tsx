import { memo, type ReactNode } from 'react';
import type { CaseRowFragment, ClueRowFragment } from '../api/generated/graphql.ts';
import { named, say, useLanguage } from '../say/say.ts';
import { ago, moment, past, useMinutes } from '../say/time.ts';
import { told } from '../say/refusal.ts';
import { OnIt } from './OnIt.tsx';
import { Sign } from './Sign.tsx';
import { caseStates, clueStates, sources } from './words.ts';
import type { Held } from './held.ts';
import type { List } from './list.ts';

/** A list's rows, what is new above them, and at their end the way on. hint: the key that shows what is new. */
export function Rows<T>({ held, list, empty, hint, children }: { held: Held<T>; list: Pick<List<T>, 'error' | 'more' | 'reading' | 'isPending'>; empty: string; hint?: string; children: (row: T) => ReactNode }) {
  const reading = say({ zh: '正在读取…', en: 'Reading…' });
  return (
    <>
      {list.error !== null && list.error !== undefined && <p className="notice late" role="alert">{told(list.error)}</p>}
      {held.arrivals > 0 && <button type="button" className="arrivals" onClick={held.show}>{say({ zh: `有 ${held.arrivals} 条新的，点此显示`, en: `${held.arrivals} new: show` })} {hint && <kbd>{hint}</kbd>}</button>}
      {held.rows.length === 0 && !list.more ? <p className="quiet blank">{list.isPending ? reading : empty}</p> : <ol className="rows">
        {held.rows.map(children)}
        {list.more && <li className="more"><button type="button" aria-busy={list.reading} onClick={list.more}>{list.reading ? reading : `${held.rows.length}+ · ${say({ zh: '显示更多', en: 'Show more' })}`}</button></li>}
      </ol>}
    </>
  );
}

/** A row keeps itself in sight when it is chosen by a key. */
const inSight = (open: boolean) => (row: HTMLElement | null) => { if (open) row?.scrollIntoView({ block: 'nearest' }); };

// A row is drawn anew when it changes, and not with its list: a key draws two rows. So it looks to language and time itself, and what chooses and
// marks it has to stay the same.
function useSaid() { useLanguage(); useMinutes(); }

/** One report. */
export const ClueRow = memo(({ clue, open, marked, choose, toggle }: { clue: ClueRowFragment; open: boolean; marked: boolean; choose: (id: string, byKey: boolean) => void; toggle: (id: string) => void }) => {
  useSaid();
  return (
    <li ref={inSight(open)} className={`row-item${open ? ' open' : ''}${marked ? ' marked' : ''}`}>
      <input type="checkbox" checked={marked} onChange={() => toggle(clue.id)} aria-label={say({ zh: `选中线索 ${clue.number}`, en: `Mark report ${clue.number}` })} />
      <button type="button" onClick={(e) => choose(clue.id, e.detail === 0)} aria-current={open}>
        <span className="line"><Sign urgent={clue.urgent} /><b>{clue.category ? named(clue.category) : say({ zh: '未分类', en: 'No category' })}</b><time dateTime={clue.submittedAt}>{ago(clue.submittedAt)}</time></span>
        <span className="text">{clue.text || say({ zh: '（只有照片）', en: '(a photo only)' })}</span>
        <span className="line quiet"><span>{clue.number} · {named(clue.cell.community)} · {say(sources[clue.source])}</span>{clue.state !== 'SUBMITTED' && <span className="tag">{say(clueStates[clue.state])}</span>}<OnIt id={clue.id} /></span>
      </button>
    </li>
  );
});

/** One case. */
export const CaseRow = memo(({ of, open, choose }: { of: CaseRowFragment; open: boolean; choose: (id: string, byKey: boolean) => void }) => {
  useSaid();
  const late = of.dueAt !== null && past(of.dueAt);
  return (
    <li ref={inSight(open)} className={`row-item${open ? ' open' : ''}`}>
      <button type="button" onClick={(e) => choose(of.id, e.detail === 0)} aria-current={open}>
        <span className="line"><Sign urgent={of.urgent} late={late} /><b>{named(of.category)}</b><span className="tag">{say(caseStates[of.state])}</span></span>
        <span className="text">{of.text}</span>
        <span className="line quiet"><span>{of.reference} · {of.department ? named(of.department) : say({ zh: '未派遣', en: 'nowhere yet' })}{of.clueCount > 1 && ` · ${of.clueCount} ${say({ zh: '人上报', en: 'reports' })}`}</span>
          <OnIt id={of.id} />{of.dueAt && <time dateTime={of.dueAt} className={late ? 'late' : ''}>{late ? say({ zh: '已超时', en: 'late' }) : moment(of.dueAt)}</time>}</span>
      </button>
    </li>
  );
});
