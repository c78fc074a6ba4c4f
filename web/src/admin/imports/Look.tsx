import { useState } from 'react';
import { accepted, ask } from '../../api/ask.ts';
import { useAsk } from '../../api/cache.ts';
import { AdminBeginImportDocument, AdminImportLookDocument, AdminImportProfilesDocument, type AdminImportOffersQuery, type Datum, type ImportKind } from '../../api/generated/graphql.ts';
import { say } from '../../say/say.ts';
import { go } from '../hash.ts';
import { Reading } from '../Reading.tsx';
import { Refused } from '../Refused.tsx';
import { useSending } from '../../api/sending.ts';
import { Fields } from './Fields.tsx';
import { FirstRows } from './FirstRows.tsx';
import { datums, kinds } from './words.ts';

type Offers = AdminImportOffersQuery['importOffers'];

/** What was read of a file, how it is to be read, and the beginning. */
export function Look({ file, offers }: { file: string; offers: Offers }) {
  const [kind, setKind] = useState<ImportKind | undefined>(offers[0]?.kind);
  const [chosen, setChosen] = useState<Record<string, string>>({});
  const [datum, setDatum] = useState<Datum>('WGS84');
  const [layer, setLayer] = useState('');
  const [save, setSave] = useState('');
  const [approval, setApproval] = useState('');
  const [anyway, setAnyway] = useState(false);
  const { busy, error, send, forget } = useSending();
  const reading = { file, kind: kind ?? 'ADDRESSES', layer, columns: Object.entries(chosen).map(([field, column]) => ({ field, column })) };
  const answer = useAsk(AdminImportLookDocument, { input: reading }, { when: kind !== undefined });
  const profiles = useAsk(AdminImportProfilesDocument, { kind: reading.kind }, { when: kind !== undefined }).data?.importProfiles ?? [];
  if (!kind) return <section className="version"><h2>{say({ zh: '导入文件', en: 'Bring a file' })}</h2><p className="quiet">{say({ zh: '这个账号不能导入。', en: 'This account takes nothing in.' })}</p></section>;
  const look = answer.data?.importLook;
  const located = kind !== 'PEOPLE' && kind !== 'GRANTS';
  const missing = look?.fields.filter((f) => f.code !== null) ?? [];
  const as = (next: ImportKind) => { forget(); setKind(next); setChosen({}); };
  const read = (name: string) => {
    const profile = profiles.find((p) => p.name === name);
    if (!profile) return;
    setChosen(Object.fromEntries(profile.columns.map((c) => [c.field, c.column])));
    setDatum(profile.datum);
    setSave('');
  };
  const choose = (field: string, column: string) => { forget(); setChosen((before) => Object.fromEntries([...Object.entries(before).filter(([name]) => name !== field), ...(column === '' ? [] : [[field, column] as const])])); };
  const begin = () => send(async () => {
    const done = accepted((await ask(AdminBeginImportDocument, { input: { ...reading, datum, save: save.trim(), approval: kind === 'BOUNDARIES' ? approval.trim() : '', anyway: kind === 'BOUNDARIES' && anyway } })).beginImport);
    if (done.import) go('imports', done.import.id);
  });
  return (
    <section className="version look" aria-labelledby="look">
      <header><h2 id="look">{say({ zh: '读到了什么', en: 'What was read' })}</h2></header>
      <form className="inner" onSubmit={(e) => { e.preventDefault(); void begin(); }}>
        <div className="thirds">
          <label className="field"><span>{say({ zh: '内容', en: 'It holds' })}</span><select className="input" value={kind} onChange={(e) => as(e.target.value as ImportKind)}>{offers.map((o) => <option key={o.kind} value={o.kind}>{say(kinds[o.kind])}</option>)}</select></label>
          {located && <label className="field"><span>{say({ zh: '坐标系', en: 'Datum' })}</span><select className="input" value={datum} onChange={(e) => setDatum(e.target.value as Datum)}>{(Object.keys(datums) as Datum[]).map((d) => <option key={d} value={d}>{say(datums[d])}</option>)}</select></label>}
          {profiles.length > 0 && <label className="field"><span>{say({ zh: '读法', en: 'Read it as' })}</span><select className="input" value="" onChange={(e) => read(e.target.value)}><option value="">{say({ zh: '选一个存好的读法', en: 'Choose what was saved' })}</option>{profiles.map((p) => <option key={p.name} value={p.name}>{p.name}</option>)}</select></label>}
          {look && look.layers.length > 1 && <label className="field"><span>{say({ zh: '图层', en: 'Layer' })}</span><select className="input" value={layer} onChange={(e) => setLayer(e.target.value)}><option value="">{say({ zh: '选一个图层', en: 'Choose one' })}</option>{look.layers.map((l) => <option key={l} value={l}>{l}</option>)}</select></label>}
          {kind === 'BOUNDARIES' && <label className="field"><span>{say({ zh: '审图号', en: 'Map approval' })}</span><input className="input" maxLength={40} value={approval} onChange={(e) => setApproval(e.target.value)} /><small>{say({ zh: '没有的按示意图显示', en: 'Without one they are schematic' })}</small></label>}
        </div>
        {kind === 'BOUNDARIES' && <label className="tick"><input type="checkbox" checked={anyway} onChange={(e) => setAnyway(e.target.checked)} /> {say({ zh: '与网格不符的界线也收', en: 'Also boundaries with which cells disagree' })}</label>}
        {!located && <p className="notice">{kind === 'PEOPLE' ? say({ zh: '新人会登记，岗位只是申请：另一位管理员批准，或用同一份花名册“批准”，之后才生效。没有人知道新人的密码，来取时再重置。', en: 'Newcomers are registered, and their roles asked for: another administrator decides them, or grants them with this same list. Nobody knows a newcomer\'s password; reset it when they come for it.' }) : say({ zh: '只批准另一位管理员用这份花名册申请过的岗位。', en: 'Grants what another administrator has asked for with this list, and nothing else.' })}</p>}
        {!look ? <Reading answer={answer} /> : look.columns.length === 0 ? <p className="notice late">{say({ zh: '文件有多个图层，请选一个。', en: 'The file has several layers: choose one.' })}</p> : (
          <>
            <Fields kind={kind} fields={look.fields} columns={look.columns} chosen={chosen} choose={choose} />
            <FirstRows look={look} />
            <div className="keep">
              <label className="field"><span>{say({ zh: '把读法存为（可不填）', en: 'Save how it is read as (optional)' })}</span><input className="input" maxLength={60} value={save} onChange={(e) => setSave(e.target.value)} /></label>
              <button type="submit" className="button main" disabled={busy || missing.length > 0}>{say({ zh: '开始导入', en: 'Take it in' })}</button>
              {missing.length > 0 && <p className="notice late">{say({ zh: `还有 ${missing.length} 个字段没有对应的列。`, en: missing.length === 1 ? 'A field has no column yet.' : `${missing.length} fields have no column yet.` })}</p>}
              <Refused error={error} />
            </div>
          </>
        )}
      </form>
    </section>
  );
}
