import { useAsk } from '../../api/cache.ts';
import { AdminOddCodesDocument, type VisitVerdict } from '../../api/generated/graphql.ts';
import { say, type Text } from '../../say/say.ts';
import { moment } from '../../say/time.ts';

const verdicts: Record<VisitVerdict, Text> = {
  HERE: { zh: '本场所的码', en: 'of this place' }, ELSEWHERE: { zh: '别处的码', en: 'code of another place' },
  WITHDRAWN: { zh: '已作废的码', en: 'withdrawn code' }, UNKNOWN: { zh: '不是平台的码', en: 'no code of ours' },
};

/** Inspections during which a code was read that is not of the place: to be looked at by a person, and nothing by themselves. */
export function OddCodes({ campaign }: { campaign: string }) {
  const odd = useAsk(AdminOddCodesDocument, { id: campaign }).data?.oddSightings;
  if (!odd || odd.nodes.length === 0) return null;
  return (
    <section className="odd" aria-label={say({ zh: '场所码不符', en: 'Codes that do not fit' })}>
      <h3>{say({ zh: '场所码不符，请核对', en: 'Codes that do not fit: look into them' })}</h3>
      <p className="quiet">{say({ zh: '巡查照常有效；码贴错、贴旧也会这样。', en: 'The inspections stand; a code that hangs in the wrong place, or is an old one, looks the same.' })}</p>
      <table className="rules">
        <thead><tr><th scope="col">{say({ zh: '该去', en: 'To be visited' })}</th><th scope="col">{say({ zh: '扫到', en: 'Code read' })}</th><th scope="col">{say({ zh: '谁', en: 'Who' })}</th><th scope="col">{say({ zh: '何时', en: 'When' })}</th></tr></thead>
        <tbody>{odd.nodes.map((s) => (
          <tr key={s.task}>
            <td>{s.visited ? <b>{s.visited.name}</b> : say({ zh: '整个网格', en: 'the cell' })}<small className="quiet">{s.cell.code}</small></td>
            <td>{say(verdicts[s.verdict])}{s.premises && <small className="quiet">{s.premises.name}</small>}</td><td>{s.person.name}</td><td>{moment(s.capturedAt)}</td>
          </tr>
        ))}</tbody>
      </table>
      {odd.pageInfo.hasNextPage && <p className="quiet">{say({ zh: '还有更多。', en: 'There are more.' })}</p>}
    </section>
  );
}
