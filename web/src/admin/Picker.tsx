import { useId, useState } from 'react';
import { say } from '../say/say.ts';

type Option = { code: string; name: string };

const shown = 8; // matches at once

/** Several of a long list, found by their code or a part of their name; free: also what the list does not have. */
export function Picker({ label, hint, values, options, name, change, free = false }: { label: string; hint: string; values: readonly string[]; options: Option[]; name: (code: string) => string; change: (values: string[]) => void; free?: boolean }) {
  const [words, setWords] = useState('');
  const id = useId();
  const wanted = words.trim().toLowerCase();
  const matches = wanted === '' ? [] : options.filter((o) => !values.includes(o.code) && (o.code.startsWith(wanted) || o.name.toLowerCase().includes(wanted))).slice(0, shown);
  const add = (code: string) => { change([...values, code]); setWords(''); };
  return (
    <div className="field picker">
      <label htmlFor={id}>{label}</label>
      {values.length > 0 && <ul className="phrases">{values.map((v) => <li key={v}>{name(v)} <button type="button" className="drop" aria-label={say({ zh: `去掉 ${name(v)}`, en: `Remove ${name(v)}` })} onClick={() => change(values.filter((other) => other !== v))}>×</button></li>)}</ul>}
      <input id={id} className="input" type="search" autoComplete="off" value={words} placeholder={hint} onChange={(e) => setWords(e.target.value)}
        onKeyDown={(e) => { const [first] = matches; if (e.key === 'Enter') { e.preventDefault(); if (first) add(first.code); else if (free && /^[a-z0-9_]{1,40}$/u.test(wanted)) add(wanted); } }} />
      {matches.length > 0 && <ul className="matches">{matches.map((o) => <li key={o.code}><button type="button" onClick={() => add(o.code)}><span className="number">{o.code}</span> {o.name}</button></li>)}</ul>}
      {wanted !== '' && matches.length === 0 && <small>{free ? say({ zh: '回车照写的加入（小写字母、数字、下划线）', en: 'Enter adds it as written (lower-case letters, digits, underscores)' }) : say({ zh: '没有找到', en: 'Nothing found' })}</small>}
    </div>
  );
}
