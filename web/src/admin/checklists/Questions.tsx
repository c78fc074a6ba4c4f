import type { AdminQuestionFragment as Question } from '../../api/generated/graphql.ts';
import { named, say } from '../../say/say.ts';
import { useNames } from '../names.ts';
import { answered, asked, fails, onlyIf, points, severities } from './words.ts';

type Band = { code: string; nameZh: string; nameEn: string; from: number };

/** What is asked, in order: how it is answered, what fails, what that is by law, and what it counts. */
export function Questions({ items, bands }: { items: readonly Question[]; bands: readonly Band[] }) {
  const names = useNames();
  const scored = items.some((q) => points(q) !== '') || bands.length > 0;
  return (
    <>
      {bands.length > 0 && <p className="legend-line">{say({ zh: '得分等级：', en: 'Grades of the score: ' })}{bands.map((b) => <span key={b.code}><b>{named(b)}</b> {say({ zh: `${b.from} % 起`, en: `from ${b.from} %` })}</span>)}</p>}
      <table className="rules questions">
        <thead><tr><th scope="col" className="order">{say({ zh: '序', en: 'No.' })}</th><th scope="col">{say({ zh: '问题', en: 'Question' })}</th><th scope="col">{say({ zh: '怎么答', en: 'Answered by' })}</th><th scope="col">{say({ zh: '算隐患', en: 'A finding' })}</th>{scored && <th scope="col">{say({ zh: '分值', en: 'Points' })}</th>}</tr></thead>
        <tbody>{items.map((q, n) => (
          <tr key={q.code}>
            <td className="order">{n + 1}</td>
            <td>
              <b>{asked(q)}</b><code>{q.code}</code>
              {(q.hintZh || q.hintEn) && <small className="quiet">{say({ zh: q.hintZh, en: q.hintEn })}</small>}
              {q.condition && <small className="only-if">{say({ zh: '仅当', en: 'Only if' })} {onlyIf(q.condition, items)}</small>}
            </td>
            <td>{answered(q)}{q.choices.length > 0 && <ul className="phrases">{q.choices.map((c) => <li key={c.code} className={c.fails ? 'wrong' : ''}>{named(c)}{c.points !== null && <span className="number"> {c.points}</span>}</li>)}</ul>}</td>
            <td>
              {q.severity === null ? <span className="quiet">–</span> : (
                <><b>{fails(q)}</b><span className="line">{say(severities[q.severity])}{q.critical && <span className="tag grave">{say({ zh: '否决项', en: 'critical' })}</span>}</span><small className="quiet">{names.category(q.category)}</small>{q.legalBasis && <small className="quiet" lang="zh-CN">{q.legalBasis}</small>}</>
              )}
            </td>
            {scored && <td className="number">{points(q)}</td>}
          </tr>
        ))}</tbody>
      </table>
    </>
  );
}
