import { useState, type ReactNode } from 'react';
import { accepted, ask } from '../../api/ask.ts';
import { AdminDiscardRulesDocument, AdminDraftRulesDocument, AdminPublishRulesDocument, AdminRollbackRulesDocument } from '../../api/generated/graphql.ts';
import { useHat } from '../../person/me.tsx';
import { say, type Text } from '../../say/say.ts';
import { instantOf } from '../../say/city.ts';
import { go, hashOf } from '../hash.ts';
import { Refused } from '../Refused.tsx';
import { useSending } from '../../api/sending.ts';
import { standing, type SetRow } from './sets.ts';
import { joined, type RuleSet } from './words.ts';

type Act = 'draft' | 'publish' | 'discard' | 'rollback';

const titles: Record<Act, Text> = {
  draft: { zh: '以此起草新版', en: 'Draft a new version' }, publish: { zh: '发布', en: 'Publish' }, discard: { zh: '丢弃草稿', en: 'Discard' }, rollback: { zh: '退回到这一版', en: 'Roll back to this' },
};

/** What can be done with a version now. The platform decides again when it is done. */
export function Acts({ set, sets, part }: { set: RuleSet; sets: SetRow[]; part: string | undefined }) {
  const [open, setOpen] = useState<Act>();
  const how = standing(set, sets);
  const scheduled = sets.some((s) => standing(s, sets) === 'scheduled');
  const offered: Act[] = how === 'draft' ? ['publish', 'discard'] : ['draft', ...(how === 'past' || (how === 'inForce' && scheduled) ? ['rollback' as const] : [])];
  const replaying = part === 'replay';
  return (
    <section className="acts" aria-label={say({ zh: '操作', en: 'Actions' })}>
      <div className="row">
        <a className={replaying ? 'button' : 'button main'} href={replaying ? hashOf('rules', set.version) : hashOf('rules', set.version, 'replay')}>{replaying ? say({ zh: '← 看规则', en: '← The rules' }) : say({ zh: '用上个月的案件回放', en: 'Replay the last month' })}</a>
        {offered.map((a) => <button key={a} type="button" className={`button ${a === 'discard' ? 'grave' : ''}`} aria-expanded={open === a} onClick={() => setOpen(open === a ? undefined : a)}>{say(titles[a])}</button>)}
      </div>
      {open === 'publish' && <Publish set={set} />}
      {open !== undefined && open !== 'publish' && <Plain key={open} act={open} set={set} />}
    </section>
  );
}

function Publish({ set }: { set: RuleSet }) {
  const { me } = useHat();
  const [from, setFrom] = useState('');
  const { busy, error, send } = useSending();
  const authors = joined(set.authors.map((a) => a.name));
  const errors = set.findings.filter((f) => f.severity === 'ERROR').length;
  const publish = () => send(async () => {
    accepted((await ask(AdminPublishRulesDocument, { input: { version: set.version, revision: set.revision, ...(from ? { effectiveFrom: instantOf(from) } : {}) } })).publishRules);
  });
  if (set.authors.some((a) => a.id === me.person.id)) {
    return <p className="notice">{say({ zh: `你参与了起草（${authors}），起草人不能发布：请另一位管理员打开这一页来发布。`, en: `You had a hand in this draft (${authors}): whoever drafts rules does not publish them. Another administrator does, from this very page.` })}</p>;
  }
  return (
    <Form title={say(titles.publish)} busy={busy || errors > 0} error={error} send={publish}>
      {errors > 0 && <p className="notice urgent">{say({ zh: `检查发现 ${errors} 处错误，标在相应规则上，改好才能发布。`, en: `The examination found ${errors} errors, shown at their rules: mend them first.` })}</p>}
      <p className="quiet">{say({ zh: `${authors} 起草。`, en: `Drafted by ${authors}.` })}</p>
      <label className="field"><span>{say({ zh: '生效时间（本市时间，留空为立即）', en: 'In effect from (time of the city; empty: at once)' })}</span><input className="input" type="datetime-local" value={from} onChange={(e) => setFrom(e.target.value)} /></label>
    </Form>
  );
}

const explained: Record<Exclude<Act, 'publish'>, Text> = {
  draft: { zh: '复制这一版，改好、回放，再由别人发布。', en: 'A copy of this version: edited, replayed, and published by somebody else.' },
  discard: { zh: '草稿会被删除，不能恢复。', en: 'The draft is deleted for good.' },
  rollback: { zh: '立即按这一版派遣；待生效的版本会被撤回。', en: 'Cases are routed by this version again, at once; what is scheduled is taken back.' },
};

function Plain({ act, set }: { act: Exclude<Act, 'publish'>; set: RuleSet }) {
  const [note, setNote] = useState('');
  const { busy, error, send } = useSending();
  const { version, revision } = set;
  const carry = () => send(async () => {
    const done = act === 'draft' ? (await ask(AdminDraftRulesDocument, { input: { from: version, note } })).draftRules
      : act === 'discard' ? (await ask(AdminDiscardRulesDocument, { input: { version, revision } })).discardRules
        : (await ask(AdminRollbackRulesDocument, { input: { to: version, note } })).rollbackRules;
    accepted(done);
    if (act === 'discard') go('rules');
    else if (done.ruleSet) go('rules', done.ruleSet.version);
  });
  return (
    <Form title={say(titles[act])} busy={busy} error={error} send={carry}>
      <p className="quiet">{say(explained[act])}</p>
      {act !== 'discard' && <label className="field"><span>{say({ zh: '原因', en: 'Why' })}</span><input className="input" required maxLength={500} value={note} ref={(box) => { if (note === '') box?.focus(); }} onChange={(e) => setNote(e.target.value)} /></label>}
    </Form>
  );
}

function Form({ title, busy, error, send, children }: { title: string; busy: boolean; error: unknown; send: () => void; children: ReactNode }) {
  return (
    <form className="act" onSubmit={(e) => { e.preventDefault(); send(); }}>
      {children}
      <Refused error={error} />
      <p className="row"><button type="submit" className="button main" disabled={busy}>{title}</button></p>
    </form>
  );
}
