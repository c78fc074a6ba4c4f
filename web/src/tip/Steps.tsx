import type { FollowedFragment, TrackOutcome, TrackStage } from '../api/generated/graphql.ts';
import { named, say, type Text } from '../say/say.ts';
import { moment } from '../say/time.ts';

const stages: [TrackStage, Text][] = [
  ['RECEIVED', { zh: '收集', en: 'Received' }],
  ['TRIAGE', { zh: '分拨', en: 'Finding who is responsible' }],
  ['IN_WORK', { zh: '办理', en: 'With the department' }],
  ['CHECKING', { zh: '核实', en: 'Checked on the spot' }],
  ['CLOSED', { zh: '评价', en: 'Done' }],
];

const outcomes: Record<TrackOutcome, Text> = {
  HANDLED_ON_SPOT: { zh: '现场已处理', en: 'Put right on the spot' },
  NOT_FILED: { zh: '没有立案', en: 'No case was made of it' },
  REFERRED: { zh: '已转给其他部门', en: 'Handed to another service' },
  CLOSED: { zh: '已办结并现场核实', en: 'Put right, and checked on the spot' },
  VOIDED: { zh: '已作废', en: 'Voided' },
  FORCE_CLOSED: { zh: '已强制结案', en: 'Closed by decision' },
};

/** The way of a report like a parcel's: what it has passed, with the time of each, and what is still before it. */
export function Steps({ clue }: { clue: FollowedFragment }) {
  const reached = new Map(clue.steps.map((s) => [s.stage, s.at]));
  return (
    <section className="steps" aria-label={say({ zh: '进度', en: 'How it gets on' })}>
      <h2>{say({ zh: `线索 ${clue.number}`, en: `Report ${clue.number}` })}{clue.category && ` · ${named(clue.category)}`}</h2>
      <ol>
        {stages.filter(([stage]) => !clue.outcome || reached.has(stage)).map(([stage, text]) => {
          const at = reached.get(stage);
          const where = stage === clue.stage ? 'now' : at ? 'done' : '';
          return (
            <li key={stage} className={where} aria-current={stage === clue.stage ? 'step' : undefined}>
              <b>{say(text)}</b>{at && <time dateTime={at}>{moment(at)}</time>}
            </li>
          );
        })}
      </ol>
      {clue.outcome && <p className="notice fine"><b>{say(outcomes[clue.outcome])}</b>{clue.reason && <><br />{clue.reason}</>}</p>}
    </section>
  );
}
