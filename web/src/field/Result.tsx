import { named, say } from '../say/say.ts';
import type { Form, Score } from './form.ts';

/** What an inspection came to that was submitted here. */
export type Came = { form: Form; score: Score; failed: number; fixed: number };

/** What the place came to, once it is submitted. */
export function Result({ came, done }: { came: Came; done: () => void }) {
  const { score } = came, band = came.form.bands?.find((b) => b.code === score.grade);
  const points = (n: number) => String(Math.round(n * 10) / 10);
  return (
    <section className="result" aria-label={say({ zh: '巡查结果', en: 'What it came to' })}>
      <h2>{say({ zh: '已存本机，联网即发送', en: 'Kept on this phone, sent as soon as it can be' })}</h2>
      <p className="points"><b>{points(score.earned)}</b> / {points(score.possible)} {say({ zh: '分', en: 'points' })}{band && <span className={`tag ${score.critical ? 'grave' : ''}`}>{named(band)}</span>}</p>
      {score.critical && <p className="notice late">{say({ zh: '有否决项不合格，按最低等级计。', en: 'A critical item failed: the grade is the lowest.' })}</p>}
      <p>{came.failed === 0 ? say({ zh: '没有发现隐患。', en: 'Nothing was found.' }) : say({ zh: `发现隐患 ${came.failed} 项，当场整改 ${came.fixed} 项，其余转为案件。`, en: `${came.failed} found, ${came.fixed} put right on the spot; the others become cases.` })}</p>
      <p className="quiet">{say({ zh: '得分说的是这个场所，不用来评比检查的人。', en: 'The points are said of the place. Nobody who inspects is ranked by them.' })}</p>
      <button type="button" className="button main" onClick={done}>{say({ zh: '完成', en: 'Done' })}</button>
    </section>
  );
}
