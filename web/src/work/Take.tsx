import { useRef, useState } from 'react';
import { CalledOff, take } from '../api/take.ts';
import { language, say } from '../say/say.ts';
import { told } from '../say/refusal.ts';

const kinds = ['xlsx', 'csv'] as const;

const sized = (bytes: number) => (bytes === 0 ? '' : bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`);

/** Takes what a list or a table shows away as a file, whole, with the filter that it is shown by. What the filter leaves out is undefined. */
export function Take({ path, query }: { path: string; query?: Record<string, string | undefined> }) {
  const [taking, setTaking] = useState<(typeof kinds)[number]>();
  const [come, setCome] = useState(0); // bytes
  const calling = useRef<AbortController>(undefined);
  const [error, setError] = useState<unknown>();
  const start = async (as: (typeof kinds)[number]) => {
    if (taking) return;
    setTaking(as);
    setCome(0);
    calling.current = new AbortController();
    setError(undefined);
    try {
      await take(path, new URLSearchParams({ ...Object.fromEntries(Object.entries(query ?? {}).filter(([, value]) => value !== undefined && value !== '')) as Record<string, string>, as, in: language() }), { off: calling.current.signal, come: setCome });
    } catch (problem) {
      if (!(problem instanceof CalledOff)) setError(problem);
    }
    setTaking(undefined);
  };
  return (
    <div className="take">
      <span className="quiet">{taking ? say({ zh: `正在导出… ${sized(come)}`, en: `Exporting… ${sized(come)}` }) : say({ zh: '导出', en: 'Export' })}</span>
      {kinds.map((as) => <button key={as} type="button" className="button plain" aria-busy={taking === as} aria-disabled={taking !== undefined} onClick={() => void start(as)}>{as.toUpperCase()}</button>)}
      {taking && <button type="button" className="button plain" onClick={() => calling.current?.abort()}>{say({ zh: '停止', en: 'Stop' })}</button>}
      {error !== undefined && <p className="notice late" role="alert">{told(error)}</p>}
    </div>
  );
}
