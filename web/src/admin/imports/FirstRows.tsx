import type { AdminImportLookQuery } from '../../api/generated/graphql.ts';
import { say } from '../../say/say.ts';
import { why } from './words.ts';

type Whole = NonNullable<AdminImportLookQuery['importLook']>;

/** The beginning of a file, as it was read. */
export function FirstRows({ look }: { look: Whole }) {
  const shapes = look.rows.some((r) => r.shape);
  return (
    <section aria-labelledby="first-rows">
      <h3 id="first-rows">{say({ zh: `前 ${look.rows.length} 行`, en: `The first ${look.rows.length} rows` })}</h3>
      {look.rows.length === 0 ? <p className="quiet">{say({ zh: '只有表头，没有数据。', en: 'There is a header and nothing else.' })}</p> : (
        <table className="rules sample">
          <thead><tr><th scope="col">#</th>{[...look.columns.entries()].map(([n, c]) => <th key={n} scope="col">{c}</th>)}{shapes && <th scope="col">{say({ zh: '图形', en: 'Geometry' })}</th>}</tr></thead>
          <tbody>{look.rows.map((r) => (
            <tr key={r.number}>
              <td className="number">{r.number}</td>
              {r.code === null ? [...r.cells.entries()].map(([n, c]) => <td key={n}>{c}</td>) : <td colSpan={look.columns.length} className="late">{why(r.code, r.reason ?? '')}</td>}
              {shapes && <td>{r.shape ? '▱' : ''}</td>}
            </tr>
          ))}</tbody>
        </table>
      )}
    </section>
  );
}
