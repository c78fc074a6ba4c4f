import { say } from '../say/say.ts';
import { metres } from '../say/time.ts';
import { Photos } from '../work/Photos.tsx';
import { counted, likely } from '../work/words.ts';
import { decide } from './pending.ts';
import type { WholeClue } from './Clue.tsx';
import * as triage from './triage.ts';

const worthShowing = 0.2; // below it four of five pairs are about two things

/** Likely duplicates beside each other: pictures, words, how far and how long apart. */
export function Duplicates({ clue }: { clue: WholeClue }) {
  const found = clue.duplicates?.filter((d) => d.score >= worthShowing) ?? [];
  if (found.length === 0) return null;
  return (
    <section className="duplicates" tabIndex={-1} aria-label={say({ zh: '疑似重复', en: 'Likely duplicates' })}>
      <h3>{say({ zh: '疑似重复', en: 'Likely duplicates' })} <kbd>b</kbd></h3>
      <ol>
        {found.slice(0, 6).map((d) => {
          const other = d.case ?? d.clue;
          if (!other) return null;
          const photos = d.case ? d.case.clues?.flatMap((c) => c.photos ?? []).slice(0, 3) : d.clue?.photos;
          const into = d.case;
          return (
            <li key={other.id}>
              <p className="line"><b>{into ? say({ zh: `案件 ${into.reference}`, en: `Case ${into.reference}` }) : d.clue && say({ zh: `线索 ${d.clue.number}`, en: `Report ${d.clue.number}` })}</b>
                <span className={`likely ${d.score >= 0.8 ? 'high' : ''}`}>{likely(d.score)} · {Math.round(d.score * 100)}%</span></p>
              <p className="quiet">{say({ zh: `相距 ${metres(d.distance)}，相隔 ${counted(d.secondsApart)}`, en: `${metres(d.distance)} and ${counted(d.secondsApart)} apart` })}</p>
              <p className="said">{other.text}</p>
              <Photos photos={photos} label={say({ zh: '另一条的照片', en: 'Photo of the other' })} />
              {into && clue.actions.includes('MERGE') && (
                <button type="button" className="button" onClick={() => decide(clue.id, say({ zh: `合并：线索 ${clue.number} → 案件 ${into.reference}`, en: `Merged: report ${clue.number} → case ${into.reference}` }), () => triage.merge(clue, into.id), false)}>{say({ zh: '并入这个案件', en: 'Merge into it' })}</button>
              )}
            </li>
          );
        })}
      </ol>
    </section>
  );
}
