import { say } from '../../say/say.ts';
import { stages } from '../../work/words.ts';
import type { Names } from '../names.ts';
import { Action } from './Action.tsx';
import type { Line, Step } from './line.ts';
import { actions, again, hearer, span, when } from './words.ts';

const percent = (share: number) => `${share * 100}%`;

/** The share of the width that the axis takes: the words of the last step stand beyond it. */
const axis = 0.82;
/** How wide a step's words are, as a share of the axis. */
export const words = (1 - axis) / axis;

/** One stage's clock as an axis: what fires when, how often again, and who hears of it. */
export function StageLine({ line, limit, names }: { line: Line; limit: number; names: Names }) {
  const ticks = Array.from({ length: Math.floor(line.end / 0.5) + 1 }, (_, i) => i * 0.5);
  return (
    <li className="stage-line">
      <h3>{say(stages[line.stage])}</h3>
      <div>
        {line.marks.length > 0 && (
          <div className="axis" style={{ width: percent(axis) }}>
            <div className="before" style={{ width: percent(line.limitAt) }} />
            {ticks.map((t) => <span key={t} className={t === 1 ? 'tick limit' : 'tick'} style={{ left: percent(t / line.end) }}>{t === 1 ? say({ zh: '到期', en: 'due' }) : `${t * 100}%`}</span>)}
            {line.marks.flatMap((m) => m.again.map((at) => <i key={`${m.index} ${at}`} className="again" style={{ left: percent(at) }} />))}
            {line.marks.map((m) => <span key={m.index} className="mark" style={{ left: percent(m.at) }}><Action of={m.step.action} /></span>)}
          </div>
        )}
        <ol className="labels" style={{ gridTemplateRows: `repeat(${line.lanes}, auto)` }}>
          {line.marks.filter((m) => m.lane > 0).map((m) => <li key={`stem ${m.index}`} className="stem" aria-hidden="true" style={{ marginLeft: percent(m.at * axis), gridRow: `1 / ${m.lane + 1}` }} />)}
          {line.marks.map((m) => <li key={m.index} style={{ marginLeft: percent(m.at * axis), gridRow: m.lane + 1 }}><Words step={m.step} names={names} limit={limit} at={m.at * line.end} /></li>)}
        </ol>
        {line.events.length > 0 && <ul className="events">{line.events.map(({ step, index }) => <li key={index}><Action of={step.action} size={14} /> <Words step={step} names={names} limit={limit} /></li>)}</ul>}
      </div>
    </li>
  );
}

function Words({ step, names, limit, at }: { step: Step; names: Names; limit: number; at?: number }) {
  return (
    <span className="step-words">
      <b>{when(step)}{at !== undefined && <small className="quiet"> {span(at * limit)}</small>}</b> <span>{say(actions[step.action])}</span>
      <small>{step.audience.map((a) => hearer(a, names)).join(say({ zh: '、', en: ', ' }))}</small>
      {step.repeat && <small className="quiet">{again(step)}</small>}
      {step.quiet === 'BREAK' && <small className="quiet">{say({ zh: '夜间也发', en: 'also at night' })}</small>}
    </span>
  );
}
