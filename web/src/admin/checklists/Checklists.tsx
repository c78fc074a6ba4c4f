import { useAsk } from '../../api/cache.ts';
import { AdminChecklistListDocument, AdminChecklistVersionsDocument } from '../../api/generated/graphql.ts';
import { named, say } from '../../say/say.ts';
import { moment } from '../../say/time.ts';
import { hashOf } from '../hash.ts';
import { Reading } from '../Reading.tsx';
import { BringIn } from './BringIn.tsx';
import { Questions } from './Questions.tsx';

/** The checklists, each in its versions. */
export function Checklists({ at }: { at: string[] }) {
  const answer = useAsk(AdminChecklistListDocument, {});
  const lists = answer.data?.checklists;
  if (!lists) return <Reading answer={answer} />;
  const [code, version] = at, importing = code === 'import' && version === undefined;
  const chosen = importing ? undefined : lists.find((c) => c.code === code) ?? lists[0];
  return (
    <div className="beside">
      <nav className="versions" aria-label={say({ zh: '检查表', en: 'Checklists' })}>
        <ol><li><a href={hashOf('checklists', 'import')} aria-current={importing ? 'true' : undefined}><b>＋ {say({ zh: '从 XLSForm 导入', en: 'Bring in an XLSForm' })}</b></a></li></ol>
        <h2>{say({ zh: '检查表', en: 'Checklists' })}</h2>
        <ol>{lists.map((c) => (
          <li key={c.code}><a href={hashOf('checklists', c.code)} aria-current={c === chosen ? 'true' : undefined}><b>{named(c)}</b><small className="quiet">{say({ zh: `第 ${c.version} 版 · ${c.items.length} 项`, en: `version ${c.version} · ${c.items.length} questions` })}</small></a></li>
        ))}</ol>
        {lists.length === 0 && <p className="quiet blank">{say({ zh: '还没有检查表。', en: 'No checklist yet.' })}</p>}
      </nav>
      {importing || !chosen ? <BringIn lists={lists} /> : <Versions key={chosen.code} code={chosen.code} version={Number(version) || chosen.version} />}
    </div>
  );
}

/** One version, with its others and what uses it. */
function Versions({ code, version }: { code: string; version: number }) {
  const answer = useAsk(AdminChecklistVersionsDocument, { code });
  const all = answer.data?.checklistVersions;
  if (!all || all[0]?.code !== code) return <Reading answer={answer} />;
  const c = all.find((one) => one.version === version) ?? all[0], newest = c.version === all[0].version;
  return (
    <article className="version" aria-label={named(c)}>
      <header>
        <p className="kicker">{say({ zh: '检查表', en: 'Checklist' })} · {c.code}<span className={`tag standing ${newest ? 'inForce' : ''}`}>{say({ zh: `第 ${c.version} 版`, en: `version ${c.version}` })}</span></p>
        <h2>{named(c)}</h2>
        <p className="quiet">{say({ zh: `${moment(c.publishedAt)} 发布 · 发布后不再改，答过的永远读得懂`, en: `published ${moment(c.publishedAt)} · a version never changes, so that what was answered stays readable` })}</p>
      </header>
      {all.length > 1 && <nav className="years" aria-label={say({ zh: '版本', en: 'Versions' })}>{all.map((v) => <a key={v.version} href={hashOf('checklists', code, v.version)} aria-current={v === c ? 'page' : undefined}>{say({ zh: `第 ${v.version} 版`, en: `Version ${v.version}` })}</a>)}</nav>}
      <dl className="tiles">
        <div><dt>{say({ zh: '在用的计划', en: 'Plans that use it' })}</dt><dd>{c.use.plans.length}</dd>{c.use.plans.map((p) => <dd key={p.id} className="named"><a href={hashOf('inspections', 'plans', p.id)}>{p.name}</a></dd>)}</div>
        <div><dt>{say({ zh: '进行中的排查和周期', en: 'Campaigns and periods under way' })}</dt><dd>{c.use.campaigns.toLocaleString()}</dd></div>
        <div><dt>{say({ zh: '累计任务', en: 'Tasks made with it' })}</dt><dd>{c.use.tasks.toLocaleString()}</dd></div>
      </dl>
      <Questions items={c.items} bands={c.bands} />
    </article>
  );
}
