import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { expect } from '../api/cache.ts';
import { DeskClueDocument, DeskConflictsDocument, DeskQuarantineDocument, DeskQueueDocument, DeskTasksDocument, WorkCasesDocument, type CaseRowFragment, type CaseState, type ClueRowFragment, type NobodysTaskFragment } from '../api/generated/graphql.ts';
import { Bar } from '../person/Bar.tsx';
import { useHat } from '../person/me.tsx';
import { say } from '../say/say.ts';
import { Case } from '../work/Case.tsx';
import { useCaseChanges } from '../work/changes.ts';
import { useRest } from '../work/focus.ts';
import { Alarms } from './Alarms.tsx';
import { Bulk } from './Bulk.tsx';
import { Clue } from './Clue.tsx';
import { Help } from './Help.tsx';
import { useHeld } from '../work/held.ts';
import { useList } from '../work/list.ts';
import { useLooking } from '../work/looks.ts';
import { useLasting } from '../work/lasting.ts';
import { useSettled } from '../work/settled.ts';
import { useKeys } from './keys.ts';
import { MapPane } from './MapPane.tsx';
import { takeBack, undo, usePending } from './pending.ts';
import * as stops from './stops.ts';
import { CaseRow, ClueRow, Rows } from '../work/Rows.tsx';
import { Take } from '../work/Take.tsx';
import { Task as TaskDetail, TaskRow } from './Task.tsx';
import { Version as VersionDetail, VersionRow } from './Version.tsx';
import { versionsOf, type Version } from './versions.ts';
import { UndoBar } from './UndoBar.tsx';

export type Tab = 'clues' | 'decide' | 'cases' | 'versions' | 'tasks';
const tabs: [Tab, { zh: string; en: string }][] = [['clues', { zh: '线索', en: 'Reports' }], ['decide', { zh: '待我裁决', en: 'To decide' }], ['cases', { zh: '在办案件', en: 'Cases' }], ['versions', { zh: '终端来件', en: 'Handhelds' }], ['tasks', { zh: '待派巡查', en: 'Tasks' }]];

const decide: CaseState[] = ['FILED', 'RETURN_REQUESTED', 'CHECKING'];

const look = 2_000; // ms between looks at the queue
const slowly = 30_000; // ms between looks at what handhelds sent, and what they gave back
const streetDigits = 9;
const ahead = 10; // rows before the end of what was read, where more of it is read

/** Queue, map, and the one that is looked at. */
export function Desk() {
  const { grant } = useHat();
  const [tab, setTab] = useState<Tab>('clues');
  const [words, setWords] = useState('');
  const [chosen, choose] = useState<{ id: string; at: number; byItself?: true }>();
  const [marked, mark] = useState<ReadonlySet<string>>(new Set());
  const [help, setHelp] = useState(false);
  const [alarm, showAlarm] = useState<{ lon: number; lat: number }>();
  const search = useRef<HTMLInputElement>(null);
  const pending = usePending();

  const text = words.trim() === '' ? {} : { text: words.trim() };
  const region = grant.region.code;
  const leads = grant.role === 'DUTY_LEAD';
  const deciding = tab === 'decide';
  const queue = useList(DeskQueueDocument, { region, ...text }, { every: look, when: tab === 'clues' });
  // Two lists: while one is read, the rows of the other are nothing to decide on.
  const undecided = useList(WorkCasesDocument, { region, ...text, states: decide }, { when: deciding });
  const underWay = useList(WorkCasesDocument, { region, ...text, open: true }, { when: tab === 'cases' });
  const cases = deciding ? undecided : underWay;
  const conflicts = useList(DeskConflictsDocument, undefined, { every: slowly, when: tab === 'versions' });
  const late = useList(DeskQuarantineDocument, undefined, { every: slowly, when: tab === 'versions' && leads });
  const nobodys = useList(DeskTasksDocument, region.length < streetDigits ? undefined : region, { every: slowly, when: tab === 'tasks' });
  useCaseChanges();

  const decided = new Set(pending.filter((p) => !p.failed).map((p) => p.key));
  const clues = useHeld<ClueRowFragment>(tab === 'clues' ? queue.rows?.filter((c) => !decided.has(c.id)) : undefined, `clues ${region} ${words}`, { settled: queue.settled, goesOn: queue.more !== undefined });
  const versions = useHeld<Version>(tab === 'versions' ? versionsOf(conflicts.rows, leads ? late.rows : []) : undefined, 'versions', { settled: conflicts.settled && late.settled, goesOn: conflicts.more !== undefined });
  const list = useHeld<CaseRowFragment>(tab === 'decide' || tab === 'cases' ? cases.rows : undefined, `${tab} ${region} ${words}`, { settled: cases.settled, goesOn: cases.more !== undefined });
  const tasks = useHeld<NobodysTaskFragment>(tab === 'tasks' ? nobodys.rows : undefined, `tasks ${region}`, { settled: nobodys.settled, goesOn: nobodys.more !== undefined });
  const [held, read] = tab === 'clues' ? [clues, queue] : tab === 'versions' ? [versions, conflicts] : tab === 'tasks' ? [tasks, nobodys] : [list, cases];
  const ids = held.rows.map((r) => r.id);
  // What was decided leaves the list, and the next one stands open.
  const stays = chosen && (ids.includes(chosen.id) || (!chosen.byItself && (tab === 'decide' || tab === 'cases')));
  const open = stays ? chosen.id : ids[Math.min(chosen?.at ?? 0, ids.length - 1)];
  // It stays what it is, though others come before it while the list is read: who looks at it acts on it.
  if (open !== undefined && !stays) choose({ id: open, at: ids.indexOf(open), byItself: true });

  // Whoever goes down by keys does not wait at the end, and arrivals above do not push the open one out of what was read.
  const at = open ? ids.indexOf(open) : -1, below = at < 0 ? Infinity : ids.length - 1 - at;
  const readOn = useEffectEvent(() => read.more?.());
  useEffect(() => { if (below < ahead) readOn(); }, [below]);

  // The neighbours of the open one are read ahead, so that a key shows them at once.
  const [before, after] = tab === 'clues' ? [ids[at - 1], ids[at + 1]] : [];
  useSettled(`${after} ${before}`, () => { for (const id of [after, before]) if (id) void expect(DeskClueDocument, { id }); });

  // What an undo brings back is not in the list yet, and comes back to where its reader is.
  const select = (id: string) => { showAlarm(undefined); choose((was) => ({ id, at: ids.includes(id) ? ids.indexOf(id) : was?.at ?? 0 })); };
  const turn = (to: Tab, id?: string) => { setTab(to); choose(id ? { id, at: 0 } : undefined); };
  const step = (by: number) => {
    const next = ids[Math.max(0, Math.min(ids.length - 1, at + by))];
    if (next) select(next);
  };
  const toggle = useLasting((id: string) => mark((was) => { const now = new Set(was); if (!now.delete(id)) now.add(id); return now; }));
  // The focus goes along with whoever works by keys, and rests at the open one.
  const go = (change: () => void) => { flushSync(change); stops.rest()?.focus(); };
  const enter = useLasting((id: string, byKey: boolean) => { if (byKey) { flushSync(() => select(id)); stops.detail()?.focus(); } else select(id); });
  // Whoever comes back to the list stays with what stands open, though the list is another one when its search is emptied.
  const rest = () => { if (open) select(open); stops.rest()?.focus(); };
  const back = () => {
    if (stops.rest() !== document.activeElement) { rest(); return; }
    mark(new Set());
    for (const p of pending) if (p.failed) takeBack(p.key);
  };
  const down = () => go(() => step(1)), up = () => go(() => step(-1));
  useKeys({
    j: down, k: up, ArrowDown: down, ArrowUp: up, 1: () => go(() => turn('clues')), 2: () => go(() => turn('decide')), 3: () => go(() => turn('cases')), 4: () => go(() => turn('versions')), 5: () => go(() => turn('tasks')),
    n: () => go(held.show), '/': () => search.current?.focus(), '?': () => setHelp(true), Escape: back,
    g: () => stops.acts()?.focus(), b: () => stops.duplicates()?.focus(), s: () => stops.alarm()?.focus(), x: () => { if (open) toggle(open); }, u: () => go(() => { const id = undo(); if (id) select(id); }),
  });
  useLooking(tab === 'versions' || tab === 'tasks' ? undefined : open);
  useRest(stops.rest);
  const nothing = open === undefined;
  useEffect(() => { if (!nothing && stops.waits()) stops.rest()?.focus(); }, [nothing]);

  const shownClue = clues.rows.find((c) => c.id === open);
  const shownVersion = versions.rows.find((v) => v.id === open);
  const shownTask = tasks.rows.find((t) => t.id === open);
  const shownCase = list.rows.find((c) => c.id === open);
  return (
    <div className="desk">
      <Bar title={say({ zh: '调度台', en: 'Dispatch desk' })}>
        <button type="button" className="button plain" onClick={() => setHelp(true)}>{say({ zh: '快捷键', en: 'Keys' })} <kbd>?</kbd></button>
      </Bar>
      <Alarms region={region} show={showAlarm} />
      <nav className="queue" aria-label={say({ zh: '队列', en: 'Queue' })}>
        <div className="tabs">
          {tabs.map(([name, label]) => <button key={name} type="button" aria-pressed={tab === name} onClick={() => turn(name)}>{say(label)}</button>)}
        </div>
        <input ref={search} className="input" type="search" value={words} onChange={(e) => setWords(e.target.value)} onKeyDown={(e) => { if (e.key === 'Enter') { e.preventDefault(); rest(); } }} aria-label={say({ zh: '搜索', en: 'Search' })} placeholder={say({ zh: '搜索文字或编号  /', en: 'Words or a number  /' })} />
        {tab === 'clues' ? (
          <Rows held={clues} list={queue} hint="n" empty={say({ zh: '没有待受理的线索。', en: 'No report waits for a decision.' })}>
            {(c) => <ClueRow key={c.id} clue={c} open={c.id === open} marked={marked.has(c.id)} choose={enter} toggle={toggle} />}
          </Rows>
        ) : tab === 'versions' ? (
          <Rows held={versions} list={conflicts} hint="n" empty={say({ zh: '终端送来的都已办妥。', en: 'All that handhelds sent is settled.' })}>
            {(v) => <VersionRow key={v.id} version={v} open={v.id === open} choose={enter} />}
          </Rows>
        ) : tab === 'tasks' ? (
          <Rows held={tasks} list={nobodys} hint="n" empty={say({ zh: '每件巡查都有人负责。', en: 'Every inspection has somebody.' })}>
            {(t) => <TaskRow key={t.id} task={t} open={t.id === open} choose={enter} />}
          </Rows>
        ) : (
          <>
            <Take path="/export/cases" query={{ region, ...text, states: deciding ? decide.join() : undefined, open: deciding ? undefined : 'true' }} />
            <Rows held={list} list={cases} hint="n" empty={say({ zh: '没有案件。', en: 'No case.' })}>
              {(c) => <CaseRow key={c.id} of={c} open={c.id === open} choose={enter} />}
            </Rows>
          </>
        )}
      </nav>
      <MapPane clues={clues.rows} clue={shownClue} of={shownCase} alarm={alarm} region={grant.region}
        pickClue={(id) => turn('clues', id)} pickCase={(id) => turn('cases', id)} lasso={(found) => { turn('clues'); mark(new Set(found)); }} />
      <section className="detail" tabIndex={-1} aria-label={say({ zh: '详情', en: 'Detail' })}>
        {marked.size > 0 && tab === 'clues' ? <Bulk clues={clues.rows.filter((c) => marked.has(c.id))} drop={() => mark(new Set())} />
          : open === undefined ? <p className="quiet blank">{say({ zh: '选一条来看。', en: 'Choose one to look at.' })}</p>
            : tab === 'clues' ? <Clue key={open} id={open} next={() => step(1)} />
              : tab === 'versions' ? shownVersion && <VersionDetail key={open} version={shownVersion} done={() => { void conflicts.refetch(); void late.refetch(); }} />
              : tab === 'tasks' ? shownTask && <TaskDetail key={open} task={shownTask} />
                : <Case key={open} id={open} changed={() => void cases.refetch()} />}
      </section>
      <UndoBar pending={pending} />
      {help && <Help close={() => setHelp(false)} />}
    </div>
  );
}
