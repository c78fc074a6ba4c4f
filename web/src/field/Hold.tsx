import { useEffect, useRef, useState, type ReactNode } from 'react';
import { say } from '../say/say.ts';

const enough = 2_000; // ms; field.css draws the ring in the same time

/** A button that acts when it is held for two seconds, by finger, mouse or keyboard; letting go takes it back. */
export function Hold({ done, children }: { done: () => void; children: ReactNode }) {
  const [holding, setHolding] = useState(false);
  const [short, setShort] = useState(false);
  const due = useRef(0);
  const begin = () => {
    if (due.current !== 0) return; // a key that repeats
    setHolding(true);
    setShort(false);
    due.current = window.setTimeout(() => { due.current = 0; setHolding(false); navigator.vibrate?.(300); done(); }, enough);
  };
  const letGo = () => {
    if (due.current === 0) return;
    window.clearTimeout(due.current);
    due.current = 0;
    setHolding(false);
    setShort(true);
  };
  useEffect(() => () => window.clearTimeout(due.current), []);
  const isKey = (key: string) => key === ' ' || key === 'Enter';
  return (
    <>
      <button type="button" className={holding ? 'hold holding' : 'hold'} onPointerDown={(e) => { if (e.button === 0) begin(); }} onPointerUp={letGo} onPointerLeave={letGo} onPointerCancel={letGo}
        onKeyDown={(e) => { if (isKey(e.key)) { e.preventDefault(); begin(); } }} onKeyUp={(e) => { if (isKey(e.key)) letGo(); }} onBlur={letGo} onContextMenu={(e) => e.preventDefault()}>
        <svg viewBox="0 0 120 120" aria-hidden="true"><circle className="track" cx="60" cy="60" r="54" /><circle className="ring" cx="60" cy="60" r="54" pathLength="100" /></svg>
        <span>{children}</span>
      </button>
      <p className="quiet" aria-live="assertive">
        {holding ? say({ zh: '按住不放…松手取消', en: 'Keep holding… let go to take it back' }) : short ? say({ zh: '没有发出：要按住 2 秒。', en: 'Not sent: hold it for 2 seconds.' }) : say({ zh: '按住 2 秒发出求助', en: 'Hold for 2 seconds to call for help' })}
      </p>
    </>
  );
}
