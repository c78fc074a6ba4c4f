import { useAsk } from '../../api/cache.ts';
import { AdminTimerRulesDocument } from '../../api/generated/graphql.ts';
import { say } from '../../say/say.ts';
import { moment } from '../../say/time.ts';
import { hashOf } from '../hash.ts';
import { Reading } from '../Reading.tsx';

/** How long a timer of whoever goes in alone may run. */
export function Timers() {
  const answer = useAsk(AdminTimerRulesDocument, {});
  const rules = answer.data?.timerRules, now = rules?.[0];
  if (!rules) return <Reading answer={answer} />;
  if (!now) return <p className="quiet blank">{say({ zh: '还没有计时规则。', en: 'There is no rule yet.' })}</p>;
  return (
    <article className="version" aria-label={say({ zh: '独行计时', en: 'Lone-worker timer' })}>
      <header>
        <p className="kicker">{say({ zh: '独行计时', en: 'Lone-worker timer' })}<span className="tag standing inForce">{say({ zh: `第 ${now.version} 版`, en: `version ${now.version}` })}</span></p>
        <h2>{say({ zh: `一次 ${now.shortest} 到 ${now.longest} 分钟`, en: `${now.shortest} to ${now.longest} minutes at a time` })}</h2>
        <p className="quiet">{say({ zh: `${moment(now.publishedAt)} 起`, en: `since ${moment(now.publishedAt)}` })}</p>
      </header>
      <ul className="meaning">
        <li>{say({ zh: '网格员独自上门前在手持端上定时；到时没有报平安，就当作求助：最近的同事和值班人员马上被叫到。', en: 'A grid worker who goes in alone sets a timer on the handheld. When it is over and nobody has ended it, that is a call for help: the nearest colleagues and whoever is in charge are called at once.' })}</li>
        <li>{say({ zh: `短于 ${now.shortest} 分钟、长于 ${now.longest} 分钟的不接受；延长是从那一刻重新计时，也守这个上下限。`, en: `Shorter than ${now.shortest} or longer than ${now.longest} minutes is refused. Extending begins anew from that moment, within the same bounds.` })}</li>
        <li>{say({ zh: '没有网络时，从到达平台那一刻计。正在走的计时不因新版改变。', en: 'Minutes count from when it reaches the platform. A timer that runs is not changed by a new version.' })}</li>
        <li>{say({ zh: '到时以后叫谁、多久叫下一批，在', en: 'Who is called then, and when the next ones are, stands in the ladder ' })}<a href={hashOf('ladders', 'alarm')}>{say({ zh: '「求助」升级梯', en: 'for calls for help' })}</a>{say({ zh: '里。', en: '.' })}</li>
      </ul>
      <p className="quiet">{say({ zh: '上下限是城市数据里的一行，改它由运维做，这里只看。', en: 'The bounds are a row of the data of the city that the operator changes; here they are shown.' })}</p>
      {rules.length > 1 && (
        <table className="rules plans">
          <thead><tr><th scope="col">{say({ zh: '版本', en: 'Version' })}</th><th scope="col">{say({ zh: '最短', en: 'Shortest' })}</th><th scope="col">{say({ zh: '最长', en: 'Longest' })}</th><th scope="col">{say({ zh: '发布', en: 'Published' })}</th></tr></thead>
          <tbody>{rules.map((r) => <tr key={r.version}><td>{r.version}</td><td>{say({ zh: `${r.shortest} 分钟`, en: `${r.shortest} min` })}</td><td>{say({ zh: `${r.longest} 分钟`, en: `${r.longest} min` })}</td><td>{moment(r.publishedAt)}</td></tr>)}</tbody>
        </table>
      )}
    </article>
  );
}
