import type { LadderAction } from '../../api/generated/graphql.ts';
import { say } from '../../say/say.ts';
import { actions } from './words.ts';

// Each action has a shape of its own, so that a ladder can be read without its colours.
const shapes: Record<LadderAction, { path: string; tone: string }> = {
  REMIND: { path: 'M10 3a7 7 0 1 1 0 14a7 7 0 0 1 0-14z', tone: 'civic' },
  REQUIRE_ACKNOWLEDGEMENT: { path: 'M10 2a8 8 0 1 1 0 16a8 8 0 0 1 0-16zM10 6a4 4 0 1 0 0 8a4 4 0 0 0 0-8z', tone: 'civic' },
  REASSIGN: { path: 'M2 7h10V3l6 7-6 7v-4H2z', tone: 'civic' },
  SUPERVISION_ORDER: { path: 'M3 3h14v14H3z', tone: 'late' },
  RAISE_PRIORITY: { path: 'M10 2l8 15H2z', tone: 'late' },
  YELLOW_CARD: { path: 'M5 2h10v16H5z', tone: 'yellow' },
  RED_CARD: { path: 'M5 2h10v16H5zM8 5v10h4V5z', tone: 'urgent' },
  DEEM_ACCEPTED: { path: 'M2 10l3-3 3 4 7-8 3 3-10 12z', tone: 'ink' },
  SUBMIT_FOR_CHECK: { path: 'M10 1l9 9-9 9-9-9z', tone: 'ink' },
};

/** What a step does, as a shape. */
export function Action({ of, size = 18 }: { of: LadderAction; size?: number }) {
  return <svg className={`action ${shapes[of].tone}`} viewBox="0 0 20 20" width={size} height={size} role="img" aria-label={say(actions[of])}><path fillRule="evenodd" d={shapes[of].path} /></svg>;
}
