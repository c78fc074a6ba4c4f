import { useState } from 'react';
import { accepted, ask, Refusal } from '../../api/ask.ts';
import { AdminEditRulesDocument } from '../../api/generated/graphql.ts';
import { named, say } from '../../say/say.ts';
import { useKept } from '../kept.ts';
import type { Names } from '../names.ts';
import { Refused } from '../Refused.tsx';
import { useSending } from '../../api/sending.ts';
import { changed, fresh, moved, sent } from './draft.ts';
import { RuleForm } from './RuleForm.tsx';
import { Table } from './Table.tsx';
import { ruleOf, type Rule, type RuleSet } from './words.ts';

type Working = { rules: Rule[]; revision: number; note: string };

/** A draft's rules. What is changed stays in the page until it is stored, at the revision that it was begun on. */
export function Editor({ set, names }: { set: RuleSet; names: Names }) {
  const [working, work] = useKept<Working>(`rules ${set.version}`);
  const [editing, edit] = useState<number>();
  const { busy, error, send, forget } = useSending();
  const rules: Rule[] = working?.rules ?? set.rules;
  const overtaken = working !== undefined && working.revision !== set.revision;
  const change = (next: Rule[]) => work({ rules: next, revision: working?.revision ?? set.revision, note: working?.note ?? set.note });
  const drop = () => { work(undefined); forget(); };
  const store = () => send(async () => {
    if (!working) return;
    accepted((await ask(AdminEditRulesDocument, { input: { version: set.version, revision: working.revision, note: working.note, rules: working.rules.map(sent) } })).editRules);
    work(undefined);
  });
  const stale = overtaken || (error instanceof Refusal && error.code === 'STALE_VERSION');
  const wrong = error instanceof Refusal && error.path ? ruleOf(error.path.replace(/^rules\.(\d+)/u, 'rules[$1]')) : undefined;
  const department = names.lists.departments[0]?.code ?? '', ladder = names.lists.ladders[0]?.code ?? '';
  return (
    <>
      <Table rules={rules} findings={working ? [] : set.findings} names={names} marked={working && changed(rules, set.rules)}>
        {(i) => (
          <>
            <button type="button" className="small" aria-label={say({ zh: `上移 ${i + 1}`, en: `Move ${i + 1} up` })} disabled={i === 0} onClick={() => change(moved(rules, i, i - 1))}>↑</button>
            <button type="button" className="small" aria-label={say({ zh: `下移 ${i + 1}`, en: `Move ${i + 1} down` })} disabled={i === rules.length - 1} onClick={() => change(moved(rules, i, i + 1))}>↓</button>
            <button type="button" className="small" onClick={() => edit(i)}>{say({ zh: '改', en: 'Edit' })}</button>
            <button type="button" className="small grave" aria-label={say({ zh: `删除 ${i + 1}`, en: `Remove ${i + 1}` })} onClick={() => change(rules.toSpliced(i, 1))}>×</button>
          </>
        )}
      </Table>
      <p className="row"><button type="button" className="button" onClick={() => edit(rules.length)}>{say({ zh: '加一条规则', en: 'Add a rule' })}</button></p>
      {working && (
        <form className="keep" aria-label={say({ zh: '保存草稿', en: 'Store the draft' })} onSubmit={(e) => { e.preventDefault(); void store(); }}>
          {stale ? (
            <div className="notice late" role="alert">
              <p>{say({ zh: `别人已改过这个草稿（你看的是修订 ${working.revision}，现在是 ${set.revision}）。你的改动还在这里，但不能盖掉别人的。`, en: `Somebody else has edited this draft: you began on revision ${working.revision}, now it is ${set.revision}. Your changes are still here, and cannot replace theirs.` })}</p>
              <button type="button" className="button" onClick={drop}>{say({ zh: '丢掉我的改动，看最新的', en: 'Drop mine and show the newest' })}</button>
            </div>
          ) : (
            <>
              <label className="field"><span>{say({ zh: '为什么改', en: 'Why' })}</span><input className="input" required maxLength={500} value={working.note} onChange={(e) => work({ ...working, note: e.target.value })} /></label>
              <button type="submit" className="button main" disabled={busy}>{say({ zh: '保存草稿', en: 'Store the draft' })}</button>
              <button type="button" className="button" disabled={busy} onClick={drop}>{say({ zh: '放弃改动', en: 'Drop the changes' })}</button>
            </>
          )}
          {!stale && wrong !== undefined && rules[wrong] && <p className="late">{say({ zh: `第 ${wrong + 1} 条：`, en: `Rule ${wrong + 1}: ` })}{named(rules[wrong])}</p>}
          {!stale && <Refused error={error} />}
        </form>
      )}
      {editing !== undefined && <RuleForm rule={rules[editing] ?? fresh(department, ladder)} names={names} keep={(rule) => change(rules.toSpliced(editing, 1, rule))} close={() => edit(undefined)} />}
    </>
  );
}
