import { useState } from 'react';
import { accepted, ask, Refusal } from '../../api/ask.ts';
import { AdminImportChecklistDocument, type AdminImportChecklistMutation } from '../../api/generated/graphql.ts';
import { named, say } from '../../say/say.ts';
import { go } from '../hash.ts';
import { Refused } from '../Refused.tsx';
import { useSending } from '../../api/sending.ts';
import { base64, most } from './file.ts';
import { Questions } from './Questions.tsx';

type Answer = AdminImportChecklistMutation['importChecklist'];

/** A form that was written elsewhere: read, looked at, and published as the next version of its checklist. */
export function BringIn({ lists }: { lists: readonly { code: string; version: number }[] }) {
  const [file, setFile] = useState<{ name: string; text: string }>();
  const [answer, setAnswer] = useState<Answer>();
  const { busy, error, send } = useSending();
  const bring = (text: string, publish: boolean) => send(async () => {
    const done = accepted((await ask(AdminImportChecklistDocument, { input: { file: text, publish } })).importChecklist);
    setAnswer(done);
    if (done.checklist) go('checklists', done.checklist.code, done.checklist.version);
  });
  const choose = (chosen: File | undefined) => {
    setAnswer(undefined);
    setFile(undefined);
    if (!chosen) return;
    void send(async () => {
      if (chosen.size > most) throw new Refusal('FILE_TOO_LARGE', 'too large');
      const text = base64(new Uint8Array(await chosen.arrayBuffer()));
      setFile({ name: chosen.name, text });
      await bring(text, false);
    });
  };
  const draft = answer?.draft, sound = answer !== undefined && answer.problems.length === 0;
  const version = (lists.find((c) => c.code === draft?.code)?.version ?? 0) + 1;
  return (
    <article className="version" aria-label={say({ zh: '从 XLSForm 导入', en: 'Bring in an XLSForm' })}>
      <header><p className="kicker">{say({ zh: '检查表', en: 'Checklists' })}</p><h2>{say({ zh: '从 XLSForm 导入', en: 'Bring in an XLSForm' })}</h2><p className="quiet">{say({ zh: '一个 XLSX，含 survey、choices、settings 三张表（最大 180 KB）。先读给你看，发布后成为该检查表的下一版。', en: 'An XLSX with the sheets survey, choices and settings, at most 180 KB. It is read and shown first; published, it is the next version of its checklist.' })}</p></header>
      <label className="field narrow"><span>{say({ zh: '文件', en: 'File' })}</span><input className="input" type="file" accept=".xlsx" disabled={busy} onChange={(e) => choose(e.target.files?.[0])} /></label>
      <Refused error={error} />
      {answer && answer.problems.length > 0 && (
        <section className="notice late" role="alert"><b>{say({ zh: `有 ${answer.problems.length} 处不能用，改好再来：`, en: `${answer.problems.length} things speak against it:` })}</b><Notes of={answer.problems} /></section>
      )}
      {answer && answer.passed.length > 0 && <section className="notice"><b>{say({ zh: '这些与检查表无关，读时略过：', en: 'These say nothing about a checklist, and were passed over:' })}</b><Notes of={answer.passed} /></section>}
      {draft && draft.code !== '' && (
        <>
          <section className="acts" aria-label={say({ zh: '发布', en: 'Publish' })}>
            <p><b>{named(draft)}</b> · <code>{draft.code}</code> · {say({ zh: `${draft.items.length} 项`, en: `${draft.items.length} questions` })}</p>
            <p className="quiet">{say({ zh: '已建的计划和排查留在原来的版本上；新建的用最新版。', en: 'Plans and campaigns that are there stay on their version; new ones take the newest.' })}</p>
            <p className="row"><button type="button" className="button main" disabled={busy || !sound || !file} onClick={() => { if (file) void bring(file.text, true); }}>{say({ zh: `发布第 ${version} 版`, en: `Publish version ${version}` })}</button></p>
          </section>
          <Questions items={draft.items} bands={draft.bands} />
        </>
      )}
    </article>
  );
}

function Notes({ of }: { of: Answer['problems'] }) {
  return <ul>{of.map((n) => <li key={`${n.sheet} ${n.row} ${n.column} ${n.message}`}><span className="number">{n.sheet}{n.row > 0 && say({ zh: ` 第 ${n.row} 行`, en: `, row ${n.row}` })}{n.column && say({ zh: ` ${n.column} 列`, en: `, column ${n.column}` })}</span> <span lang="en">{n.message}</span></li>)}</ul>;
}
