import { useEffect, useState } from 'react';
import { say } from '../say/say.ts';
import { takeBack, type Pending } from './pending.ts';

/** What was decided and is not yet sent, and what did not go through. */
export function UndoBar({ pending }: { pending: readonly Pending[] }) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (pending.length === 0) return undefined;
    const tick = window.setInterval(() => setNow(Date.now()), 500);
    return () => window.clearInterval(tick);
  }, [pending.length]);
  if (pending.length === 0) return null;
  return (
    <ol className="undo" aria-live="polite">
      {pending.map((p) => (
        <li key={p.key} className={p.failed ? 'failed' : ''}>
          <span>{p.words}{p.failed && ` — ${p.failed}`}</span>
          <button type="button" className="button" onClick={() => takeBack(p.key)}>
            {p.failed ? say({ zh: '知道了', en: 'All right' }) : <>{say({ zh: '撤销', en: 'Undo' })} <kbd>u</kbd> {Math.max(0, Math.ceil((p.until - now) / 1000))}</>}
          </button>
        </li>
      ))}
    </ol>
  );
}
