import { v7 } from 'uuid';
import { language, say, type Text } from '../say/say.ts';
import { ago, metres } from '../say/time.ts';
import { lines, plea, raised, type Alarm } from './alarms.ts';
import { Hold } from './Hold.tsx';
import { distance } from './order.ts';
import type { Shift } from './shift.ts';
import { record } from './sync.ts';
import { Timer } from './Timer.tsx';
import { positionIn, type Fix } from './where.ts';

const outcomes: Record<string, Text> = {
  safe: { zh: '本人平安', en: 'they are safe' }, false_alarm: { zh: '误报', en: 'a false alarm' }, back: { zh: '已按时返回', en: 'back in time' },
  handed_110: { zh: '已交 110', en: 'handed to the police (110)' }, handed_119: { zh: '已交 119', en: 'handed to the fire service (119)' }, handed_120: { zh: '已交 120', en: 'handed to the ambulance (120)' },
};

/** Help: call for it, see who comes, and answer colleagues who call. */
export function Help({ shift, where, all }: { shift: Shift; where: Fix | undefined; all: Alarm[] }) {
  const mine = all.find((a) => a.mine && raised(a));
  const raise = () => void record('alarm.raise', where ? { position: positionIn(where) } : {}, say({ zh: '求助', en: 'Call for help' }), [], undefined, v7());
  return (
    <div className="help">
      {mine ? <Mine alarm={mine} /> : <Hold done={raise}>SOS</Hold>}
      <Timer shift={shift} where={where} running={all.filter((a) => a.mine && a.state === 'waiting')} />
      <Without shift={shift} where={where} pressing={mine !== undefined && !mine.sent} />
      {all.filter((a) => !a.mine && raised(a)).map((a) => <Theirs key={a.id} alarm={a} where={where} />)}
      {all.filter((a) => a.state === 'ended').map((a) => (
        <p key={a.id} className="notice fine">{a.outcome === 'back' ? say({ zh: '计时结束', en: 'The timer was ended' }) : a.mine ? say({ zh: '求助已解除', en: 'The call for help is over' }) : say({ zh: `${a.person}的求助已解除`, en: `${a.person}: it is over` })}{a.outcome && outcomes[a.outcome] && say({ zh: `：${outcomes[a.outcome]?.zh}`, en: `: ${outcomes[a.outcome]?.en}` })}</p>
      ))}
    </div>
  );
}

/** The owner's own call: whether it is out, who was told, who comes. */
function Mine({ alarm }: { alarm: Alarm }) {
  const end = (outcome: string, words: string) => void record('alarm.end', { alarm: alarm.id, outcome }, words, [], alarm.id);
  const coming = alarm.answers.filter((a) => a.coming), seen = alarm.answers.filter((a) => !a.coming), names = (of: { name: string }[]) => of.map((a) => a.name).join(say({ zh: '、', en: ', ' }));
  return (
    <section className="alarm" aria-live="polite">
      <h2>{alarm.sent ? say({ zh: '求助已发出', en: 'Help is called' }) : say({ zh: '求助还没发出：没有网络，正在不断重试', en: 'Not sent yet: no network, trying again and again' })}</h2>
      {coming.length > 0 && <p className="comes">{say({ zh: `正赶来：${names(coming)}`, en: `On the way: ${names(coming)}` })}</p>}
      {seen.length > 0 && <p>{say({ zh: `已看到：${names(seen)}`, en: `Seen by ${names(seen)}` })}</p>}
      {alarm.sent && <p>{alarm.told.length === 0 ? say({ zh: '正在通知附近的同事和值班长…', en: 'Telling colleagues near by and the duty lead…' }) : say({ zh: `已通知 ${alarm.told.length} 人：${alarm.told.join('、')}`, en: `Told ${alarm.told.length}: ${alarm.told.join(', ')}` })}</p>}
      <div className="answers">
        <button type="button" className="button" onClick={() => end('safe', say({ zh: '报平安', en: 'I am safe' }))}>{say({ zh: '我平安了', en: 'I am safe' })}</button>
        <button type="button" className="button" onClick={() => end('false_alarm', say({ zh: '误报', en: 'False alarm' }))}>{say({ zh: '误报', en: 'False alarm' })}</button>
      </div>
    </section>
  );
}

/** What a phone can do without the platform. */
function Without({ shift, where, pressing }: { shift: Shift; where: Fix | undefined; pressing: boolean }) {
  const { call, text } = lines(shift), away = pressing || !shift.line.reached;
  if (!call && !text) return null;
  return (
    <section className={away ? 'without notice late' : 'without'}>
      <p>{away ? say({ zh: '没有网络时，打电话或发短信：', en: 'Without a network, call or write:' }) : say({ zh: '也可以直接打电话或发短信：', en: 'You can also call or write:' })}</p>
      <div className="answers">
        {call && <a className="button" href={`tel:${call}`}>{say({ zh: `拨打 ${call}`, en: `Call ${call}` })}</a>}
        {text && <a className="button" href={`sms:${text}?body=${encodeURIComponent(plea(shift, where, language()))}`}>{say({ zh: '发求助短信', en: 'Write a text' })}</a>}
      </div>
    </section>
  );
}

/** A colleague's call, as it stands on every page. */
export function Theirs({ alarm, where }: { alarm: Alarm; where: Fix | undefined }) {
  const mine = alarm.answers.find((a) => a.mine);
  const answer = (coming: boolean, words: string) => void record('alarm.answer', { alarm: alarm.id, coming }, `${words} · ${alarm.person}`, []);
  return (
    <section className="alarm" role="alert">
      <h2>{alarm.kind === 'sos' ? say({ zh: `${alarm.person}求助`, en: `${alarm.person} needs help` }) : say({ zh: `${alarm.person}没有按时报平安`, en: `No word from ${alarm.person}` })}</h2>
      <p>{ago(alarm.raisedAt ?? alarm.capturedAt)}{where && alarm.at && ` · ${metres(distance(where, alarm.at))}`}{alarm.cell && say({ zh: ` · 网格 ${alarm.cell}`, en: ` · cell ${alarm.cell}` })}</p>
      {mine ? <p className="comes">{mine.coming ? say({ zh: '您已答复：正赶去', en: 'You are on your way' }) : say({ zh: '您已答复：知道了', en: 'You have seen it' })}</p> : (
        <div className="answers">
          <button type="button" className="button grave main" onClick={() => answer(true, say({ zh: '正赶去', en: 'On my way' }))}>{say({ zh: '正赶去', en: 'On my way' })}</button>
          <button type="button" className="button" onClick={() => answer(false, say({ zh: '知道了', en: 'Seen' }))}>{say({ zh: '知道了', en: 'Seen' })}</button>
        </div>
      )}
    </section>
  );
}
