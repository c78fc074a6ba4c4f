import { useEffect, useState } from 'react';
import { useAsk } from '../api/cache.ts';
import { DepartmentNamesDocument, WallFiguresDocument, type IndicatorsInput } from '../api/generated/graphql.ts';
import type { Division } from '../map/WallMap.ts';
import { Bar } from '../person/Bar.tsx';
import { useHat } from '../person/me.tsx';
import { named, say, type Text } from '../say/say.ts';
import { cityDay } from '../say/city.ts';
import { useCaseChanges } from '../work/changes.ts';
import { Take } from '../work/Take.tsx';
import { Behind, OpenIn } from './Behind.tsx';
import { rates, times, valueOf, type Figure, type Group } from './figures.ts';
import { Where } from './Where.tsx';

const periods: [number, Text][] = [[0, { zh: '今天', en: 'Today' }], [6, { zh: '近 7 天', en: '7 days' }], [29, { zh: '近 30 天', en: '30 days' }]];
const often = 10_000; // ms

export type Question = { input: IndicatorsInput; figure: Figure };

/** One screen for a district or the city: figures that open the cases behind them, and where open cases lie. */
export function Wall() {
  const { grant } = useHat();
  const [back, setBack] = useState(29);
  const [department, setDepartment] = useState('');
  const [asked, ask] = useState<Question>();
  const [within, look] = useState<Division>();
  const departments = useAsk(DepartmentNamesDocument, {}).data?.departments ?? [];
  useCaseChanges();
  const input: IndicatorsInput = { region: grant.region.code, department, from: cityDay(back), to: cityDay() };
  const together = useAsk(WallFiguresDocument, { input: { ...input, measures: [...rates, ...times] } }, { every: often });
  const apart = useAsk(WallFiguresDocument, { input: { ...input, by: department ? 'REGION' : 'DEPARTMENT', measures: rates.slice(0, 4) } }, { every: often });
  const all = together.data?.indicators[0]?.indicators ?? [];
  const figure = (key: string) => all.find((f) => f.measure.key === key);
  const shown = (keys: string[]) => keys.flatMap((k) => figure(k) ?? []);
  return (
    <div className="wall">
      <Bar title={say({ zh: '一屏', en: 'City wall' })}>
        <div className="switch" aria-label={say({ zh: '专题', en: 'Topic' })}>
          <button type="button" aria-pressed={department === ''} onClick={() => setDepartment('')}>{say({ zh: '全部', en: 'All' })}</button>
          {departments.map((d) => <button key={d.code} type="button" aria-pressed={department === d.code} onClick={() => setDepartment(d.code)}>{named(d)}</button>)}
        </div>
        <div className="switch" aria-label={say({ zh: '时段', en: 'Period' })}>
          {periods.map(([n, name]) => <button key={n} type="button" aria-pressed={back === n} onClick={() => setBack(n)}>{say(name)}</button>)}
        </div>
      </Bar>
      <section className="figures" aria-label={say({ zh: '指标', en: 'Measures' })}>
        {shown(rates).map((f) => <Tile key={f.measure.key} figure={f} open={() => ask({ input: { ...input, measures: [f.measure.key] }, figure: f })} />)}
      </section>
      <Where region={grant.region.code} department={department} from={input.from} to={input.to} open={look} />
      <section className="apart">
        <h2>{department ? say({ zh: '各区域', en: 'By area' }) : say({ zh: '各部门', en: 'By department' })}</h2>
        {(apart.data?.indicators ?? []).slice(0, 12).map((g) => <Row key={g.key} group={g} open={(f) => ask({ input: { ...input, region: g.region?.code ?? input.region ?? '', department: g.department?.code ?? department, measures: [f.measure.key] }, figure: f })} />)}
        <h2>{say({ zh: '各环节用时（中位数）', en: 'Time in each stage (median)' })}</h2>
        <dl className="stages">{shown(times).map((f) => <div key={f.measure.key}><dt>{named(f.measure).replace(/用时中位数| \(median\)|, median| median|Median time to /u, '')}</dt><dd><button type="button" onClick={() => ask({ input: { ...input, measures: [f.measure.key] }, figure: f })}>{valueOf(f)}</button></dd></div>)}</dl>
        <Take path="/export/indicators" query={{ region: grant.region.code, department, from: input.from, to: input.to, by: department ? 'REGION' : 'DEPARTMENT' }} />
        <Fresh at={together.dataUpdatedAt} failed={together.isError} />
      </section>
      {asked && <Behind asked={asked} close={() => ask(undefined)} />}
      {within && <OpenIn name={within.name} filter={{ region: within.code, ...(department ? { department } : {}) }} close={() => look(undefined)} />}
    </div>
  );
}

function Tile({ figure, open }: { figure: Figure; open: () => void }) {
  return (
    <button type="button" className="figure" onClick={open} title={figure.measure.formula}>
      <span>{named(figure.measure)}</span>
      <b>{valueOf(figure)}</b>
      <small>{figure.numerator.toLocaleString()} / {figure.denominator.toLocaleString()}</small>
      <i><u style={{ width: `${Math.min(100, (figure.value ?? 0) * 100)}%` }} className={figure.measure.higherBetter ? 'good' : 'bad'} /></i>
    </button>
  );
}

/** One department or area: areas and departments are measured, never people. */
function Row({ group, open }: { group: Group; open: (figure: Figure) => void }) {
  return (
    <div className="apart-row">
      <b>{group.department ? named(group.department) : group.region ? named(group.region) : group.key}</b>
      {group.indicators.map((f) => <button key={f.measure.key} type="button" onClick={() => open(f)}><small>{named(f.measure)}</small>{valueOf(f)}</button>)}
    </div>
  );
}

/** Says how old the figures are rather than freeze. */
function Fresh({ at, failed }: { at: number; failed: boolean }) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const tick = window.setInterval(() => setNow(Date.now()), 1000);
    return () => window.clearInterval(tick);
  }, []);
  if (at === 0) return null;
  const seconds = Math.max(0, Math.round((now - at) / 1000));
  return <p className={failed || seconds > 40 ? 'fresh late' : 'fresh'}>{say({ zh: `数据 ${seconds} 秒前`, en: `data ${seconds} s old` })}{failed && say({ zh: '，连不上平台', en: ', no connection' })}</p>;
}
