import { useState } from 'react';
import { useAsk } from '../../api/cache.ts';
import { AdminStandardsDocument } from '../../api/generated/graphql.ts';
import { named, say } from '../../say/say.ts';
import { Sign } from '../../work/Sign.tsx';
import { limit } from '../../work/words.ts';
import { useNames } from '../names.ts';
import { Reading } from '../Reading.tsx';
import { byMajor, found, type Category } from './found.ts';

/** When a case is filed, by when it is settled, and when it may close. New versions are imported. */
export function Standards() {
  const names = useNames();
  const [words, setWords] = useState('');
  const [department, setDepartment] = useState('');
  const answer = useAsk(AdminStandardsDocument, {});
  const all = answer.data?.categories;
  if (!all) return <Reading answer={answer} />;
  const shown = found(all, words, department);
  return (
    <article className="version">
      <header>
        <p className="kicker">{say({ zh: '立结案标准', en: 'Filing standards' })}</p>
        <h2>{say({ zh: `${all.length} 个类别，${all.flatMap((c) => c.standards).length} 条标准`, en: `${all.length} categories, ${all.flatMap((c) => c.standards).length} standards` })}</h2>
      </header>
      <div className="year-line">
        <input className="input find" type="search" value={words} onChange={(e) => setWords(e.target.value)} aria-label={say({ zh: '搜索', en: 'Search' })} placeholder={say({ zh: '编号、名称、条件或依据', en: 'Code, name, condition or legal basis' })} />
        <label className="by-limit">{say({ zh: '主办', en: 'Leads' })} <select className="input" value={department} onChange={(e) => setDepartment(e.target.value)}><option value="">{say({ zh: '全部', en: 'All' })}</option>{names.lists.departments.map((d) => <option key={d.code} value={d.code}>{named(d)}</option>)}</select></label>
      </div>
      {shown.length === 0 && <p className="quiet blank">{say({ zh: '没有找到。', en: 'Nothing found.' })}</p>}
      {byMajor(shown).map(([major, list]) => <Major key={major} code={major} list={list} />)}
    </article>
  );
}

function Major({ code, list }: { code: string; list: Category[] }) {
  const [first] = list;
  return (
    <section aria-label={code}>
      <h3 className="major"><span className="number">{code}</span> {first && say({ zh: first.majorZh, en: first.majorEn })}</h3>
      <table className="rules standards-table">
        <thead><tr><th scope="col">{say({ zh: '类别', en: 'Category' })}</th><th scope="col">{say({ zh: '立案条件', en: 'Filed when' })}</th><th scope="col">{say({ zh: '时限', en: 'Limit' })}</th><th scope="col">{say({ zh: '结案条件', en: 'Closed when' })}</th><th scope="col">{say({ zh: '主办 · 依据', en: 'Leads · basis' })}</th></tr></thead>
        <tbody>
          {list.flatMap((c) => c.standards.map((s, i) => (
            <tr key={s.id}>
              {i === 0 && <td rowSpan={c.standards.length}><b>{named(c)}</b><code>{c.code}</code></td>}
              <td>{say({ zh: s.conditionZh, en: s.conditionEn })}</td>
              <td className="limit"><Sign urgent={s.urgent} /> {limit(s.limit)}</td>
              <td>{say({ zh: s.closingZh, en: s.closingEn })}</td>
              <td>{named(s.department)}<small className="quiet" lang="zh-CN">{s.legalBasis}</small></td>
            </tr>
          )))}
        </tbody>
      </table>
    </section>
  );
}
