import { useState } from 'react';
import { useAsk } from '../api/cache.ts';
import { DeskClueDocument, DeskStandardsDocument, type DeskClueQuery, type DeskStandardsQuery } from '../api/generated/graphql.ts';
import { named, say } from '../say/say.ts';
import { ago, metres, moment } from '../say/time.ts';
import { told } from '../say/refusal.ts';
import { useBorrowed } from '../work/focus.ts';
import { OnIt } from '../work/OnIt.tsx';
import { Photos } from '../work/Photos.tsx';
import { Ring } from '../work/Ring.tsx';
import { Sign } from '../work/Sign.tsx';
import { Timeline } from '../work/Timeline.tsx';
import { clueStates, limit, sources } from '../work/words.ts';
import { Duplicates } from './Duplicates.tsx';
import { useKeys } from './keys.ts';
import { decide } from './pending.ts';
import * as triage from './triage.ts';

export type WholeClue = NonNullable<DeskClueQuery['clue']>;
type Category = DeskStandardsQuery['categories'][number];
type Standard = Category['standards'][number] & { category: Category };

/** One report, and what a dispatcher decides about it. */
export function Clue({ id, next }: { id: string; next: () => void }) {
  const answer = useAsk(DeskClueDocument, { id }, { every: 15_000 });
  const clue = answer.data?.clue;
  if (!clue || clue.id !== id) return <p className="quiet blank" aria-live="polite">{answer.error ? told(answer.error) : say({ zh: '正在打开…', en: 'Opening…' })}</p>;
  return <Open clue={clue} next={next} />;
}

function Open({ clue, next }: { clue: WholeClue; next: () => void }) {
  return (
    <article className="whole">
      <header>
        <p className="kicker"><Sign urgent={clue.urgent} /> {say({ zh: `线索 ${clue.number}`, en: `Report ${clue.number}` })} · {say(sources[clue.source])}<span className="tag">{say(clueStates[clue.state])}</span><OnIt id={clue.id} /></p>
        <h2>{clue.category ? named(clue.category) : say({ zh: '未分类', en: 'No category' })}</h2>
        <p className="quiet">{named(clue.cell.street)} {named(clue.cell.community)} · <span className="number">{clue.cell.code}</span> · ±{metres(clue.accuracy ?? 0)} · {ago(clue.submittedAt)}</p>
      </header>
      {clue.mocked && <p className="notice late">{say({ zh: '手机称位置是模拟的：作为证据保留，请核实。', en: 'The phone says that its position is simulated: kept as evidence, verify it.' })}</p>}
      <p className="said">{clue.text}</p>
      <Photos photos={clue.photos} label={say({ zh: '现场照片', en: 'Photo' })} />
      <div className="rings">{clue.clocks?.filter((k) => !k.stoppedAt).map((k) => <Ring key={k.id} clock={k} />)}</div>
      {clue.verification && (
        <p className={`notice ${clue.verification.state === 'CONFIRMED' ? 'fine' : ''}`}>
          {say({ zh: '核实：', en: 'Verification: ' })}{clue.verification.assignee?.name} {clue.verification.answeredAt ? clue.verification.note ?? '' : say({ zh: '还没有反馈', en: 'has not answered yet' })}
          {clue.verification.state === 'REFUTED' && say({ zh: '（与上报不符）', en: ' (not as reported)' })}
        </p>
      )}
      <Photos photos={clue.verification?.photos} label={say({ zh: '核实照片', en: 'Photo of the verification' })} />
      {clue.actions.length > 0 && <Decide clue={clue} next={next} />}
      <Duplicates clue={clue} />
      <Timeline events={clue.timeline} />
    </article>
  );
}

type Ask = 'REFUSE' | 'HANDLE_ON_SPOT' | 'REFER';

function Decide({ clue, next }: { clue: WholeClue; next: () => void }) {
  const categories = useAsk(DeskStandardsDocument, {}).data?.categories ?? [];
  const all: Standard[] = categories.flatMap((category) => category.standards.map((s) => ({ ...s, category })));
  const [code, setCode] = useState(clue.category?.code ?? '');
  const [chosen, setChosen] = useState<string>();
  const [asking, ask] = useState<Ask>();
  const rows = all.filter((s) => s.category.code === code);
  const standard = rows.find((s) => s.id === chosen) ?? rows[0];
  const may = (a: WholeClue['actions'][number]) => clue.actions.includes(a);
  const number = clue.number;
  const likeliest = clue.duplicates?.find((d) => d.case && d.score >= 0.4);

  // What is sent at once stays in the list until it is read anew: what comes next is another one.
  const file = () => {
    if (!standard || !may('FILE')) return;
    const urgent = clue.urgent || standard.urgent;
    decide(clue.id, say({ zh: `立案：线索 ${number} → ${named(standard.department)}`, en: `Filed: report ${number} → ${named(standard.department)}` }), () => triage.file(clue, standard.id), urgent);
    if (urgent) next();
  };
  const verify = () => {
    if (!may('ASK_VERIFICATION')) return;
    decide(clue.id, say({ zh: `请网格员核实：线索 ${number}`, en: `Verification asked: report ${number}` }), () => triage.verify(clue), clue.urgent);
    if (clue.urgent) next();
  };
  const merge = () => { const into = likeliest?.case; if (into && may('MERGE')) decide(clue.id, say({ zh: `合并：线索 ${number} → 案件 ${into.reference}`, en: `Merged: report ${number} → case ${into.reference}` }), () => triage.merge(clue, into.id), false); };
  useKeys({ a: file, v: verify, m: merge, r: () => { if (may('REFUSE')) ask('REFUSE'); }, o: () => { if (may('HANDLE_ON_SPOT')) ask('HANDLE_ON_SPOT'); }, e: () => { if (may('REFER')) ask('REFER'); }, d: () => document.getElementById('file-as')?.focus() });

  return (
    <section className="acts decide" aria-label={say({ zh: '受理', en: 'Decide' })}>
      {may('FILE') && (
        <>
          <label className="field"><span>{say({ zh: '立案类别', en: 'File as' })} <kbd>d</kbd></span>
            <select id="file-as" className="input" value={code} onChange={(e) => { setCode(e.target.value); setChosen(undefined); }}>
              <option value="">{say({ zh: '请选择类别', en: 'Choose a category' })}</option>
              {categories.map((c) => <option key={c.code} value={c.code}>{c.code} {named(c)}</option>)}
            </select>
          </label>
          {rows.length > 0 && (
            <fieldset className="standards">
              <legend className="only-read">{say({ zh: '立案条件', en: 'Condition' })}</legend>
              {rows.map((s) => (
                <label key={s.id} className={s === standard ? 'on' : ''}>
                  <input type="radio" name="standard" checked={s === standard} onChange={() => setChosen(s.id)} />
                  <span>{say({ zh: s.conditionZh, en: s.conditionEn })}<small className="quiet">{named(s.department)} · {limit(s.limit)}{s.urgent && say({ zh: ' · 紧急', en: ' · urgent' })}</small></span>
                </label>
              ))}
            </fieldset>
          )}
        </>
      )}
      <div className="row">
        {may('FILE') && <button type="button" className="button main" disabled={!standard} onClick={file}>{say({ zh: '立案派遣', en: 'File and route' })} <kbd>a</kbd></button>}
        {may('ASK_VERIFICATION') && <button type="button" className="button" onClick={verify}>{say({ zh: '请核实', en: 'Ask to verify' })} <kbd>v</kbd></button>}
        {may('MERGE') && likeliest && <button type="button" className="button" onClick={merge}>{say({ zh: `并入 ${likeliest.case?.reference}`, en: `Merge into ${likeliest.case?.reference}` })} <kbd>m</kbd></button>}
        {may('HANDLE_ON_SPOT') && <button type="button" className="button" onClick={() => ask('HANDLE_ON_SPOT')}>{say({ zh: '即办', en: 'On the spot' })} <kbd>o</kbd></button>}
        {may('REFER') && <button type="button" className="button" onClick={() => ask('REFER')}>{say({ zh: '转办', en: 'Refer' })} <kbd>e</kbd></button>}
        {may('REFUSE') && <button type="button" className="button grave" onClick={() => ask('REFUSE')}>{say({ zh: '不予立案', en: 'Refuse' })} <kbd>r</kbd></button>}
      </div>
      {asking && <Reason key={asking} clue={clue} what={asking} close={() => ask(undefined)} next={next} />}
      <p className="quiet">{say({ zh: `${moment(clue.submittedAt)} 上报`, en: `Reported ${moment(clue.submittedAt)}` })}</p>
    </section>
  );
}

const words = {
  REFUSE: { zh: '不予立案的理由（上报人会看到）', en: 'Why no case is made (the reporter reads it)' },
  HANDLE_ON_SPOT: { zh: '现场做了什么（上报人会看到）', en: 'What was done on the spot (the reporter reads it)' },
  REFER: { zh: '转办说明', en: 'What to tell them' },
} as const;

function Reason({ clue, what, close, next }: { clue: WholeClue; what: Ask; close: () => void; next: () => void }) {
  const form = useBorrowed(close);
  const [text, setText] = useState('');
  const [service, setService] = useState<'FIRE_119' | 'POLICE_110' | 'OTHER'>('FIRE_119');
  const send = () => {
    const n = clue.number;
    if (what === 'REFUSE') decide(clue.id, say({ zh: `不予立案：线索 ${n}`, en: `Refused: report ${n}` }), () => triage.refuse(clue, text), false);
    if (what === 'HANDLE_ON_SPOT') decide(clue.id, say({ zh: `即办：线索 ${n}`, en: `Handled on the spot: report ${n}` }), () => triage.onSpot(clue, text), false);
    if (what === 'REFER') decide(clue.id, say({ zh: `转办：线索 ${n}`, en: `Referred: report ${n}` }), () => triage.refer(clue, service, text), true);
    close();
    if (what === 'REFER') next();
  };
  return (
    <form ref={form} className="act" onSubmit={(e) => { e.preventDefault(); send(); }}>
      {what === 'REFER' && (
        <label className="field"><span>{say({ zh: '转给', en: 'To' })}</span>
          <select className="input" value={service} onChange={(e) => setService(e.target.value as typeof service)}>
            <option value="FIRE_119">119</option><option value="POLICE_110">110</option><option value="OTHER">{say({ zh: '其他系统', en: 'Another system' })}</option>
          </select></label>
      )}
      <label className="field"><span>{say(words[what])}</span>
        <input className="input" required maxLength={500} value={text} onChange={(e) => setText(e.target.value)} /></label>
      <button type="submit" className="button main">{say({ zh: '确定', en: 'Do it' })} ⏎</button>
    </form>
  );
}
