import { accepted, ask } from '../../api/ask.ts';
import { useAsk } from '../../api/cache.ts';
import { AdminGoOnWithImportDocument, AdminImportDocument, AdminImportRejectsDocument, AdminStopImportDocument, type AdminImportQuery } from '../../api/generated/graphql.ts';
import { say } from '../../say/say.ts';
import { moment } from '../../say/time.ts';
import { Take } from '../../work/Take.tsx';
import { tellCode } from '../refusal.ts';
import { Reading } from '../Reading.tsx';
import { Refused } from '../Refused.tsx';
import { useSending } from '../../api/sending.ts';
import { datums, fieldName, kinds, share, states, why } from './words.ts';

type Whole = NonNullable<AdminImportQuery['import']>;

const often = 1_000; // ms: rows are taken in while one looks

/** How far a file is, what was not taken of it and why. */
export function Import({ id }: { id: string }) {
  const answer = useAsk(AdminImportDocument, { id }, { every: often });
  const i = answer.data?.import;
  if (!i || i.id !== id) return <Reading answer={answer} />;
  const far = share(i);
  const asWas = i.rows - i.written - i.rejected;
  return (
    <article className="version import" aria-label={i.file}>
      <header>
        <p className="kicker">{say(kinds[i.kind])}<span className={`tag standing ${i.state.toLowerCase()}`}>{say(states[i.state])}</span></p>
        <h2>{i.file}</h2>
        <p className="quiet">{i.person?.name ?? say({ zh: '命令行', en: 'By the command line' })} · {moment(i.startedAt)}{i.finishedAt && ` – ${moment(i.finishedAt)}`}{i.kind !== 'PEOPLE' && i.kind !== 'GRANTS' && ` · ${say(datums[i.datum])}`}</p>
      </header>
      {i.state !== 'DONE' && (
        <div className="inner" aria-live="polite">
          {far === undefined ? i.state === 'RUNNING' && <progress aria-label={say({ zh: '进度', en: 'Progress' })} /> : <progress max={1} value={far} aria-label={say({ zh: '进度', en: 'Progress' })} />}
          <p className="quiet number">{i.about ? say({ zh: `${i.rows.toLocaleString()} 行，共约 ${i.about.toLocaleString()} 行`, en: `${i.rows.toLocaleString()} of about ${i.about.toLocaleString()} rows` }) : say({ zh: `${i.rows.toLocaleString()} 行`, en: `${i.rows.toLocaleString()} rows` })}</p>
        </div>
      )}
      {i.code !== null && <p className="notice late" role="alert">{tellCode(i.code, i.reason ?? '')}{i.field ? ` (${fieldName(i.field, i.kind)})` : ''}</p>}
      <Acts of={i} />
      <dl className="tiles">
        <div><dt>{say({ zh: '已处理', en: 'Rows' })}</dt><dd>{i.rows.toLocaleString()}</dd></div>
        <div><dt>{say({ zh: '新增或改动', en: 'New or changed' })}</dt><dd>{i.written.toLocaleString()}</dd></div>
        <div><dt>{say({ zh: '与原来相同', en: 'As they were' })}</dt><dd>{asWas.toLocaleString()}</dd></div>
        <div><dt>{say({ zh: '未收', en: 'Rejected' })}</dt><dd>{i.rejected.toLocaleString()}</dd></div>
      </dl>
      {i.rejected > 0 && (i.byPage ? <Rejects of={i} /> : <p className="quiet">{say({ zh: '命令行导入的未收清单在文件旁边。', en: 'What the command line rejected is listed beside its file.' })}</p>)}
    </article>
  );
}

function Acts({ of: i }: { of: Whole }) {
  const { busy, error, send } = useSending();
  const stop = () => send(async () => { accepted((await ask(AdminStopImportDocument, { id: i.id })).stopImport); });
  const goOn = () => send(async () => { accepted((await ask(AdminGoOnWithImportDocument, { id: i.id })).goOnWithImport); });
  if (!i.mayStop && !i.mayGoOn && error === undefined) return null;
  return (
    <div className="inner">
      <Refused error={error} />
      <p className="row">
        {i.mayStop && <button type="button" className="button grave" disabled={busy} onClick={() => void stop()}>{say({ zh: '停止', en: 'Stop it' })}</button>}
        {i.mayGoOn && <button type="button" className="button main" disabled={busy} onClick={() => void goOn()}>{say({ zh: '接着导入', en: 'Go on with it' })}</button>}
        {i.mayGoOn && <span className="quiet">{say({ zh: '已收的不动，从停下的地方接着。', en: 'What was taken in stays; it goes on from there.' })}</span>}
      </p>
    </div>
  );
}

/** The first of what was not taken; all of it can be taken away as a file. */
function Rejects({ of: i }: { of: Whole }) {
  const answer = useAsk(AdminImportRejectsDocument, { id: i.id }, i.state === 'RUNNING' ? { every: often * 2 } : {});
  const found = answer.data?.importRejects;
  if (!found) return <Reading answer={answer} />;
  const cells = (row: readonly string[]) => row.filter((c) => c !== '').join(' · ');
  return (
    <section className="rejects" aria-labelledby="rejects">
      <div className="year-line"><h3 id="rejects">{say({ zh: '未收的行', en: 'Rows that were not taken' })}</h3><Take path={`/export/imports/${i.id}`} /></div>
      {found.nodes.length === 0 ? <p className="quiet">{say({ zh: '清单保留 30 天，已删除。', en: 'The list was kept for 30 days, and is gone.' })}</p> : (
        <table className="rules">
          <thead><tr><th scope="col">{say({ zh: '行', en: 'Row' })}</th><th scope="col">{say({ zh: '字段', en: 'Field' })}</th><th scope="col">{say({ zh: '原因', en: 'Why' })}</th><th scope="col">{say({ zh: '内容', en: 'It says' })}</th></tr></thead>
          <tbody>{[...found.nodes.entries()].map(([n, r]) => (
            <tr key={n}><td className="number">{r.row}</td><td>{r.field && fieldName(r.field, i.kind)}</td><td>{why(r.code, r.reason)}<small className="quiet"><code>{r.code}</code></small></td><td className="said">{cells(r.cells)}</td></tr>
          ))}</tbody>
        </table>
      )}
      {found.pageInfo.hasNextPage && <p className="quiet">{say({ zh: '这里只列出前 50 条，全部请导出。', en: 'These are the first 50: export them for all.' })}</p>}
    </section>
  );
}
