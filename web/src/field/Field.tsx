import { lazy, Suspense, useEffect, useState } from 'react';
import { ask, Refusal } from '../api/ask.ts';
import { MeDocument } from '../api/generated/graphql.ts';
import { LanguageSwitch } from '../look/Language.tsx';
import { Mark } from '../look/Mark.tsx';
import { SignIn } from '../person/SignIn.tsx';
import { say, useLanguage } from '../say/say.ts';
import { ago } from '../say/time.ts';
import { told } from '../say/refusal.ts';
import { alarms, raised, stands } from './alarms.ts';
import { tellAgain } from './bell.ts';
import { enrol } from './device.ts';
import { Duties } from './Duties.tsx';
import { Duty } from './Duty.tsx';
import { claimable, duties, type Duty as One } from './duties.ts';
import { Outbox } from './Outbox.tsx';
import { Found } from './Found.tsx';
import { Help, Theirs } from './Help.tsx';
import { onLanding } from './landing.ts';
import { Result, type Came } from './Result.tsx';
import { useShift, type Shift } from './shift.ts';
import { hurry, keepSyncing, sync } from './sync.ts';
import { useWhere } from './where.ts';

const Around = lazy(() => import('./Around.tsx'));
const Badge = lazy(() => import('./Badge.tsx'));
const Bell = lazy(() => import('./Bell.tsx'));
const Messages = lazy(() => import('./Messages.tsx'));
const title = { zh: '网格通', en: 'Grid handheld' };

/** The grid worker's handheld: everything on it works without a network, once it has been somebody's. */
export function Field() {
  useLanguage();
  const shift = useShift();
  const [entering, setEntering] = useState(false);
  const owned = shift.owner !== undefined;
  useEffect(() => { if (owned) keepSyncing(); }, [owned]);

  const enter = async () => {
    const { me } = await ask(MeDocument, {});
    if (!me) throw new Refusal('SIGN_IN_FAILED', '');
    if (!shift.owner || shift.owner.person !== me.person.id) await enrol(me.person);
    await tellAgain();
    setEntering(false);
    await sync();
  };
  if (!shift.ready) return <p className="waiting">{say({ zh: '正在打开…', en: 'Opening…' })}</p>;
  if (!owned || entering) return <SignIn title={say(title)} entered={enter} />;
  return <Shifted shift={shift} enter={() => setEntering(true)} />;
}

type Tab = 'duties' | 'around' | 'outbox' | 'found' | 'help' | 'badge';

const pressing = 4_000; // ms between exchanges while somebody needs help

function Shifted({ shift, enter }: { shift: Shift; enter: () => void }) {
  const where = useWhere();
  const [tab, setTab] = useState<Tab>('duties');
  const [open, setOpen] = useState<string>();
  const [came, setCame] = useState<Came>();
  useEffect(() => onLanding((to) => { setTab(to.tab); setCame(undefined); setOpen(to.duty); }), []);
  const list = duties(shift, where), free = claimable(shift, where);
  const one: One | undefined = [...list, ...free].find((d) => d.id === open);
  const help = alarms(shift), live = help.some((a) => raised(a) || (a.state === 'waiting' && a.backBy === undefined));
  useEffect(() => {
    if (!live) return undefined;
    const again = window.setInterval(() => { void hurry().then(sync); }, pressing);
    return () => window.clearInterval(again);
  }, [live]);
  const waiting = shift.outbox.filter((op) => op.state === 'kept' || op.photos.length > 0).length;
  const wrong = shift.outbox.filter((op) => op.state === 'rejected').length;
  return (
    <div className="handheld">
      <header className="head">
        <Mark /><h1>{say(title)}</h1><button type="button" className="button" aria-pressed={tab === 'badge'} onClick={() => setTab('badge')}><span className="quiet">{shift.owner?.name}</span>{say({ zh: '工牌', en: 'Badge' })}</button><LanguageSwitch />
      </header>
      <Line shift={shift} waiting={waiting} enter={enter} />
      <main>
        {tab !== 'help' && help.filter(stands).map((a) => <Theirs key={a.id} alarm={a} where={where} />)}
        {tab !== 'help' && help.some((a) => a.mine && raised(a)) && <button type="button" className="alarm" onClick={() => setTab('help')}>{say({ zh: '求助中，查看谁会来', en: 'Help is called: see who comes' })}</button>}
        {tab === 'help' && <Help shift={shift} where={where} all={help} />}
        {tab === 'duties' && (came ? <Result came={came} done={() => setCame(undefined)} /> : one ? <Duty key={one.id} duty={one} shift={shift} where={where} close={() => setOpen(undefined)} came={setCame} /> : <Duties list={list} free={free} where={where} open={setOpen} />)}
        {tab === 'around' && <Suspense fallback={<p className="waiting">{say({ zh: '正在打开…', en: 'Opening…' })}</p>}><Around shift={shift} list={list} where={where} open={(id) => { setTab('duties'); setCame(undefined); setOpen(id); }} /></Suspense>}
        {tab === 'badge' && <Suspense fallback={<p className="waiting">{say({ zh: '正在打开…', en: 'Opening…' })}</p>}><Badge shift={shift} /><Bell shift={shift} /><Messages shift={shift} /></Suspense>}
        {tab === 'outbox' && <Outbox outbox={shift.outbox} />}
        {tab === 'found' && <Found shift={shift} where={where} done={() => setTab('outbox')} />}
      </main>
      <nav className="foot" aria-label={say({ zh: '页面', en: 'Pages' })}>
        <button type="button" aria-pressed={tab === 'duties'} onClick={() => { setTab('duties'); setOpen(undefined); setCame(undefined); }}>{say({ zh: `任务 ${list.length}`, en: `To do ${list.length}` })}</button>
        <button type="button" aria-pressed={tab === 'around'} onClick={() => setTab('around')}>{say({ zh: '地图', en: 'Map' })}</button>
        <button type="button" className="report" aria-pressed={tab === 'found'} onClick={() => setTab('found')}>{say({ zh: '上报', en: 'Report' })}</button>
        <button type="button" aria-pressed={tab === 'outbox'} onClick={() => setTab('outbox')}>{say({ zh: `发件箱 ${waiting + wrong}`, en: `Outbox ${waiting + wrong}` })}</button>
        <button type="button" className="sos" aria-pressed={tab === 'help'} onClick={() => setTab('help')}>{say({ zh: '求助', en: 'SOS' })}</button>
      </nav>
    </div>
  );
}

/** The state of the exchange, in words. */
function Line({ shift, waiting, enter }: { shift: Shift; waiting: number; enter: () => void }) {
  const { line, pulled } = shift;
  const last = pulled ? ago(new Date(pulled)) : say({ zh: '从未', en: 'never' });
  const still = waiting > 0 ? say({ zh: `，${waiting} 件存在本机待发`, en: `; ${waiting} kept here to be sent` }) : '';
  if (line.signedOut) return <p className="line-state away">{say({ zh: '登录已过期，做过的都还在本机。', en: 'The session is over; all that was done is still here.' })} <button type="button" className="button" onClick={enter}>{say({ zh: '重新登录', en: 'Sign in again' })}</button></p>;
  if (line.refused) return <p className="line-state away">{told(line.refused)}{still} <button type="button" className="button" onClick={enter}>{say({ zh: '重新登录', en: 'Sign in again' })}</button></p>;
  if (!line.reached) return <p className="line-state away">{say({ zh: `没有网络，照常工作${still}。任务更新于 ${last}`, en: `No network: work on${still}. To-do as of ${last}` })}</p>;
  return <p className="line-state">{say({ zh: `已同步（${last}）${still}`, en: `In step (${last})${still}` })}</p>;
}
