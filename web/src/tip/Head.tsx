import { Link } from 'wouter';
import { LanguageSwitch } from '../look/Language.tsx';
import { Mark } from '../look/Mark.tsx';
import { say } from '../say/say.ts';

export function Head({ to, label }: { to: string; label: string }) {
  return (
    <header className="head">
      <Mark />
      <h1>{say({ zh: '随手报', en: 'Report it' })}</h1>
      <Link href={to} className="button plain">{label}</Link>
      <LanguageSwitch />
    </header>
  );
}
