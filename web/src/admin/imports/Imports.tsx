import { useAsk } from '../../api/cache.ts';
import { AdminImportOffersDocument, AdminImportsDocument, type AdminImportsQuery } from '../../api/generated/graphql.ts';
import { say } from '../../say/say.ts';
import { moment } from '../../say/time.ts';
import { hashOf } from '../hash.ts';
import { Reading } from '../Reading.tsx';
import { Bring } from './Bring.tsx';
import { Import } from './Import.tsx';
import { Look } from './Look.tsx';
import { kinds, share, states } from './words.ts';
import './imports.css';

type Line = AdminImportsQuery['imports']['nodes'][number];

const often = 1_500; // ms: how far they are

/** Files of other offices: what is brought, and what became of those before. */
export function Imports({ at }: { at: string[] }) {
  const answer = useAsk(AdminImportsDocument, { after: null }, { every: often });
  const offers = useAsk(AdminImportOffersDocument, {});
  const list = answer.data?.imports.nodes;
  if (!list || !offers.data) return <Reading answer={answer.error ? answer : offers} />;
  const [part, id] = at;
  const bringing = part === undefined || part === '' || part === 'new';
  return (
    <div className="beside imports">
      <nav className="versions" aria-label={say({ zh: '导入', en: 'Imports' })}>
        <ol><li><a href={hashOf('imports', 'new')} aria-current={bringing || part === 'file' ? 'true' : undefined}><b>＋ {say({ zh: '导入文件', en: 'Bring a file' })}</b></a></li></ol>
        <h2>{say({ zh: '导入记录', en: 'Imports so far' })}</h2>
        <ol>{list.map((i) => <li key={i.id}><Past of={i} here={i.id === part} /></li>)}</ol>
        {list.length === 0 && <p className="quiet blank">{say({ zh: '还没有导入过。', en: 'None yet.' })}</p>}
      </nav>
      {bringing ? <Bring /> : part === 'file' && id ? <Look key={id} file={id} offers={offers.data.importOffers} /> : <Import key={part} id={part ?? ''} />}
    </div>
  );
}

function Past({ of: i, here }: { of: Line; here: boolean }) {
  const far = share(i);
  return (
    <a href={hashOf('imports', i.id)} aria-current={here ? 'true' : undefined}>
      <span className="line"><b className="file">{i.file}</b><span /><span className={`tag standing ${i.state.toLowerCase()}`}>{say(states[i.state])}</span></span>
      <small className="quiet">{say(kinds[i.kind])} · {i.person?.name ?? say({ zh: '命令行', en: 'command line' })} · {moment(i.startedAt)}</small>
      <small className="quiet number">{say({ zh: `${i.rows.toLocaleString()} 行，${i.rejected.toLocaleString()} 行未收`, en: `${i.rows.toLocaleString()} rows, ${i.rejected.toLocaleString()} rejected` })}</small>
      {i.state === 'RUNNING' && far !== undefined && <progress max={1} value={far} aria-label={say({ zh: `${i.file}的进度`, en: `Progress of ${i.file}` })} />}
    </a>
  );
}
