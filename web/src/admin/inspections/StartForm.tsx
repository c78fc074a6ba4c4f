import { useState } from 'react';
import { accepted, ask } from '../../api/ask.ts';
import { useAsk } from '../../api/cache.ts';
import { AdminChecklistsDocument, AdminStartCampaignDocument, type InspectedPlaces, type Risk } from '../../api/generated/graphql.ts';
import { named, say } from '../../say/say.ts';
import { instantOf } from '../../say/city.ts';
import { go } from '../hash.ts';
import { useNames } from '../names.ts';
import { Picker } from '../Picker.tsx';
import { Refused } from '../Refused.tsx';
import { useSending } from '../../api/sending.ts';
import { risks } from '../../work/places.ts';
import { Kind } from './Kind.tsx';

/** One inspection over many places at once. */
export function StartForm() {
  const names = useNames();
  const checklists = useAsk(AdminChecklistsDocument, {}).data?.checklists ?? [];
  const [name, setName] = useState('');
  const [region, setRegion] = useState<string[]>([]);
  const [checklist, setChecklist] = useState('');
  const [due, setDue] = useState('');
  const [places, setPlaces] = useState<InspectedPlaces>('CELLS');
  const [kind, setKind] = useState('');
  const [risk, setRisk] = useState<Risk | ''>('');
  const { busy, error, send } = useSending();
  const [where] = region;
  const start = () => send(async () => {
    const input = { name: name.trim(), region: where ?? '', checklist, dueAt: instantOf(due), places, ...(places === 'PREMISES' && kind.trim() ? { kind: kind.trim() } : {}), ...(places === 'PREMISES' && risk ? { risk } : {}) };
    const { campaign } = accepted((await ask(AdminStartCampaignDocument, { input })).startCampaign);
    if (campaign) go('inspections', campaign.id);
  });
  return (
    <article className="version" aria-label={say({ zh: '发起专项排查', en: 'Start a campaign' })}>
      <header><p className="kicker">{say({ zh: '专项排查', en: 'Campaign' })}</p><h2>{say({ zh: '发起专项排查', en: 'Start a campaign' })}</h2><p className="quiet">{say({ zh: '范围内每个网格或场所一个任务，在后台分派到人。', en: 'A task for each cell or premises of the region, dealt out in the background.' })}</p></header>
      <form className="acts narrow" onSubmit={(e) => { e.preventDefault(); void start(); }}>
        <label className="field"><span>{say({ zh: '名称', en: 'Name' })}</span><input className="input" required maxLength={100} value={name} onChange={(e) => setName(e.target.value)} /></label>
        <Picker label={say({ zh: '范围', en: 'Where' })} hint={say({ zh: '市、区或街道', en: 'City, district or subdistrict' })} values={region} options={names.lists.regions.map((r) => ({ code: r.code, name: named(r) }))} name={names.region} change={(list) => setRegion(list.slice(-1))} />
        <label className="field"><span>{say({ zh: '检查表', en: 'Checklist' })}</span><select className="input" required value={checklist} onChange={(e) => setChecklist(e.target.value)}><option value="">{say({ zh: '请选择', en: 'Choose' })}</option>{checklists.map((c) => <option key={c.id} value={c.id}>{named(c)} · {say({ zh: `第 ${c.version} 版`, en: `version ${c.version}` })}</option>)}</select></label>
        <div className="pair">
          <label className="field"><span>{say({ zh: '查什么', en: 'What is visited' })}</span><select className="input" value={places} onChange={(e) => setPlaces(e.target.value as InspectedPlaces)}><option value="CELLS">{say({ zh: '每个网格', en: 'Every cell' })}</option><option value="PREMISES">{say({ zh: '场所', en: 'Premises' })}</option></select></label>
          <label className="field"><span>{say({ zh: '截止（本市时间）', en: 'Due (time of the city)' })}</span><input className="input" type="datetime-local" required value={due} onChange={(e) => setDue(e.target.value)} /></label>
        </div>
        {places === 'PREMISES' && (
          <div className="pair">
            <Kind value={kind} change={setKind} />
            <label className="field"><span>{say({ zh: '风险等级', en: 'Of which grade' })}</span><select className="input" value={risk} onChange={(e) => setRisk(e.target.value as Risk | '')}><option value="">{say({ zh: '全部', en: 'All' })}</option>{(Object.keys(risks) as Risk[]).map((r) => <option key={r} value={r}>{say(risks[r])}</option>)}</select></label>
          </div>
        )}
        <Refused error={error} />
        <p className="row"><button type="submit" className="button main" disabled={busy || where === undefined}>{say({ zh: '发起', en: 'Start' })}</button></p>
      </form>
    </article>
  );
}
