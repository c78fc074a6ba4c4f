import { useId, useState } from 'react';
import { useAsk } from '../../api/cache.ts';
import { AdminCommunitiesDocument, AdminFindRegionsDocument } from '../../api/generated/graphql.ts';
import { named, say } from '../../say/say.ts';

type Found = { code: string; level: string; nameZh: string; nameEn: string };

/** Finds a community by name, pinyin or code; a larger division leads to what lies in it. */
export function Choose({ open, pick }: { open: boolean; pick: (code: string) => void }) {
  const id = useId();
  const [text, setText] = useState('');
  const [within, setWithin] = useState<Found>();
  const wanted = text.trim();
  const found = useAsk(AdminFindRegionsDocument, { text: wanted }, { when: wanted !== '' && !within });
  const inside = useAsk(AdminCommunitiesDocument, { parent: within?.code ?? null }, { when: within !== undefined });
  const list: Found[] = within ? (inside.data?.regions ?? []) : wanted === '' ? [] : (found.data?.findRegions ?? []);
  const choose = (r: Found) => {
    if (r.level !== 'COMMUNITY') { setWithin(r); return; }
    setText('');
    setWithin(undefined);
    pick(r.code);
  };
  return (
    <div className="field picker">
      <label htmlFor={id}>{say({ zh: '找社区', en: 'Find a community' })}</label>
      <input id={id} className="input" type="search" autoComplete="off" value={text} placeholder={say({ zh: '名称、拼音或代码', en: 'name, pinyin or code' })}
        onChange={(e) => { setText(e.target.value); setWithin(undefined); }} onKeyDown={(e) => { const [first] = list; if (e.key === 'Enter' && first) { e.preventDefault(); choose(first); } }} />
      {list.length > 0 && (
        <ul className="matches" aria-label={within ? named(within) : say({ zh: '找到的', en: 'Found' })}>
          {list.map((r) => <li key={r.code}><button type="button" onClick={() => choose(r)}><span className="number">{r.code}</span> {named(r)}{r.level !== 'COMMUNITY' && ' ›'}</button></li>)}
        </ul>
      )}
      {wanted !== '' && list.length === 0 && !found.isFetching && !inside.isFetching && <small aria-live="polite">{say({ zh: '没有找到', en: 'Nothing found' })}</small>}
      {open && wanted === '' && <small>{say({ zh: '也可把地图放大，点一个社区。', en: 'Or bring the map nearer, and press a community.' })}</small>}
    </div>
  );
}
