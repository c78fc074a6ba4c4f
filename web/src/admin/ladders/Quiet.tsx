import { useState } from 'react';
import { accepted, ask } from '../../api/ask.ts';
import { useAsk } from '../../api/cache.ts';
import { AdminPublishQuietRuleDocument, AdminQuietRuleDocument, type AdminQuietRuleQuery } from '../../api/generated/graphql.ts';
import { say } from '../../say/say.ts';
import { moment } from '../../say/time.ts';
import { Reading } from '../Reading.tsx';
import { Refused } from '../Refused.tsx';
import { useSending } from '../../api/sending.ts';

type Rule = AdminQuietRuleQuery['quietRule'];

/** When text messages rest, how they are bundled, and how many one person gets. */
export function Quiet() {
  const answer = useAsk(AdminQuietRuleDocument, {});
  const rule = answer.data?.quietRule;
  return rule ? <Form key={rule.version} rule={rule} /> : <Reading answer={answer} />;
}

function Form({ rule }: { rule: Rule }) {
  const [r, fill] = useState(rule);
  const { busy, error, send } = useSending();
  const set = (part: Partial<Rule>) => fill((was) => ({ ...was, ...part }));
  const { nightBegins, nightEnds, bundleMinutes, perHour, perDay } = r;
  const same = JSON.stringify(r) === JSON.stringify(rule);
  const publish = () => send(async () => { accepted((await ask(AdminPublishQuietRuleDocument, { input: { nightBegins, nightEnds, bundleMinutes, perHour, perDay } })).publishQuietRule); });
  const number = (label: string, value: number, most: number, change: (n: number) => void) => <label className="field"><span>{label}</span><input className="input" type="number" required min={1} max={most} value={value} onChange={(e) => change(Number(e.target.value))} /></label>;
  return (
    <article className="version" aria-label={say({ zh: '免打扰规则', en: 'Quiet rule' })}>
      <header>
        <p className="kicker">{say({ zh: '免打扰规则', en: 'Quiet rule' })}<span className="tag standing inForce">{say({ zh: `第 ${rule.version} 版`, en: `version ${rule.version}` })}</span></p>
        <h2>{say({ zh: `夜间 ${rule.nightBegins} 至 ${rule.nightEnds}，${rule.bundleMinutes} 分钟内合并`, en: `Night from ${rule.nightBegins} to ${rule.nightEnds}, bundled over ${rule.bundleMinutes} min` })}</h2>
        <p className="quiet">{say({ zh: `紧急的不受限；收件箱里一条不少。${moment(rule.publishedAt)} 发布`, en: `What is urgent knows none of it, and the inbox gets everything. Published ${moment(rule.publishedAt)}` })}</p>
      </header>
      <form className="acts narrow" onSubmit={(e) => { e.preventDefault(); void publish(); }}>
        <Night begins={nightBegins} ends={nightEnds} />
        <div className="pair">
          <label className="field"><span>{say({ zh: '夜间开始', en: 'The night begins' })}</span><input className="input" type="time" required value={nightBegins} onChange={(e) => set({ nightBegins: e.target.value })} /></label>
          <label className="field"><span>{say({ zh: '夜间结束', en: 'The night ends' })}</span><input className="input" type="time" required value={nightEnds} onChange={(e) => set({ nightEnds: e.target.value })} /></label>
        </div>
        {number(say({ zh: '多少分钟内的合成一条', en: 'Bundled over (minutes)' }), bundleMinutes, 60, (n) => set({ bundleMinutes: n }))}
        <div className="pair">
          {number(say({ zh: '每人每小时最多（条）', en: 'Texts to one person in an hour' }), perHour, 1000, (n) => set({ perHour: n }))}
          {number(say({ zh: '每人每天最多（条）', en: 'Texts to one person in a day' }), perDay, 10000, (n) => set({ perDay: n }))}
        </div>
        <p className="quiet">{say({ zh: '开始与结束相同，就没有夜间。发布后立即生效，对已在等的也生效。', en: 'If both times are the same there is no night. It holds at once, also for what waits already.' })}</p>
        <Refused error={error} />
        <p className="row"><button type="submit" className="button main" disabled={busy || same}>{say({ zh: `发布第 ${rule.version + 1} 版`, en: `Publish version ${rule.version + 1}` })}</button>{!same && <button type="button" className="button" onClick={() => fill(rule)}>{say({ zh: '还原', en: 'Undo' })}</button>}</p>
      </form>
    </article>
  );
}

const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
const day = 24 * 60; // minutes

/** The day as a bar, with the night on it. */
function Night({ begins, ends }: { begins: string; ends: string }) {
  const from = minutes(begins), to = minutes(ends);
  const parts = from === to ? [] : from < to ? [[from, to]] : [[0, to], [from, day]];
  return (
    <div className="night" aria-hidden="true">
      {parts.map(([a = 0, b = 0]) => <i key={a} style={{ left: `${(a / day) * 100}%`, width: `${((b - a) / day) * 100}%` }} />)}
      {[0, 6, 12, 18, 24].map((h) => <span key={h} style={{ left: `${(h / 24) * 100}%` }}>{h}:00</span>)}
    </div>
  );
}
