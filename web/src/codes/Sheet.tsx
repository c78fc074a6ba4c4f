import { Qr } from '../look/Qr.tsx';
import { say } from '../say/say.ts';
import type { Printed } from './Codes.tsx';

/** Codes on A4, eight on a page, in both languages: whoever passes by reads them. */
export function Sheet({ codes, back }: { codes: Printed[]; back: () => void }) {
  return (
    <main>
      <p className="row">
        <button type="button" className="button main" onClick={() => window.print()}>{say({ zh: '打印', en: 'Print' })}</button>
        <button type="button" className="button" onClick={back}>{say({ zh: '返回', en: 'Back' })}</button>
        <span className="quiet">{say({ zh: `${codes.length} 张，A4 每页 8 张。贴在门口，网格员到场时扫。`, en: `${codes.length}, eight on a page of A4. Hang them at the door, where a grid worker scans them.` })}</span>
      </p>
      <ol className="sheet">{codes.map((c) => (
        <li key={c.premises.code}>
          <Qr text={c.code} label={`${c.premises.name} ${c.code}`} />
          <div>
            <p className="kicker" lang="zh">场所码 <span lang="en">Code of premises</span></p>
            <h2>{c.premises.name}</h2>
            <p className="code">{c.code}</p>
            <p lang="zh">网格员巡查到场时扫此码</p>
            <p lang="en">Grid workers scan this when they inspect</p>
            <p className="quiet">{c.premises.code} · {c.version}</p>
          </div>
        </li>
      ))}</ol>
    </main>
  );
}
