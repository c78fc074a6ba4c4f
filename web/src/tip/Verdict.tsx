import { useState } from 'react';
import { accepted, ask } from '../api/ask.ts';
import { ContestTipDocument, RateTipDocument, type FollowedFragment } from '../api/generated/graphql.ts';
import { say } from '../say/say.ts';
import { moment } from '../say/time.ts';
import { told } from '../say/refusal.ts';

type Followed = { clue: FollowedFragment; claimCode: string; changed: (clue: FollowedFragment) => void };

/** What the reporter says of the outcome: how content they are, or that it is not put right. */
export function Verdict(props: Followed) {
  const { clue } = props;
  return (
    <>
      {clue.rating && <p className="quiet">{say({ zh: `你的评价：${clue.rating.score} 分`, en: `You rated it ${clue.rating.score} of 5` })}{clue.rating.comment && `：${clue.rating.comment}`}</p>}
      {clue.ratableUntil && <Rate {...props} until={clue.ratableUntil} />}
      {clue.reopenUntil && <Contest {...props} until={clue.reopenUntil} />}
    </>
  );
}

function Rate({ clue, claimCode, changed, until }: Followed & { until: string }) {
  const [score, setScore] = useState(clue.rating?.score ?? 0);
  const [comment, setComment] = useState('');
  const [error, setError] = useState<unknown>();
  const rate = async () => {
    try {
      const { clue: now } = accepted((await ask(RateTipDocument, { input: { claimCode, score, comment } })).rateOutcome);
      if (now) changed(now);
    } catch (problem) { setError(problem); }
  };
  return (
    <form className="verdict" onSubmit={(e) => { e.preventDefault(); void rate(); }}>
      <h2>{say({ zh: '办得怎么样？', en: 'How was it handled?' })}</h2>
      <div className="scores" role="radiogroup" aria-label={say({ zh: '评分', en: 'Score' })}>
        {[1, 2, 3, 4, 5].map((n) => (
          <label key={n} className={n <= score ? 'on' : ''}>
            <input type="radio" name="score" value={n} checked={n === score} onChange={() => setScore(n)} />
            <span className="only-read">{say({ zh: `${n} 分`, en: `${n} of 5` })}</span>
            <svg viewBox="0 0 24 24" width="36" height="36" aria-hidden="true"><rect x="3" y="3" width="18" height="18" rx="3" fill="currentColor" /></svg>
          </label>
        ))}
      </div>
      <textarea className="input" rows={2} maxLength={500} value={comment} onChange={(e) => setComment(e.target.value)} aria-label={say({ zh: '想说的话', en: 'What you want to say' })} placeholder={say({ zh: '想说的话（可不写）', en: 'What you want to say, if anything' })} />
      {error !== undefined && <p className="notice late" role="alert">{told(error)}</p>}
      <button type="submit" className="button main" disabled={score === 0}>{say({ zh: '提交评价', en: 'Send the rating' })}</button>
      <p className="quiet">{say({ zh: `${moment(until)} 前可评价`, en: `until ${moment(until)}` })}</p>
    </form>
  );
}

function Contest({ claimCode, changed, until }: Followed & { until: string }) {
  const [reason, setReason] = useState('');
  const [error, setError] = useState<unknown>();
  const contest = async () => {
    try {
      const { clue: now } = accepted((await ask(ContestTipDocument, { input: { claimCode, reason } })).contestOutcome);
      if (now) changed(now);
    } catch (problem) { setError(problem); }
  };
  return (
    <details className="contact">
      <summary>{say({ zh: '其实没解决，申请复查', en: 'It is not put right: contest it' })}</summary>
      <form className="verdict" onSubmit={(e) => { e.preventDefault(); void contest(); }}>
        <label className="field"><span>{say({ zh: '还有什么问题', en: 'What is still wrong' })}</span>
          <textarea className="input" rows={3} maxLength={500} required value={reason} onChange={(e) => setReason(e.target.value)} /></label>
        {error !== undefined && <p className="notice late" role="alert">{told(error)}</p>}
        <button type="submit" className="button">{say({ zh: '申请复查', en: 'Contest' })}</button>
        <p className="quiet">{say({ zh: `${moment(until)} 前可申请`, en: `until ${moment(until)}` })}</p>
      </form>
    </details>
  );
}
