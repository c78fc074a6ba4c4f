import { useState } from 'react';
import { Link } from 'wouter';
import { say } from '../say/say.ts';
import { told } from '../say/refusal.ts';
import { Refusal } from '../api/ask.ts';
import { Head } from './Head.tsx';
import type { Report } from './report.ts';

/** What became of sending, in words: kept on this phone, at the server, photos verified. */
export function Receipt({ report, again, mend }: { report: Report; again: () => void; mend: () => void }) {
  if (report.refused) return <Refused report={report} mend={mend} again={again} />;
  const { receipt, photos } = report;
  return (
    <div className="page">
      <Head to="/track" label={say({ zh: '查进度', en: 'Follow' })} />
      <main className="receipt">
        <Stamp done={receipt !== undefined} />
        <h2>{receipt ? say({ zh: '已收到，谢谢！', en: 'Received. Thank you!' }) : say({ zh: '已存在这部手机上，正在发送…', en: 'Kept on this phone, sending…' })}</h2>
        {receipt ? <Code number={receipt.number} code={receipt.claimCode} />
          : <p className="quiet">{say({ zh: '没有网络也没关系：网络恢复后会自动发送，请不要关闭这个页面。', en: 'No network is no harm: it is sent by itself once there is one. Keep this page open.' })}</p>}
        <ol className="progress" aria-live="polite">
          <li className="done">{say({ zh: '已存本机', en: 'Kept on this phone' })}</li>
          <li className={receipt ? 'done' : ''}>{say({ zh: '内容已到平台', en: 'Words at the server' })}</li>
          {report.input.photos && report.input.photos.length > 0 && (
            <li className={receipt && photos.length === 0 ? 'done' : ''}>
              {photos.length === 0 ? say({ zh: '照片已核对，本机副本已删除', en: 'Photos verified, and dropped from this phone' })
                : say({ zh: `照片：还有 ${photos.length} 张在路上`, en: `Photos: ${photos.length} still on their way` })}
            </li>
          )}
        </ol>
        <p className="ways">
          {receipt && <Link href={`/track#${receipt.claimCode}`} className="button">{say({ zh: '看进度', en: 'See how it gets on' })}</Link>}
          <button type="button" className="button main" onClick={again}>{say({ zh: '再报一条', en: 'Report another' })}</button>
        </p>
      </main>
    </div>
  );
}

function Code({ number, code }: { number: number; code: string }) {
  const [copied, setCopied] = useState(false);
  const copy = () => { void navigator.clipboard.writeText(code).then(() => setCopied(true), () => setCopied(false)); };
  return (
    <div className="code">
      <p className="quiet">{say({ zh: `线索 ${number} 的查询码`, en: `Claim code of report ${number}` })}</p>
      <p className="claim">{code}</p>
      <button type="button" className="button" onClick={copy}>{copied ? say({ zh: '已复制', en: 'Copied' }) : say({ zh: '复制', en: 'Copy' })}</button>
      <p className="quiet">{say({ zh: '只有凭它才能查进度、评价和申请复查。我们不知道你是谁，丢了无法补发。', en: 'It alone lets you follow, rate and contest. We do not know who you are, so it cannot be sent again.' })}</p>
    </div>
  );
}

function Refused({ report, mend, again }: { report: Report; mend: () => void; again: () => void }) {
  return (
    <div className="page">
      <Head to="/track" label={say({ zh: '查进度', en: 'Follow' })} />
      <main className="receipt">
        <p className="notice late" role="alert">{told(new Refusal(report.refused?.code ?? '', '', report.refused?.path))}</p>
        <p className="ways">
          <button type="button" className="button main" onClick={mend}>{say({ zh: '返回修改', en: 'Go back and mend it' })}</button>
          <button type="button" className="button plain" onClick={again}>{say({ zh: '放弃这一条', en: 'Drop it' })}</button>
        </p>
      </main>
    </div>
  );
}

function Stamp({ done }: { done: boolean }) {
  return (
    <svg className={done ? 'stamp done' : 'stamp'} viewBox="0 0 64 64" width="72" height="72" aria-hidden="true">
      <rect x="4" y="4" width="56" height="56" rx="6" fill="none" stroke="currentColor" strokeWidth="4" />
      {done ? <path fill="none" stroke="currentColor" strokeWidth="6" d="M17 33l11 11 20-23" /> : <path fill="none" stroke="currentColor" strokeWidth="5" d="M32 16v17l10 7" />}
    </svg>
  );
}
