import { useEffect, useState } from 'react';
import { say } from '../say/say.ts';
import { clock } from '../say/time.ts';
import { lines, type Alarm } from './alarms.ts';
import type { Shift } from './shift.ts';
import { record } from './sync.ts';
import { positionIn, type Fix } from './where.ts';

const usual = [15, 30, 60, 120]; // minutes

/** For whoever goes somewhere alone: expect me back by then, or help is called. */
export function Timer({ shift, where, running }: { shift: Shift; where: Fix | undefined; running: Alarm[] }) {
  const { timerShortest: least = 5, timerLongest: most = 240 } = lines(shift);
  const offered = usual.filter((m) => m >= least && m <= most), [minutes, choose] = useState(30);
  const one = offered.includes(minutes) ? minutes : (offered[0] ?? least);
  if (running.length > 0) return running.map((t) => <Running key={t.id} timer={t} longer={one} />);
  const begin = () => void record('timer.begin', { minutes: one, ...(where ? { position: positionIn(where) } : {}) }, say({ zh: `独自入户，${one} 分钟`, en: `Alone for ${one} minutes` }), []);
  return (
    <form className="timer" onSubmit={(e) => { e.preventDefault(); begin(); }}>
      <h2>{say({ zh: '独自进去？到时不报平安就替您求助', en: 'Going in alone? Unless you are back, help is called for you' })}</h2>
      <div className="answers">
        <label><span className="only-read">{say({ zh: '时长', en: 'How long' })}</span>
          <select className="input" value={one} onChange={(e) => choose(Number(e.target.value))}>{(offered.length > 0 ? offered : [least]).map((m) => <option key={m} value={m}>{say({ zh: `${m} 分钟`, en: `${m} minutes` })}</option>)}</select></label>
        <button type="submit" className="button">{say({ zh: '开始计时', en: 'Start' })}</button>
      </div>
    </form>
  );
}

function Running({ timer, longer }: { timer: Alarm; longer: number }) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => { const tick = window.setInterval(() => setNow(Date.now()), 10_000); return () => window.clearInterval(tick); }, []);
  const left = timer.backBy ? Math.max(0, Math.round((new Date(timer.backBy).getTime() - now) / 60_000)) : undefined;
  return (
    <section className={left !== undefined && left <= 5 ? 'timer notice late' : 'timer notice'} aria-live="polite">
      <h2>{timer.backBy === undefined ? timer.sent ? say({ zh: '正在登记…', en: 'Being taken in…' }) : say({ zh: '计时还没到平台：没有网络，现在还没有人会等您', en: 'The timer has not reached the platform: nobody waits for you yet' }) : say({ zh: `${clock(timer.backBy)} 前报平安（还剩 ${left} 分钟）`, en: `Say that you are back by ${clock(timer.backBy)} (${left} minutes left)` })}</h2>
      <div className="answers">
        <button type="button" className="button main" onClick={() => void record('timer.end', { timer: timer.id }, say({ zh: '我回来了', en: 'I am back' }), [], timer.id)}>{say({ zh: '我回来了', en: 'I am back' })}</button>
        <button type="button" className="button" disabled={!timer.sent} onClick={() => void record('timer.extend', { timer: timer.id, minutes: longer }, say({ zh: `从现在起再 ${longer} 分钟`, en: `Another ${longer} minutes from now` }), [])}>{say({ zh: `从现在起再 ${longer} 分钟`, en: `${longer} minutes from now` })}</button>
      </div>
    </section>
  );
}
