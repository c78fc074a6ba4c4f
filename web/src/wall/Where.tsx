import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import { useAsk } from '../api/cache.ts';
import { WallHeatDocument, WallPlaybackDocument, type Stretch } from '../api/generated/graphql.ts';
import { WallMap, type Division } from '../map/WallMap.ts';
import { say, type Text } from '../say/say.ts';
import { told } from '../say/refusal.ts';
import { Moments } from './Moments.tsx';
import { heatOf, openAt, openInAll, unlooked, type Shades } from './shades.ts';

type Mode = 'open' | 'heat' | Stretch;

const modes: [Mode, Text][] = [['open', { zh: '在办', en: 'Open now' }], ['heat', { zh: '热度', en: 'Heat' }], ['LAST_24_HOURS', { zh: '回放 24 小时', en: 'Last 24 h' }], ['LAST_30_DAYS', { zh: '回放 30 天', en: 'Last 30 days' }]];
const often = 30_000; // ms

/** Where open cases lie, lay, or come up. Every division opens those that are open in it now. */
export function Where({ region, department, from, to, open }: { region: string; department: string; from: string; to: string; open: (division: Division) => void }) {
  const [mode, setMode] = useState<Mode>('open');
  const [at, setAt] = useState<number>(); // of the moments; undefined: the last
  const [over, setOver] = useState<Division>();
  const box = useRef<HTMLDivElement>(null), map = useRef<WallMap>(undefined);
  const heat = useAsk(WallHeatDocument, { region, department, from, to }, { every: often, when: mode === 'heat' });
  // The tiles count all departments together: of one, the last moment tells.
  const played = useAsk(WallPlaybackDocument, { region, department, stretch: mode === 'LAST_30_DAYS' ? mode : 'LAST_24_HOURS' }, { every: often, when: mode !== 'heat' && (mode !== 'open' || department !== '') });
  const playback = played.isPlaceholderData ? undefined : played.data?.playback;
  const moments = playback?.moments ?? [], now = at ?? moments.length - 1;
  const plays = mode === 'LAST_24_HOURS' || mode === 'LAST_30_DAYS';
  const heats = heat.data?.heat, of = plays ? now : moments.length - 1;
  const shades = useMemo((): Shades | undefined => {
    if (mode === 'heat') return heats && heatOf(heats);
    return mode === 'open' && department === '' ? undefined : openAt(playback ?? { moments: [], communities: [] }, of);
  }, [mode, department, heats, playback, of]);
  const opened = useEffectEvent(open), hover = useEffectEvent(setOver);
  useEffect(() => {
    if (!box.current) return undefined;
    map.current = new WallMap(box.current, (d) => opened(d), (d) => hover(d));
    return () => { map.current?.remove(); map.current = undefined; };
  }, []);
  useEffect(() => map.current?.region(region), [region]);
  useEffect(() => map.current?.topic(department, mode === 'open'), [department, mode]);
  useEffect(() => map.current?.shade(mode === 'heat' ? 'heat' : 'open', shades), [mode, shades]);
  const value = over && shades?.[over.code], error = mode === 'heat' ? heat.error : played.error;
  const turn = (next: Mode) => { setMode(next); setAt(undefined); };
  return (
    <section className="map-pane" aria-label={say({ zh: '在办案件分布', en: 'Where open cases lie' })}>
      <div className="map" ref={box} />
      <div className="switch modes" aria-label={say({ zh: '地图显示', en: 'The map shows' })}>
        {modes.map(([m, name]) => <button key={m} type="button" aria-pressed={mode === m} onClick={() => turn(m)}>{say(name)}</button>)}
      </div>
      {error !== null && <p className="notice late" role="alert">{told(error)}</p>}
      <div className="under">
        {plays && playback && <Moments key={mode} moments={moments} counts={openInAll(playback)} at={now} daily={mode === 'LAST_30_DAYS'} go={setAt} />}
        <p className="legend"><span>{say({ zh: '少', en: 'few' })}</span><i className="scale" /><span>{mode === 'heat' ? say({ zh: '多（每次巡查发现的案件）', en: 'many cases for each inspection' }) : say({ zh: '多（在办案件）', en: 'many open cases' })}</span>
          {mode === 'heat' && <><i className="scale none" /><span>{say({ zh: '有案件、无巡查', en: 'cases, and nobody looked' })}</span></>}
          {over && <b>{over.name}{value !== undefined && value !== unlooked && ` ${mode === 'heat' ? value.toFixed(2) : value}`}</b>}
          <span>{say({ zh: '示意图', en: 'Schematic map' })}</span></p>
      </div>
    </section>
  );
}
