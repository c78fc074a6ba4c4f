import { useState } from 'react';
import { useAsk } from '../../api/cache.ts';
import { AdminLaddersDocument, type ClockStage, type LadderAction } from '../../api/generated/graphql.ts';
import { named, say } from '../../say/say.ts';
import { moment } from '../../say/time.ts';
import { stages } from '../../work/words.ts';
import { hashOf } from '../hash.ts';
import { useKept } from '../kept.ts';
import { useNames } from '../names.ts';
import { Reading } from '../Reading.tsx';
import { Action } from './Action.tsx';
import { Editor, type Begun } from './Editor.tsx';
import { lineOf, type Ladder } from './line.ts';
import { StageLine, words } from './Line.tsx';
import { Quiet } from './Quiet.tsx';
import { Timers } from './Timers.tsx';
import { actions } from './words.ts';

/** Every ladder, drawn; and the rule of quiet that they all respect. */
export function Ladders({ at }: { at: string[] }) {
  const answer = useAsk(AdminLaddersDocument, {});
  const ladders = answer.data?.ladders;
  if (!ladders) return <Reading answer={answer} />;
  const quiet = at[0] === 'quiet', timers = at[0] === 'timers';
  const chosen = quiet || timers ? undefined : ladders.find((l) => l.code === at[0]) ?? ladders[0];
  return (
    <div className="beside">
      <nav className="versions" aria-label={say({ zh: '升级梯', en: 'Ladders' })}>
        <h2>{say({ zh: '升级梯', en: 'Ladders' })}</h2>
        <ol>
          {ladders.map((l) => <li key={l.code}><a href={hashOf('ladders', l.code)} aria-current={l === chosen ? 'true' : undefined}><span className="line"><b>{named(l)}</b><span /><span className="tag">{say({ zh: `第 ${l.version} 版`, en: `version ${l.version}` })}</span></span><small className="quiet">{l.code} · {say({ zh: `${l.steps.length} 个台阶`, en: `${l.steps.length} steps` })}</small></a></li>)}
          <li><a href={hashOf('ladders', 'quiet')} aria-current={quiet ? 'true' : undefined}><b>{say({ zh: '免打扰规则', en: 'Quiet rule' })}</b><small className="quiet">{say({ zh: '夜间、合并、上限', en: 'night, bundling, caps' })}</small></a></li>
          <li><a href={hashOf('ladders', 'timers')} aria-current={timers ? 'true' : undefined}><b>{say({ zh: '独行计时', en: 'Lone-worker timer' })}</b><small className="quiet">{say({ zh: '独自上门，到时求助', en: 'alone somewhere, and not back' })}</small></a></li>
        </ol>
      </nav>
      {quiet ? <Quiet /> : timers ? <Timers /> : chosen ? <Drawn key={chosen.code} ladder={chosen} /> : <p className="quiet blank">{say({ zh: '还没有升级梯。', en: 'There is no ladder yet.' })}</p>}
    </div>
  );
}

const order = Object.keys(stages) as ClockStage[];
const hour = 3600; // seconds
const limits = [2, 4, 8, 16, 40]; // hours, to draw by

function Drawn({ ladder }: { ladder: Ladder }) {
  const names = useNames();
  const [hours, setHours] = useState(8);
  const [begun, keep] = useKept<Begun>(`ladder ${ladder.code}`);
  const shown = begun?.steps ?? ladder.steps;
  const lines = order.map((s) => lineOf(s, shown, hours * hour, words)).filter((l) => l.marks.length + l.events.length > 0);
  const used = (Object.keys(actions) as LadderAction[]).filter((a) => shown.some((s) => s.action === a));
  return (
    <article className="version" aria-label={named(ladder)}>
      <header>
        <p className="kicker">{say({ zh: '升级梯', en: 'Ladder' })} · {ladder.code}<span className="tag standing inForce">{say({ zh: `第 ${ladder.version} 版`, en: `version ${ladder.version}` })}</span></p>
        <h2>{named(ladder)}</h2>
        <p className="quiet">{say({ zh: `${moment(ladder.publishedAt)} 发布 · 正在走的时限留在原来的版本上`, en: `published ${moment(ladder.publishedAt)} · running clocks stay on the version they began with` })}</p>
      </header>
      <Editor ladder={ladder} begun={begun} keep={keep} names={names} />
      <div className="year-line">
        <label className="by-limit">{say({ zh: '按多长的时限画', en: 'Drawn for a limit of' })} <select className="input" value={hours} onChange={(e) => setHours(Number(e.target.value))}>{limits.map((h) => <option key={h} value={h}>{say({ zh: `${h} 小时`, en: `${h} hours` })}</option>)}</select></label>
        <ul className="legend-line">{used.map((a) => <li key={a}><Action of={a} size={14} /> {say(actions[a])}</li>)}</ul>
      </div>
      <ol className="stage-lines">{lines.map((l) => <StageLine key={l.stage} line={l} limit={hours * hour} names={names} />)}</ol>
    </article>
  );
}
