import { say, type Text } from '../say/say.ts';
import { moment } from '../say/time.ts';
import { told } from '../say/refusal.ts';
import { Refusal } from '../api/ask.ts';
import type { Operation } from './store.ts';
import { discard, retry, sync } from './sync.ts';

/** How far an operation has come, in words. */
function state(op: Operation): Text {
  switch (op.state) {
    case 'kept': return { zh: '已存本机，待发送', en: 'Kept on this phone' };
    case 'rejected': return { zh: '平台没有收', en: 'Not taken by the platform' };
    case 'conflict': return { zh: '别人已先处理，两份都留着，由街道裁决', en: 'Somebody was first: both are kept, the street decides' };
    case 'quarantined': return { zh: '已留存，等值班长确认', en: 'Kept apart, a duty lead decides' };
    default:
      if (op.photos.length > 0) return { zh: `已到平台，还有 ${op.photos.length} 张照片`, en: `At the server, ${op.photos.length} photos to go` };
      return hadPhotos(op) ? { zh: '已到平台，照片已核对', en: 'At the server, photos verified' } : { zh: '已到平台', en: 'At the server' };
  }
}

/** Whether it was signed with photos: those that are safe are dropped from this device. */
const hadPhotos = (op: Operation) => ((JSON.parse(op.body) as { photos?: unknown[] }).photos ?? []).length > 0;

/** Everything that was done on this device, the newest first: nothing goes until it is safe, and nothing waits for another. */
export function Outbox({ outbox }: { outbox: Operation[] }) {
  if (outbox.length === 0) return <p className="quiet blank">{say({ zh: '还没有做过什么。', en: 'Nothing was done yet.' })}</p>;
  return (
    <>
      <button type="button" className="button" onClick={() => void sync()}>{say({ zh: '现在同步', en: 'Exchange now' })}</button>
      <ol className="outbox">
        {outbox.toSorted((a, b) => (a.id < b.id ? 1 : -1)).map((op) => (
          <li key={op.id} className={op.state}>
            <b>{op.words}</b>
            <span>{say(state(op))} <small className="quiet">{moment(op.capturedAt)}</small></span>
            {op.error && <span className="late">{told(new Refusal(op.error.code, '', op.error.path))}{op.error.path && ` (${op.error.path})`}</span>}
            <span className="row">
              {op.state === 'rejected' && <button type="button" className="button" onClick={() => void retry(op)}>{say({ zh: '再试', en: 'Try again' })}</button>}
              {(op.state === 'rejected' || (op.state !== 'kept' && op.photos.length === 0)) && <button type="button" className="button plain" onClick={() => void discard(op)}>{say({ zh: '移除', en: 'Put away' })}</button>}
            </span>
          </li>
        ))}
      </ol>
    </>
  );
}
