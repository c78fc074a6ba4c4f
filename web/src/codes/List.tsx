import { useState } from 'react';
import { accepted, ask } from '../api/ask.ts';
import { cache, useAsk } from '../api/cache.ts';
import { CodesOfPremisesDocument, CodesRegionDocument, WithdrawCodeDocument, type CodesOfPremisesQuery, type Risk } from '../api/generated/graphql.ts';
import { placeKind, placeKinds, risks } from '../work/places.ts';
import { useHat } from '../person/me.tsx';
import { named, say } from '../say/say.ts';
import { told } from '../say/refusal.ts';
import { moment } from '../say/time.ts';

type Row = CodesOfPremisesQuery['visitCodes']['nodes'][number];

const most = 200; // that are printed at once

const parents: Record<number, number> = { 6: 4, 9: 6, 12: 9 }; // digits of a division code, and of the one around it

/** Premises of a region, with what hangs at each. */
export function List({ print }: { print: (premises: string[]) => void }) {
  const { grant } = useHat(), top = grant.region.code;
  const [region, setRegion] = useState(top);
  const [kind, setKind] = useState('');
  const [risk, setRisk] = useState<Risk | ''>('');
  const [after, setAfter] = useState<(string | null)[]>([null]);
  const [chosen, choose] = useState<ReadonlySet<string>>(new Set());
  const here = useAsk(CodesRegionDocument, { code: region }).data?.region;
  const { data, isPending, error } = useAsk(CodesOfPremisesDocument, { region, kind: kind || null, risk: risk || null, after: after.at(-1) ?? null });
  const rows = data?.visitCodes.nodes ?? [], page = data?.visitCodes.pageInfo;
  const go = (code: string) => { setRegion(code); setAfter([null]); choose(new Set()); };
  const toggle = (code: string) => choose((was) => { const next = new Set(was); if (!next.delete(code)) next.add(code); return next; });
  const all = rows.length > 0 && rows.every((r) => chosen.has(r.premises.code));
  return (
    <main>
      <div className="choice">
        <label className="field"><span>{say({ zh: '范围', en: 'Where' })}</span>
          <select className="input" value={region} onChange={(e) => go(e.target.value)}>
            {region !== top && <option value={region.slice(0, parents[region.length])}>↑ {say({ zh: '上一级', en: 'One level up' })}</option>}
            <option value={region}>{here ? named(here) : region}</option>
            {here?.children.map((c) => <option key={c.code} value={c.code}>　{named(c)}</option>)}
          </select></label>
        <label className="field"><span>{say({ zh: '哪类场所', en: 'Of which kind' })}</span>
          <select className="input" value={kind} onChange={(e) => { setKind(e.target.value); setAfter([null]); }}><option value="">{say({ zh: '全部', en: 'All' })}</option>{placeKinds.map((k) => <option key={k} value={k}>{placeKind(k)}</option>)}</select></label>
        <label className="field"><span>{say({ zh: '风险等级', en: 'Of which grade' })}</span>
          <select className="input" value={risk} onChange={(e) => { setRisk(e.target.value as Risk | ''); setAfter([null]); }}><option value="">{say({ zh: '全部', en: 'All' })}</option>{(Object.keys(risks) as Risk[]).map((r) => <option key={r} value={r}>{say(risks[r])}</option>)}</select></label>
        <button type="button" className="button main" disabled={chosen.size === 0 || chosen.size > most} onClick={() => print([...chosen])}>{say({ zh: `制码并打印 ${chosen.size} 张`, en: `Make and print ${chosen.size}` })}</button>
      </div>
      <p className="quiet">{say({ zh: '网格员巡查时扫门口的码，说明到过现场；没有码照常巡查。谁看过哪个码，都记入审计日志。', en: 'A grid worker who scans the code at the door shows that they were there; without one the inspection goes as ever. Who saw which code is on the audit log.' })}</p>
      {chosen.size > most && <output className="notice late">{say({ zh: `一次最多打印 ${most} 张，请少选一些。`, en: `At most ${most} are printed at once: choose fewer.` })}</output>}
      {error && <p className="notice late" role="alert">{told(error)}</p>}
      {isPending ? <p className="waiting">{say({ zh: '正在打开…', en: 'Opening…' })}</p> : rows.length === 0 ? <p className="quiet blank">{say({ zh: '这里没有场所。', en: 'There are no premises here.' })}</p> : (
        <table>
          <thead><tr>
            <th scope="col"><input type="checkbox" checked={all} aria-label={say({ zh: '选中本页', en: 'Choose this page' })} onChange={() => choose((was) => { const next = new Set(was); for (const r of rows) if (all) next.delete(r.premises.code); else next.add(r.premises.code); return next; })} /></th>
            <th scope="col">{say({ zh: '场所', en: 'Premises' })}</th><th scope="col">{say({ zh: '类别', en: 'Kind' })}</th><th scope="col">{say({ zh: '等级', en: 'Grade' })}</th><th scope="col">{say({ zh: '场所码', en: 'Code' })}</th><th scope="col"><span className="only-read">{say({ zh: '操作', en: 'Do' })}</span></th>
          </tr></thead>
          <tbody>{rows.map((r) => (
            <tr key={r.premises.code}>
              <td><input type="checkbox" checked={chosen.has(r.premises.code)} aria-label={r.premises.name} onChange={() => toggle(r.premises.code)} /></td>
              <td><b>{r.premises.name}</b> <small className="quiet">{r.premises.code}</small></td><td>{placeKind(r.premises.kind)}</td><td>{r.premises.risk ? say(risks[r.premises.risk]) : '–'}</td>
              <td>{r.version && r.issuedAt ? say({ zh: `第 ${r.version} 版，${moment(r.issuedAt)}`, en: `version ${r.version}, ${moment(r.issuedAt)}` }) : say({ zh: '没有', en: 'none' })}</td>
              <td>{r.version !== null && <Withdraw of={r} />}</td>
            </tr>
          ))}</tbody>
        </table>
      )}
      <p className="turn">
        {after.length > 1 && <button type="button" className="button" onClick={() => setAfter((was) => was.slice(0, -1))}>{say({ zh: '上一页', en: 'Page before' })}</button>}
        {page?.hasNextPage && <button type="button" className="button" onClick={() => setAfter((was) => [...was, page.endCursor])}>{say({ zh: '下一页', en: 'Next page' })}</button>}
      </p>
    </main>
  );
}

/** Takes a code out of use, in two steps: every paper with it has to be replaced. */
function Withdraw({ of }: { of: Row }) {
  const [asking, setAsking] = useState(false);
  const [error, setError] = useState<unknown>();
  const withdraw = async () => {
    try {
      accepted((await ask(WithdrawCodeDocument, { input: { premises: of.premises.code } })).withdrawVisitCode);
    } catch (problem) { setError(problem); }
    await cache.invalidateQueries();
    setAsking(false);
  };
  if (error !== undefined) return <span className="late" role="alert">{told(error)}</span>;
  if (!asking) return <button type="button" className="button plain" onClick={() => setAsking(true)}>{say({ zh: '作废', en: 'Withdraw' })}</button>;
  return <span className="line"><button type="button" className="button grave" onClick={() => void withdraw()}>{say({ zh: '作废此码', en: 'Withdraw it' })}</button><button type="button" className="button plain" onClick={() => setAsking(false)}>{say({ zh: '不', en: 'No' })}</button></span>;
}
