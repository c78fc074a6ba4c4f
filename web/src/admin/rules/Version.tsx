import { useAsk } from '../../api/cache.ts';
import { AdminRuleSetDocument } from '../../api/generated/graphql.ts';
import { say } from '../../say/say.ts';
import { moment } from '../../say/time.ts';
import { useNames } from '../names.ts';
import { Reading } from '../Reading.tsx';
import { standing, standings, type SetRow } from './sets.ts';
import { Acts } from './Acts.tsx';
import { Editor } from './Editor.tsx';
import { Replay } from './Replay.tsx';
import { Table } from './Table.tsx';
import { found, joined, ruleOf } from './words.ts';

const often = 15_000; // ms: somebody else may edit the same draft

/** One version of the rules: what it says, who made it, and what can be done with it. */
export function Version({ version, sets, part }: { version: number; sets: SetRow[]; part: string | undefined }) {
  const names = useNames();
  const answer = useAsk(AdminRuleSetDocument, { version }, { every: often });
  const set = answer.data?.ruleSet;
  if (!set || set.version !== version) return <Reading answer={answer} />;
  const how = standing(set, sets);
  const general = set.findings.filter((f) => ruleOf(f.path) === undefined);
  return (
    <article className="version" aria-label={say({ zh: `第 ${version} 版`, en: `Version ${version}` })}>
      <header>
        <p className="kicker">{say({ zh: '派遣规则', en: 'Routing rules' })} · {say({ zh: `第 ${version} 版`, en: `version ${version}` })}<span className={`tag standing ${how}`}>{say(standings[how])}</span></p>
        <h2>{set.note}</h2>
        <p className="quiet">{history(set).join(' · ')}</p>
      </header>
      <Acts set={set} sets={sets} part={part} />
      {part === undefined && general.length > 0 && (
        <details className="notice late">
          <summary>{say({ zh: `整套规则有 ${general.length} 处要留意`, en: `To look at in the set as a whole: ${general.length}` })}</summary>
          <ul>{general.map((f) => <li key={`${f.code} ${f.category} ${f.region}`}>{found(f, names)}</li>)}</ul>
        </details>
      )}
      {part === 'replay' ? <Replay set={set} names={names} /> : set.state === 'DRAFT' ? <Editor set={set} names={names} /> : <Table rules={set.rules} findings={set.findings} names={names} />}
    </article>
  );
}

/** Who made it, from what, and since when it holds. */
function history(s: SetRow): string[] {
  const authors = joined(s.authors.map((a) => a.name));
  return [
    ...(authors ? [say({ zh: `${authors} 起草`, en: `drafted by ${authors}` })] : []),
    ...(s.basedOn === null ? [] : [say({ zh: `源自第 ${s.basedOn} 版`, en: `from version ${s.basedOn}` })]),
    ...(s.publishedBy ? [say({ zh: `${s.publishedBy.name} 发布`, en: `published by ${s.publishedBy.name}` })] : []),
    s.effectiveFrom ? say({ zh: `${moment(s.effectiveFrom)} 起生效`, en: `in effect from ${moment(s.effectiveFrom)}` }) : say({ zh: `${moment(s.createdAt)} 起草，修订 ${s.revision}`, en: `begun ${moment(s.createdAt)}, revision ${s.revision}` }),
  ];
}
