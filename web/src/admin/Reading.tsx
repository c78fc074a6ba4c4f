import { say } from '../say/say.ts';
import { tell } from './refusal.ts';

/** What stands in place of something that is not there yet, or could not be had. */
export function Reading({ answer }: { answer: { error: unknown; refetch: () => unknown } }) {
  if (!answer.error) return <p className="quiet blank" aria-live="polite">{say({ zh: '正在读取…', en: 'Reading…' })}</p>;
  return (
    <div className="blank">
      <p className="notice late" role="alert">{tell(answer.error)}</p>
      <button type="button" className="button" onClick={() => void answer.refetch()}>{say({ zh: '重试', en: 'Try again' })}</button>
    </div>
  );
}
