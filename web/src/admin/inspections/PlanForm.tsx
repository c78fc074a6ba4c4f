import { useState } from 'react';
import { accepted, ask } from '../../api/ask.ts';
import { useAsk } from '../../api/cache.ts';
import { AdminChecklistsDocument, AdminCreatePlanDocument, AdminPreviewPlanDocument, type AdminPreviewPlanQuery, type InspectedPlaces, type PlanInput, type PlanUnit, type Risk } from '../../api/generated/graphql.ts';
import { named, say } from '../../say/say.ts';
import { risks } from '../../work/places.ts';
import { go } from '../hash.ts';
import { useNames } from '../names.ts';
import { Picker } from '../Picker.tsx';
import { Refused } from '../Refused.tsx';
import { useSending } from '../../api/sending.ts';
import { Kind } from './Kind.tsx';
import { rhythm, units } from './words.ts';

type Rhythm = { every: number; unit: PlanUnit };
type Graded = Partial<Record<Risk, Rhythm>>;

const grades = Object.keys(risks) as Risk[];
const usual: Record<Risk, Rhythm> = { RED: { every: 1, unit: 'WEEK' }, ORANGE: { every: 1, unit: 'MONTH' }, YELLOW: { every: 3, unit: 'MONTH' }, BLUE: { every: 12, unit: 'MONTH' } };

/** A plan to make, tried out before it is made. */
export function PlanForm() {
  const names = useNames();
  const checklists = useAsk(AdminChecklistsDocument, {}).data?.checklists ?? [];
  const [name, setName] = useState('');
  const [region, setRegion] = useState<string[]>([]);
  const [checklist, setChecklist] = useState('');
  const [places, setPlaces] = useState<InspectedPlaces>('PREMISES');
  const [kind, setKind] = useState('');
  const [graded, setGraded] = useState<Graded>({ RED: usual.RED });
  const [each, setEach] = useState<Rhythm>({ every: 1, unit: 'MONTH' }); // of cells, which have no grade
  const [startsOn, setStartsOn] = useState('');
  const [season, setSeason] = useState({ from: '', until: '' });
  const [tried, setTried] = useState<{ input: PlanInput; found: AdminPreviewPlanQuery['previewPlan'] }>();
  const { busy, error, send } = useSending();
  const [where] = region;
  const rhythms = places === 'CELLS' ? [each] : grades.flatMap((risk) => { const r = graded[risk]; return r ? [{ risk, ...r }] : []; });
  const input: PlanInput = {
    name: name.trim(), region: where ?? '', checklist, places, rhythms, startsOn,
    ...(places === 'PREMISES' && kind.trim() ? { kind: kind.trim() } : {}), ...(season.from && season.until ? { season } : {}),
  };
  const same = tried !== undefined && JSON.stringify(tried.input) === JSON.stringify(input);
  const preview = () => send(async () => { const { previewPlan } = await ask(AdminPreviewPlanDocument, { input }); setTried({ input, found: previewPlan }); });
  const make = () => send(async () => {
    const { plan } = accepted((await ask(AdminCreatePlanDocument, { input })).createPlan);
    if (plan) go('inspections', 'plans', plan.id);
  });
  return (
    <article className="version" aria-label={say({ zh: '新建巡查计划', en: 'Make a plan' })}>
      <header><p className="kicker">{say({ zh: '巡查计划', en: 'Plans' })}</p><h2>{say({ zh: '新建巡查计划', en: 'Make a plan' })}</h2><p className="quiet">{say({ zh: '每个场所或网格一期一个任务，周期开始的夜里分派；已在进行的一期马上分派。', en: 'One task for each place and period, dealt out in the night in which it begins; a period under way gets its tasks at once.' })}</p></header>
      <form className="acts narrow" onSubmit={(e) => { e.preventDefault(); void (same ? make() : preview()); }}>
        <label className="field"><span>{say({ zh: '名称', en: 'Name' })}</span><input className="input" required maxLength={100} value={name} onChange={(e) => setName(e.target.value)} /></label>
        <Picker label={say({ zh: '范围', en: 'Where' })} hint={say({ zh: '市、区或街道', en: 'City, district or subdistrict' })} values={region} options={names.lists.regions.map((r) => ({ code: r.code, name: named(r) }))} name={names.region} change={(list) => setRegion(list.slice(-1))} />
        <label className="field"><span>{say({ zh: '检查表', en: 'Checklist' })}</span><select className="input" required value={checklist} onChange={(e) => setChecklist(e.target.value)}><option value="">{say({ zh: '请选择', en: 'Choose' })}</option>{checklists.map((c) => <option key={c.id} value={c.id}>{named(c)} · {say({ zh: `第 ${c.version} 版`, en: `version ${c.version}` })}</option>)}</select></label>
        <div className="pair">
          <label className="field"><span>{say({ zh: '查什么', en: 'What is visited' })}</span><select className="input" value={places} onChange={(e) => setPlaces(e.target.value as InspectedPlaces)}><option value="PREMISES">{say({ zh: '场所', en: 'Premises' })}</option><option value="CELLS">{say({ zh: '每个网格', en: 'Every cell' })}</option></select></label>
          {places === 'PREMISES' && <Kind value={kind} change={setKind} />}
        </div>
        {places === 'CELLS'
          ? <Often label={say({ zh: '多久一次', en: 'How often' })} value={each} change={setEach} />
          : <fieldset className="often"><legend>{say({ zh: '多久一次，按风险等级', en: 'How often, by grade of risk' })}</legend>{grades.map((risk) => {
            const r = graded[risk], word = say({ zh: `${risks[risk].zh}级`, en: risks[risk].en });
            return <div key={risk} className="grade"><label><input type="checkbox" checked={r !== undefined} onChange={() => setGraded(({ [risk]: was, ...others }) => (was ? others : { ...others, [risk]: usual[risk] }))} /> {word}</label>{r && <Often label={say({ zh: `${word}多久一次`, en: `How often ${word}` })} value={r} change={(to) => setGraded({ ...graded, [risk]: to })} bare />}</div>;
          })}</fieldset>}
        <div className="thirds">
          <label className="field"><span>{say({ zh: '第一期开始', en: 'First day' })}</span><input className="input" type="date" required value={startsOn} onChange={(e) => setStartsOn(e.target.value)} /></label>
          <label className="field"><span>{say({ zh: '季节从（月-日）', en: 'Season from (mm-dd)' })}</span><input className="input" pattern="\d\d-\d\d" placeholder={say({ zh: '全年', en: 'all year' })} required={season.until !== ''} value={season.from} onChange={(e) => setSeason({ ...season, from: e.target.value })} /></label>
          <label className="field"><span>{say({ zh: '到（月-日）', en: 'until (mm-dd)' })}</span><input className="input" pattern="\d\d-\d\d" placeholder={say({ zh: '全年', en: 'all year' })} required={season.from !== ''} value={season.until} onChange={(e) => setSeason({ ...season, until: e.target.value })} /></label>
        </div>
        {same && <Foreseen found={tried.found} />}
        <Refused error={error} />
        <p className="row"><button type="submit" className="button main" disabled={busy || where === undefined || rhythms.length === 0}>{same ? say({ zh: '建立计划', en: 'Make the plan' }) : say({ zh: '预览会有多少任务', en: 'See how many tasks it makes' })}</button></p>
      </form>
    </article>
  );
}

/** One period: so many units. */
function Often({ label, value, change, bare = false }: { label: string; value: Rhythm; change: (to: Rhythm) => void; bare?: boolean }) {
  return (
    <div className={bare ? 'every' : 'field'}>
      {!bare && <span>{label}</span>}
      <span className="every">{say({ zh: '每', en: 'every' })} <input className="input" type="number" required min={1} max={366} aria-label={label} value={value.every} onChange={(e) => change({ ...value, every: Number(e.target.value) })} />
        <select className="input" aria-label={say({ zh: `${label}：单位`, en: `${label}: unit` })} value={value.unit} onChange={(e) => change({ ...value, unit: e.target.value as PlanUnit })}>{(Object.keys(units) as PlanUnit[]).map((u) => <option key={u} value={u}>{say(units[u])}</option>)}</select></span>
    </div>
  );
}

const most = 6; // streets told by name

/** What one period of each rhythm would make. */
function Foreseen({ found }: { found: AdminPreviewPlanQuery['previewPlan'] }) {
  return (
    <section className="foreseen" aria-label={say({ zh: '预览', en: 'Preview' })}>
      <ul className="coming">{found.map((f) => (
        <li key={f.rhythm.risk ?? ''}>
          <b>{rhythm(f.rhythm)}</b>
          <span>{f.from ? `${f.from} – ${f.to}` : say({ zh: '两年内没有', en: 'none within two years' })}</span>
          <span>{say({ zh: `${f.tasks.toLocaleString()} 个任务`, en: `${f.tasks.toLocaleString()} tasks` })}</span>
          {f.streets.length > 0 && <small className="quiet">{f.streets.toSorted((a, b) => b.places - a.places).slice(0, most).map((s) => `${named(s.street)} ${s.places}`).join(say({ zh: '、', en: ', ' }))}{f.streets.length > most && say({ zh: ` 等 ${f.streets.length} 个街道`, en: ` and ${f.streets.length - most} more` })}</small>}
        </li>
      ))}</ul>
      {found.every((f) => f.tasks === 0) && <p className="notice late">{say({ zh: '现在没有符合的场所：请核对种类用词和等级。', en: 'No place fits as things are: look at the word for the kind, and at the grades.' })}</p>}
    </section>
  );
}
