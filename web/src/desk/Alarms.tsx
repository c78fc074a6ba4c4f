import { useEffect, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import { accepted, ask } from '../api/ask.ts';
import { cache, useAsk } from '../api/cache.ts';
import { AnswerAlarmDocument, DeskAlarmsDocument, EndAlarmDocument, type AlarmOutcome, type DeskAlarmFragment } from '../api/generated/graphql.ts';
import { useHat } from '../person/me.tsx';
import { told } from '../say/refusal.ts';
import { named, say, type Text } from '../say/say.ts';
import { ago, moment } from '../say/time.ts';
import './alarms.css';

const look = 2_000; // ms between looks

const outcomes: [AlarmOutcome, Text][] = [
  ['SAFE', { zh: '本人平安', en: 'They are safe' }], ['FALSE_ALARM', { zh: '误报', en: 'A false alarm' }], ['HANDED_110', { zh: '已交 110', en: 'Handed to the police (110)' }],
  ['HANDED_119', { zh: '已交 119', en: 'Handed to the fire service (119)' }], ['HANDED_120', { zh: '已交 120', en: 'Handed to the ambulance (120)' }],
];

/** Whoever calls for help in the street, above everything else on the desk. */
export function Alarms({ region, show }: { region: string; show: (at: { lon: number; lat: number }) => void }) {
  const { data } = useAsk(DeskAlarmsDocument, { region }, { every: look });
  const all = data?.alarms ?? [];
  const count = all.length;
  useEffect(() => {
    if (count === 0) return undefined;
    const was = document.title;
    document.title = say({ zh: '⚠ 求助', en: '⚠ Call for help' });
    return () => { document.title = was; };
  }, [count]);
  return <div className="alarms">{all.map((a) => <One key={a.id} alarm={a} show={show} />)}</div>;
}

function One({ alarm, show }: { alarm: DeskAlarmFragment; show: (at: { lon: number; lat: number }) => void }) {
  const { me } = useHat();
  const [ending, setEnding] = useState(false);
  const box = useRef<HTMLElement>(null);
  const turn = (to: boolean) => {
    flushSync(() => setEnding(to));
    box.current?.querySelector<HTMLElement>(to ? 'select' : '.row button:last-child')?.focus();
  };
  const [error, setError] = useState<unknown>();
  const act = async (change: () => Promise<unknown>) => {
    try { await change(); setError(undefined); setEnding(false); } catch (problem) { setError(problem); }
    await cache.invalidateQueries();
  };
  const answer = (coming: boolean) => void act(async () => accepted((await ask(AnswerAlarmDocument, { input: { alarm: alarm.id, coming } })).answerAlarm));
  const mine = alarm.answers.find((a) => a.person.id === me.person.id), coming = alarm.answers.filter((a) => a.coming), seen = alarm.answers.filter((a) => !a.coming);
  const names = (of: typeof coming) => of.map((a) => a.person.name).join(say({ zh: '、', en: ', ' }));
  const { point } = alarm;
  return (
    <section ref={box} className="alarm" role="alert">
      <div className="who">
        <h2>{alarm.kind === 'SOS' ? say({ zh: `求助：${alarm.person.name}`, en: `Call for help: ${alarm.person.name}` }) : say({ zh: `未报平安：${alarm.person.name}`, en: `No word from ${alarm.person.name}` })}</h2>
        <p>
          <time dateTime={alarm.raisedAt ?? alarm.capturedAt}>{moment(alarm.raisedAt ?? alarm.capturedAt)} · {ago(alarm.raisedAt ?? alarm.capturedAt)}</time>
          {' · '}{alarm.cell ? say({ zh: `${named(alarm.cell.community)}，网格 ${alarm.cell.code}`, en: `${named(alarm.cell.community)}, cell ${alarm.cell.code}` }) : say({ zh: '位置未知', en: 'place unknown' })}
          {point && <> · <button type="button" className="button plain" onClick={() => show(point)}>{point.lat.toFixed(5)}, {point.lon.toFixed(5)}{alarm.accuracy ? ` ±${Math.round(alarm.accuracy)} m` : ''}</button></>}
          {alarm.mocked && <b className="late"> {say({ zh: '手机称位置为模拟', en: 'the phone says that the place is feigned' })}</b>}
        </p>
        <p aria-live="polite">
          {coming.length > 0 ? <b className="comes">{say({ zh: `正赶去：${names(coming)}`, en: `On the way: ${names(coming)}` })}</b> : <b>{say({ zh: '还没有人答复“正赶去”', en: 'Nobody is on the way yet' })}</b>}
          {seen.length > 0 && say({ zh: ` · 已看到：${names(seen)}`, en: ` · seen by ${names(seen)}` })}
          {say({ zh: ` · 已通知 ${alarm.told.length} 人`, en: ` · ${alarm.told.length} told` })}
        </p>
        {error !== undefined && <p className="late" role="alert">{told(error)}</p>}
      </div>
      {ending ? (
        <form onSubmit={(e) => { e.preventDefault(); const f = new FormData(e.currentTarget); void act(async () => accepted((await ask(EndAlarmDocument, { input: { alarm: alarm.id, outcome: f.get('outcome') as AlarmOutcome, note: String(f.get('note')) } })).endAlarm)); }}>
          <label><span className="only-read">{say({ zh: '结果', en: 'How it ended' })}</span>
            <select className="input" name="outcome" required>{outcomes.map(([o, words]) => <option key={o} value={o}>{say(words)}</option>)}</select></label>
          <label><span className="only-read">{say({ zh: '说明', en: 'Note' })}</span>
            <input className="input" name="note" maxLength={500} placeholder={say({ zh: '说明（可不写）', en: 'A note, if you like' })} /></label>
          <button type="submit" className="button main">{say({ zh: '解除', en: 'It is over' })}</button>
          <button type="button" className="button plain" onClick={() => turn(false)}>{say({ zh: '返回', en: 'Back' })}</button>
        </form>
      ) : (
        <div className="row">
          {alarm.actions.includes('COME') && mine?.coming !== true && <button type="button" className="button" onClick={() => answer(true)}>{say({ zh: '正赶去', en: 'On my way' })}</button>}
          {alarm.actions.includes('SEE') && !mine && <button type="button" className="button" onClick={() => answer(false)}>{say({ zh: '已看到', en: 'Seen' })}</button>}
          {alarm.actions.includes('CLOSE') && <button type="button" className="button" onClick={() => turn(true)}>{say({ zh: '解除…', en: 'It is over…' })}</button>}
        </div>
      )}
    </section>
  );
}
