import { useState } from 'react';
import { accepted, ask } from '../api/ask.ts';
import { cache } from '../api/cache.ts';
import { DeskDecideConflictDocument, DeskDecideHeldDocument } from '../api/generated/graphql.ts';
import { named, say } from '../say/say.ts';
import { moment } from '../say/time.ts';
import { told as refusedAs } from '../say/refusal.ts';
import { Photos } from '../work/Photos.tsx';
import { Sign } from '../work/Sign.tsx';
import { changeOf, kinds, labelOf, reasons, told, type Version as Of } from './versions.ts';

/** A row of what handhelds sent and somebody has to decide on. */
export function VersionRow({ version, open, choose }: { version: Of; open: boolean; choose: (id: string, byKey: boolean) => void }) {
  const { kind, person, capturedAt } = version.of ?? version.late;
  return (
    <li className={`row-item${open ? ' open' : ''}`}>
      <button type="button" onClick={(e) => choose(version.id, e.detail === 0)} aria-current={open}>
        <span className="line"><Sign urgent={false} /><b>{say(kinds[kind])}</b><span className="tag">{version.of ? say({ zh: '冲突', en: 'Conflict' }) : say({ zh: '隔离', en: 'Quarantine' })}</span></span>
        <span className="text">{version.of ? say(reasons[version.of.reason]) : say({ zh: '终端停用后才送到', en: 'It came after its handheld was revoked' })}</span>
        <span className="line quiet"><span>{person?.name ?? say({ zh: '上报人不公开', en: 'a report: nobody knows whose' })}</span><time dateTime={capturedAt}>{moment(capturedAt)}</time></span>
      </button>
    </li>
  );
}

/** Two versions side by side, and the decision between them; of one that came late, whether it is taken in. */
export function Version({ version, done }: { version: Of; done: () => void }) {
  const it = version.of ?? version.late;
  return (
    <article className="whole versions">
      <header>
        <p className="kicker">{say(kinds[it.kind])}<span className="tag">{version.of ? say(reasons[version.of.reason]) : say({ zh: '终端已停用', en: 'Handheld revoked' })}</span></p>
        <h2>{it.person ? say({ zh: `${it.person.name} 的终端送来`, en: `From ${it.person.name}'s handheld` }) : say({ zh: '一条上报', en: 'A report' })}</h2>
        <p className="quiet">{version.of?.street && `${named(version.of.street)} · `}{say({ zh: `${moment(it.capturedAt)} 采集，${moment(it.receivedAt)} 送到`, en: `captured ${moment(it.capturedAt)}, arrived ${moment(it.receivedAt)}` })}</p>
      </header>
      <div className="pairs">
        <section>
          <h3>{say({ zh: '终端的版本', en: 'The handheld\'s version' })}</h3>
          {version.of?.field ? <Change of={version.of} /> : <Facts of={version.of ? version.of.mine : version.late.body} />}
          <Photos photos={it.photos} label={say({ zh: '终端的照片', en: 'The handheld\'s photos' })} />
        </section>
        {version.of && (
          <section>
            <h3>{say({ zh: '平台现有', en: 'What stands here' })}</h3>
            {version.of.field ? <dl className="facts"><dt>{labelOf(version.of.field)}</dt><dd>{told(version.of.theirs).map(([, words]) => words).join(' ') || '–'}</dd></dl> : <Facts of={version.of.theirs} />}
          </section>
        )}
      </div>
      <Decide version={version} done={done} />
    </article>
  );
}

function Change({ of }: { of: NonNullable<Of['of']> }) {
  const change = changeOf(of.mine, of.field);
  if (!change) return null;
  return <dl className="facts"><dt>{labelOf(of.field)}</dt><dd>{change.now} <small className="quiet">{say({ zh: `（当时看到：${change.was || '空'}）`, en: `(saw: ${change.was || 'nothing'})` })}</small></dd></dl>;
}

function Facts({ of }: { of: Record<string, unknown> }) {
  const facts = told(of);
  if (facts.length === 0) return <p className="quiet">{say({ zh: '没有可读的内容', en: 'Nothing to read' })}</p>;
  return <dl className="facts">{facts.map(([label, words]) => [<dt key={label}>{label}</dt>, <dd key={`${label} is`}>{words}</dd>])}</dl>;
}

function Decide({ version, done }: { version: Of; done: () => void }) {
  const [note, setNote] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const decide = async (take: boolean) => {
    if (busy) return;
    setBusy(true);
    setError(undefined);
    try {
      if (version.of) accepted((await ask(DeskDecideConflictDocument, { input: { conflict: version.id, take, note } })).decideConflict);
      else accepted((await ask(DeskDecideHeldDocument, { input: { operation: version.id, takeIn: take, reason: take ? '' : note } })).decideHeld);
      done();
    } catch (problem) {
      setError(problem);
    }
    await cache.invalidateQueries();
    setBusy(false);
  };
  return (
    <section className="acts" aria-label={say({ zh: '裁决', en: 'Decision' })}>
      <label className="field"><span>{version.of ? say({ zh: '说明（可不写）', en: 'A note, if you like' }) : say({ zh: '不收时说明原因', en: 'Why, if it is refused' })}</span>
        <textarea className="input" rows={2} maxLength={500} value={note} onChange={(e) => setNote(e.target.value)} /></label>
      {error !== undefined && <p className="notice late" role="alert">{refusedAs(error)}</p>}
      <p className="row">
        <button type="button" className="button main" aria-disabled={busy} onClick={() => void decide(true)}>{version.of ? say({ zh: '采用终端的版本', en: 'Take the handheld\'s' }) : say({ zh: '收下', en: 'Take it in' })}</button>
        <button type="button" className="button" aria-disabled={busy} disabled={!version.of && note.trim() === ''} onClick={() => void decide(false)}>{version.of ? say({ zh: '保留现有', en: 'Keep what stands' }) : say({ zh: '不收', en: 'Refuse it' })}</button>
      </p>
    </section>
  );
}
