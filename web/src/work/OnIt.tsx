import { say } from '../say/say.ts';
import { useLooksAt } from './looks.ts';

/** Who else has it open, where somebody has. */
export function OnIt({ id }: { id: string }) {
  const names = useLooksAt(id).map((l) => l.person.name);
  if (names.length === 0) return null;
  const first = names.slice(0, 2), others = names.length - first.length;
  return <span className="on-it">{say({ zh: `${first.join('、')}${others > 0 ? `等 ${names.length} 人` : ''}正在看`, en: `${first.join(', ')}${others > 0 ? ` and ${others} more` : ''} on it` })}</span>;
}
