import { useState } from 'react';
import { WorkCasesDocument, type CaseFilter, type CaseRowFragment } from '../api/generated/graphql.ts';
import { useHeld } from '../work/held.ts';
import { useList } from '../work/list.ts';
import { CaseRow, Rows } from '../work/Rows.tsx';
import { useCaseChanges } from '../work/changes.ts';
import { Bar } from '../person/Bar.tsx';
import { useHat } from '../person/me.tsx';
import { say, type Text } from '../say/say.ts';
import { useLooking } from '../work/looks.ts';
import { Take } from '../work/Take.tsx';
import { Case } from '../work/Case.tsx';

type Tab = { name: Text; filter: CaseFilter };

const desk: Tab[] = [
  { name: { zh: '待接件', en: 'To accept' }, filter: { states: ['ROUTED'] } },
  { name: { zh: '处置中', en: 'In work' }, filter: { states: ['WORKING', 'SUSPENDED'] } },
  { name: { zh: '待自检', en: 'To check' }, filter: { states: ['REPORTED'] } },
  { name: { zh: '退回中', en: 'Returned' }, filter: { states: ['RETURN_REQUESTED'] } },
  { name: { zh: '核查中', en: 'Checking' }, filter: { states: ['CHECKING'] } },
];
const handler: Tab[] = [
  { name: { zh: '我要办的', en: 'Mine' }, filter: { mine: true, states: ['WORKING', 'SUSPENDED'] } },
  { name: { zh: '已反馈', en: 'Reported' }, filter: { mine: true, states: ['REPORTED', 'CHECKING'] } },
];

/** A department's inbox by what is to be done next, and the one that is looked at. */
export function Dept() {
  const { grant } = useHat();
  const tabs = grant.role === 'HANDLER' ? handler : desk;
  const [tab, setTab] = useState(0);
  const [open, setOpen] = useState<string>();
  const now = tabs[tab] ?? tabs[0];
  const filter: CaseFilter = { ...now?.filter, region: grant.region.code, ...(grant.department ? { department: grant.department.code } : {}) };
  const cases = useList(WorkCasesDocument, filter, { every: 30_000 });
  useCaseChanges();
  const list = useHeld<CaseRowFragment>(cases.rows, JSON.stringify(filter), { settled: cases.settled, goesOn: cases.more !== undefined });
  useLooking(open);
  return (
    <div className={open ? 'dept looking' : 'dept'}>
      <Bar title={say({ zh: '处置端', en: 'Department inbox' })} />
      <nav className="queue" aria-label={say({ zh: '收件', en: 'Inbox' })}>
        <div className="tabs">{tabs.map((t, i) => <button key={t.name.en} type="button" aria-pressed={t === now} onClick={() => { setTab(i); setOpen(undefined); }}>{say(t.name)}</button>)}</div>
        {grant.role !== 'HANDLER' && <Take path="/export/cases" query={{ region: filter.region ?? undefined, department: filter.department ?? undefined, states: filter.states?.join() }} />}
        <Rows held={list} list={cases} empty={say({ zh: '这里没有案件。', en: 'Nothing here.' })}>
          {(c) => <CaseRow key={c.id} of={c} open={c.id === open} choose={setOpen} />}
        </Rows>
      </nav>
      <section className="detail" aria-label={say({ zh: '详情', en: 'Detail' })}>
        {open && <button type="button" className="button plain back" onClick={() => setOpen(undefined)}>← {say({ zh: '返回列表', en: 'Back to the list' })}</button>}
        {open ? <Case key={open} id={open} changed={() => void cases.refetch()} /> : <p className="quiet blank">{say({ zh: '选一件来看。', en: 'Choose a case.' })}</p>}
      </section>
    </div>
  );
}
