import { useAsk } from '../../api/cache.ts';
import { AdminRuleSetsDocument } from '../../api/generated/graphql.ts';
import { say } from '../../say/say.ts';
import { moment } from '../../say/time.ts';
import { hashOf } from '../hash.ts';
import { Reading } from '../Reading.tsx';
import { inForce, standing, standings, type SetRow } from './sets.ts';
import { Version } from './Version.tsx';

const often = 30_000; // ms: what comes into effect by itself is seen within half a minute

/** The versions of the routing rules, and the one that is looked at: without a choice the one in force. */
export function Rules({ at }: { at: string[] }) {
  const answer = useAsk(AdminRuleSetsDocument, {}, { every: often });
  const sets = answer.data?.ruleSets.nodes;
  if (!sets) return <Reading answer={answer} />;
  const current = inForce(sets);
  const chosen = Number(at[0]) || current?.version || sets[0]?.version;
  return (
    <div className="beside">
      <nav className="versions" aria-label={say({ zh: '版本', en: 'Versions' })}>
        <h2>{say({ zh: '版本', en: 'Versions' })}</h2>
        <ol>{sets.map((s) => <VersionRow key={s.version} of={s} sets={sets} open={s.version === chosen} />)}</ol>
        {sets.length === 0 && <p className="quiet blank">{say({ zh: '还没有规则：每个案件都等派遣员。', en: 'There are no rules yet: every case waits for a dispatcher.' })}</p>}
      </nav>
      {chosen !== undefined && <Version key={chosen} version={chosen} sets={sets} part={at[1]} />}
    </div>
  );
}

function VersionRow({ of, sets, open }: { of: SetRow; sets: SetRow[]; open: boolean }) {
  const how = standing(of, sets);
  return (
    <li>
      <a href={hashOf('rules', of.version)} aria-current={open ? 'true' : undefined}>
        <span className="line"><b>{say({ zh: `第 ${of.version} 版`, en: `Version ${of.version}` })}</b><span /><span className={`tag standing ${how}`}>{say(standings[how])}</span></span>
        <span className="note">{of.note}</span>
        <small className="quiet">{moment(of.effectiveFrom ?? of.createdAt)}</small>
      </a>
    </li>
  );
}
