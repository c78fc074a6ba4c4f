import { useEffect, useEffectEvent, useState } from 'react';
import { say } from '../say/say.ts';
import { clock, dayOf, moment } from '../say/time.ts';

const pace = 500; // ms for each moment

/** The moments of a playback as a curve that one goes along, or that plays by itself to its end. */
export function Moments({ moments, counts, at, daily, go }: { moments: readonly string[]; counts: readonly number[]; at: number; daily: boolean; go: (at: number) => void }) {
  const [playing, play] = useState(false);
  const last = moments.length - 1;
  const step = useEffectEvent(() => { if (at >= last) play(false); else go(at + 1); });
  useEffect(() => {
    if (!playing) return undefined;
    const ticks = window.setInterval(() => step(), pace);
    return () => window.clearInterval(ticks);
  }, [playing]);
  const most = Math.max(1, ...counts), name = (i: number) => (daily ? dayOf(moments[i] ?? '') : clock(moments[i] ?? ''));
  const start = () => { if (at >= last) go(0); play(!playing); };
  return (
    <div className="moments">
      <button type="button" className="button" onClick={start} aria-label={playing ? say({ zh: '暂停', en: 'Pause' }) : say({ zh: '播放', en: 'Play' })}>{playing ? '❚❚' : '▶'}</button>
      <div className="curve">
        <svg viewBox={`0 0 ${moments.length} 100`} preserveAspectRatio="none" aria-hidden="true">
          {counts.map((n, i) => <rect key={moments[i]} className={i === at ? 'on' : ''} x={i + 0.1} width={0.8} y={100 - (n / most) * 100} height={(n / most) * 100} />)}
        </svg>
        <input type="range" min={0} max={last} value={at} onChange={(e) => { play(false); go(Number(e.target.value)); }} aria-label={say({ zh: '时刻', en: 'Moment' })} aria-valuetext={moment(moments[at] ?? '')} />
        <p className="ends"><span>{(daily ? dayOf : moment)(moments[0] ?? '')}</span><span>{name(last)}</span></p>
      </div>
      <p className="now"><b>{name(at)}</b><span>{say({ zh: `在办 ${(counts[at] ?? 0).toLocaleString()}`, en: `${(counts[at] ?? 0).toLocaleString()} open` })}</span></p>
    </div>
  );
}
