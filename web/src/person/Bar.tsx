import { LanguageSwitch } from '../look/Language.tsx';
import { Mark } from '../look/Mark.tsx';
import { say } from '../say/say.ts';
import { hatName, useHat } from './me.tsx';
import './bar.css';
import type { ReactNode } from 'react';

/** The head of every desk: whose it is, in which role, and the way out. */
export function Bar({ title, children }: { title: string; children?: ReactNode }) {
  const { me, grant, hats, wear, signOut } = useHat();
  return (
    <header className="bar">
      <Mark size={24} />
      <h1>{title}</h1>
      {hats.length > 1 ? (
        <label>
          <span className="only-read">{say({ zh: '岗位', en: 'Role' })}</span>
          <select className="input" value={hats.indexOf(grant)} onChange={(e) => { const next = hats[Number(e.target.value)]; if (next) wear(next); }}>
            {hats.map((h, i) => <option key={hatName(h)} value={i}>{hatName(h)}</option>)}
          </select>
        </label>
      ) : <span className="quiet">{hatName(grant)}</span>}
      <div className="grow">{children}</div>
      <span>{me.person.name}</span>
      <LanguageSwitch />
      <button type="button" className="button plain" onClick={signOut}>{say({ zh: '退出', en: 'Sign out' })}</button>
    </header>
  );
}
