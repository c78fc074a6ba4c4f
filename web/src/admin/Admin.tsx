import { Bar } from '../person/Bar.tsx';
import { say } from '../say/say.ts';
import { hashOf, useHash } from './hash.ts';
import { sections } from './sections.ts';

/** What the city has agreed on, section by section. */
export function Admin() {
  const [key, ...at] = useHash();
  const section = sections.find((s) => s.key === key) ?? sections[0];
  return (
    <div className="admin">
      <Bar title={say({ zh: '管理', en: 'Administration' })} />
      <nav className="sections" aria-label={say({ zh: '栏目', en: 'Sections' })}>
        {sections.map((s) => (
          <a key={s.key} href={hashOf(s.key)} aria-current={s === section ? 'page' : undefined}><b>{say(s.name)}</b><small>{say(s.about)}</small></a>
        ))}
      </nav>
      {section && <main className="section" key={section.key} aria-label={say(section.name)} tabIndex={-1}><section.Page at={section.key === key ? at : []} /></main>}
    </div>
  );
}
