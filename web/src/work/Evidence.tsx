import type { JudgedFragment, PhotoDoubt, PhotoGrade } from '../api/generated/graphql.ts';
import { say, type Text } from '../say/say.ts';
import { metres, moment } from '../say/time.ts';

export type Shot = Omit<JudgedFragment, 'evidence'> & Partial<Pick<JudgedFragment, 'evidence'>>;
type Known = NonNullable<JudgedFragment['evidence']>;

export const grades: Record<PhotoGrade, Text> = {
  PLAUSIBLE: { zh: '可信', en: 'Plausible' }, UNKNOWN: { zh: '无从判断', en: 'Cannot be told' }, DOUBTFUL: { zh: '存疑', en: 'Doubtful' }, IMPLAUSIBLE: { zh: '不可信', en: 'Hardly believable' },
};

export const doubts: Record<PhotoDoubt, Text> = {
  NO_SHOT_TIME: { zh: '没有拍摄时间', en: 'nothing says when it was taken' }, NO_SHOT_PLACE: { zh: '没有拍摄地点', en: 'nothing says where it was taken' },
  SHOT_BEFORE: { zh: '拍摄早于上报一天以上', en: 'taken more than a day before' }, SHOT_LONG_BEFORE: { zh: '拍摄早于上报三十天以上', en: 'taken more than thirty days before' },
  SHOT_IN_FUTURE: { zh: '拍摄时间晚于上报', en: 'taken after it was handed in, by its clock' },
  SHOT_AWAY: { zh: '拍摄地点不在现场', en: 'taken away from the place' }, SHOT_FAR_AWAY: { zh: '拍摄地点离现场很远', en: 'taken far from the place' },
  DEVICE_AWAY: { zh: '上报时不在现场，照片没有拍摄地点', en: 'handed in from elsewhere, and nothing says where it was taken' },
  MOCKED_POSITION: { zh: '手机称位置是模拟的', en: 'the phone says that its position is simulated' }, USED_BEFORE: { zh: '这张照片以前用过', en: 'this picture was used before' },
};

const doubted = (e: Known | null | undefined): e is Known => e?.grade === 'DOUBTFUL' || e?.grade === 'IMPLAUSIBLE';

/** On a thumb, severity by colour and shape: a triangle for a doubt, a diamond for several. Whoever took it is shown none. */
export function Doubted({ evidence }: { evidence: Shot['evidence'] }) {
  if (!doubted(evidence)) return null;
  const grave = evidence.grade === 'IMPLAUSIBLE';
  return (
    <svg className={grave ? 'sign doubt urgent' : 'sign doubt late'} viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
      <path d={grave ? 'M10 1l9 9-9 9-9-9z' : 'M10 2l9 16H1z'} />
    </svg>
  );
}

/** The doubts about the photos of one list, in words below them. */
export function DoubtsOf({ photos }: { photos: readonly Shot[] }) {
  const found = photos.flatMap((p, i) => doubted(p.evidence) ? [{ at: i + 1, id: p.id, evidence: p.evidence }] : []);
  if (found.length === 0) return null;
  return (
    <ul className="doubts">
      {found.map(({ at, id, evidence }) => (
        <li key={id}><Doubted evidence={evidence} /><span>{photos.length > 1 && say({ zh: `照片 ${at} `, en: `Photo ${at}: ` })}<Reasons evidence={evidence} /></span></li>
      ))}
    </ul>
  );
}

function Reasons({ evidence }: { evidence: Known }) {
  const why = evidence.doubts.map((d) => (d === 'USED_BEFORE' ? usedBefore(evidence) : say(doubts[d]))).join(say({ zh: '；', en: '; ' }));
  return <><b>{say(grades[evidence.grade])}</b>{why && `${say({ zh: '：', en: ': ' })}${why}`}</>;
}

function usedBefore({ usedBefore: use }: Known): string {
  const where = [use?.clue && say({ zh: `线索 ${use.clue.number}`, en: `report ${use.clue.number}` }), use?.case && say({ zh: `案件 ${use.case.reference}`, en: `case ${use.case.reference}` })].filter(Boolean).join(say({ zh: '，', en: ', ' }));
  return where ? `${say(doubts.USED_BEFORE)}${say({ zh: `（${where}）`, en: ` (${where})` })}` : say(doubts.USED_BEFORE);
}

/** What is known of a photo that is shown large. */
export function Evidence({ evidence }: { evidence: Shot['evidence'] }) {
  if (!evidence) return null;
  const { shotAt, cameraDistance, deviceAt, deviceDistance } = evidence;
  const untold = say({ zh: '照片里没有', en: 'the file does not say' });
  return (
    <div className="evidence">
      <p className={`notice ${evidence.grade === 'IMPLAUSIBLE' ? 'urgent' : evidence.grade === 'DOUBTFUL' ? 'late' : evidence.grade === 'PLAUSIBLE' ? 'fine' : ''}`}><Doubted evidence={evidence} /> <span><Reasons evidence={evidence} /></span></p>
      <dl>
        <dt>{say({ zh: '拍摄时间', en: 'Taken' })}</dt><dd>{shotAt ? moment(shotAt) : untold}</dd>
        <dt>{say({ zh: '拍摄处离现场', en: 'Camera to the place' })}</dt><dd>{cameraDistance === null ? untold : cameraDistance === 0 ? say({ zh: '就在现场', en: 'at the place' }) : say({ zh: `不超过 ${metres(cameraDistance)}`, en: `at most ${metres(cameraDistance)}` })}</dd>
        {deviceAt && <><dt>{say({ zh: '手机定位', en: 'Position of the phone' })}</dt><dd>{moment(deviceAt)}{deviceDistance !== null && say({ zh: `，离现场 ${metres(deviceDistance)}`, en: `, ${metres(deviceDistance)} from the place` })}</dd></>}
      </dl>
      <p className="quiet">{say({ zh: '仅供判断，不自动退回。', en: 'For you to judge by: nothing is refused because of it.' })}</p>
    </div>
  );
}
