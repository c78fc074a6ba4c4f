import { useEffect, useState } from 'react';
import { ask } from '../api/ask.ts';
import { CategoriesDocument, type CategoriesQuery } from '../api/generated/graphql.ts';
import { named, say } from '../say/say.ts';

type Category = CategoriesQuery['categories'][number];
type Tile = Pick<Category, 'code' | 'nameZh' | 'nameEn'>;

const remembered = 'gridwork.categories';

/** The categories of the city: from the server, or as they were when this device last saw it. */
function useCategories(): Category[] {
  const [all, setAll] = useState<Category[]>(() => JSON.parse(localStorage.getItem(remembered) ?? '[]') as Category[]);
  useEffect(() => {
    ask(CategoriesDocument, {}).then(({ categories }) => {
      localStorage.setItem(remembered, JSON.stringify(categories));
      setAll(categories);
    }, () => {});
  }, []);
  return all;
}

/** Six tiles of what is most often meant here, and the rest behind "other". A category is a help, never a duty. */
export function Categories({ common, chosen, choose }: { common: readonly Tile[] | undefined; chosen: string | undefined; choose: (code: string | undefined) => void }) {
  const all = useCategories();
  const [open, setOpen] = useState(false);
  const tiles: readonly Tile[] = common ?? all.slice(0, 6);
  const other = all.find((c) => c.code === chosen && !tiles.some((t) => t.code === c.code));
  const shown = other ? [...tiles.slice(0, 5), other] : tiles;
  return (
    <section aria-labelledby="what">
      <h2 id="what">{say({ zh: '是什么问题', en: 'What is it?' })}</h2>
      <div className="tiles">
        {shown.map((c) => (
          <button key={c.code} type="button" className="tile" aria-pressed={c.code === chosen} onClick={() => choose(c.code === chosen ? undefined : c.code)}>{named(c)}</button>
        ))}
      </div>
      {all.length > 0 && (
        <p className="other">
          <button type="button" className="button plain" aria-expanded={open} onClick={() => setOpen(!open)}>{say({ zh: '其他类别…', en: 'Something else…' })}</button>
        </p>
      )}
      {open && <Everything all={all} choose={(code) => { choose(code); setOpen(false); }} />}
    </section>
  );
}

function Everything({ all, choose }: { all: Category[]; choose: (code: string) => void }) {
  const [words, setWords] = useState('');
  const wanted = words.trim().toLowerCase();
  const found = all.filter((c) => `${c.nameZh}${c.majorZh} ${c.nameEn} ${c.majorEn}`.toLowerCase().includes(wanted));
  return (
    <div className="everything">
      <input className="input" type="search" value={words} onChange={(e) => setWords(e.target.value)} aria-label={say({ zh: '搜索类别', en: 'Search the categories' })}
        placeholder={say({ zh: '搜索：井盖、油烟、飞线…', en: 'Search: manhole, fumes, wires…' })} />
      <ul>
        {found.map((c) => (
          <li key={c.code}><button type="button" onClick={() => choose(c.code)}>{named(c)}<small>{say({ zh: c.majorZh, en: c.majorEn })}</small></button></li>
        ))}
      </ul>
      {found.length === 0 && <p className="quiet">{say({ zh: '没有这个类别；不选也可以，写一句话就行。', en: 'No such category. You need not choose one: a sentence will do.' })}</p>}
    </div>
  );
}
