import { useEffect, useRef, useState } from 'react';
import { say } from '../../say/say.ts';
import { go } from '../hash.ts';
import { Refused } from '../Refused.tsx';
import { bring } from './bring.ts';

const accepted = '.csv,.txt,.tsv,.xlsx,.geojson,.json,.gpkg';

const sized = (bytes: number) => (bytes < 1_000_000 ? `${Math.ceil(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`);

/** Brings a file to the server. A line that is cut costs a piece of it, and no more. */
export function Bring() {
  const [file, setFile] = useState<File>();
  const [sent, setSent] = useState<number>();
  const [error, setError] = useState<unknown>();
  const calling = useRef<AbortController>(undefined);
  useEffect(() => () => calling.current?.abort(), []);
  const start = async (chosen: File) => {
    const off = new AbortController();
    calling.current = off;
    setFile(chosen);
    setSent(0);
    setError(undefined);
    try {
      const id = await bring(chosen, off.signal, setSent);
      if (!off.signal.aborted) go('imports', 'file', id);
    } catch (problem) {
      if (!off.signal.aborted) setError(problem);
    }
    setSent(undefined);
  };
  const busy = sent !== undefined;
  return (
    <section className="version" aria-labelledby="bring">
      <header><h2 id="bring">{say({ zh: '导入文件', en: 'Bring a file' })}</h2>
        <p className="quiet">{say({ zh: '统一地址、场所、部件、区划界线、花名册。先看读到了什么，再开始。', en: 'Addresses, premises, components, boundaries, people. You see what was read before anything is taken in.' })}</p></header>
      <form className="card-form narrow" onSubmit={(e) => { e.preventDefault(); if (file) void start(file); }}>
        <label className="field"><span>{say({ zh: '文件', en: 'File' })}</span>
          <input className="input" type="file" accept={accepted} disabled={busy} onChange={(e) => { const [chosen] = e.target.files ?? []; if (chosen) void start(chosen); }} />
          <small>{say({ zh: 'CSV（UTF-8 或 GB18030）、XLSX、GeoJSON、GeoPackage；最大 1 GB，XLSX 最大 100 MB。', en: 'CSV (UTF-8 or GB18030), XLSX, GeoJSON, GeoPackage; at most 1 GB, XLSX 100 MB.' })}</small></label>
        {busy && file && (
          <div className="inner" aria-live="polite">
            <progress max={file.size} value={sent} aria-label={say({ zh: '上传进度', en: 'Progress of the upload' })} />
            <p className="row"><span className="quiet number">{sized(sent)} / {sized(file.size)}</span><button type="button" className="button plain" onClick={() => calling.current?.abort()}>{say({ zh: '停止', en: 'Stop' })}</button></p>
          </div>
        )}
        <Refused error={error} />
        {!busy && file && <button type="submit" className="button main">{say({ zh: '接着上传', en: 'Go on with it' })}</button>}
      </form>
    </section>
  );
}
