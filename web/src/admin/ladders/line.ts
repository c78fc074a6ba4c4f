import type { AdminLadderFragment, ClockStage } from '../../api/generated/graphql.ts';

export type Ladder = AdminLadderFragment;
export type Step = Ladder['steps'][number];

const units: Record<string, number> = { h: 3600, m: 60, s: 1 };

/** Seconds of a stretch of time such as 1h30m or -2h0m0s. */
export function seconds(offset: string): number {
  const sum = [...offset.matchAll(/([\d.]+)([hms])/gu)].reduce((all, [, n, unit]) => all + Number(n) * (units[unit ?? 's'] ?? 0), 0);
  return offset.startsWith('-') ? -sum : sum;
}

/** Seconds written so that the platform reads them: whole minutes, as -90m. */
export const offsetOf = (s: number): string => `${Math.round(s / 60)}m`;

/** When a timed step is due after the clock's start, in shares of the limit; undefined: something that happens pulls it. */
export function shareOf(step: Pick<Step, 'trigger'>, limit: number): number | undefined {
  const { percent, offset } = step.trigger;
  if (percent !== null) return percent / 100;
  return offset === null ? undefined : 1 + seconds(offset) / limit;
}

/** A step on the axis: where it is due and fires again, and in which lane its words stand. */
export type Mark = { step: Step; index: number; at: number; again: number[]; lane: number };

/** One stage of a ladder on an axis from the clock's start, 0 to 1, to a little after its last step. */
export type Line = { stage: ClockStage; end: number; limitAt: number; lanes: number; marks: Mark[]; events: { step: Step; index: number }[] };

const room = 1.05; // of the last step: the axis goes on a little

/** Steps of a stage, laid out for a limit in seconds; words are as wide as a share of the axis. */
export function lineOf(stage: ClockStage, steps: readonly Step[], limit: number, words: number): Line {
  const own = steps.map((step, index) => ({ step, index })).filter(({ step }) => step.clock === stage);
  const timed = own.flatMap(({ step, index }) => { const share = shareOf(step, limit); return share === undefined ? [] : [{ step, index, share: Math.max(0, share) }]; });
  const end = Math.max(1.05, ...timed.map((t) => t.share * room));
  const free: number[] = []; // up to where each lane is taken
  const marks = timed.map(({ step, index, share }, i): Mark => {
    const at = share / end;
    const lane = free.findIndex((until) => until <= at) === -1 ? free.length : free.findIndex((until) => until <= at);
    free[lane] = at + words;
    const next = timed[i + 1]?.share ?? end;
    return { step, index, at, lane, again: repeats(step, share, limit, Math.min(next, end)).map((s) => s / end) };
  });
  return { stage, end, limitAt: 1 / end, lanes: free.length, marks, events: own.filter(({ step }) => step.trigger.event !== null) };
}

/** When a step fires again, in shares of the limit, before the stage's next step. */
function repeats({ repeat }: Step, first: number, limit: number, until: number): number[] {
  if (!repeat) return [];
  const gap = repeat.percent !== null ? repeat.percent / 100 : seconds(repeat.offset ?? '0s') / limit;
  return gap <= 0 ? [] : Array.from({ length: repeat.times }, (_, n) => first + gap * (n + 1)).filter((s) => s < until);
}
