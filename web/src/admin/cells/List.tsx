import { say } from '../../say/say.ts';
import { moment } from '../../say/time.ts';
import type { Cell } from './Cells.tsx';
import { squareMetres, tail } from './words.ts';

/** The community's cells: what can be chosen on the map can be chosen here. */
export function List({ cells, chosen, choose }: { cells: Cell[]; chosen: readonly string[]; choose: (code: string) => void }) {
  return (
    <fieldset className="cell-list">
      <legend>{say({ zh: `网格 · 共 ${cells.length} 个`, en: `Cells · ${cells.length}` })}</legend>
      <ul>
        {cells.map((c) => (
          <li key={c.code}>
            <label className={chosen.includes(c.code) ? 'on' : undefined}>
              <input type="checkbox" checked={chosen.includes(c.code)} disabled={c.validTo !== null} onChange={() => choose(c.code)} />
              <b className="number">{tail(c.code)}</b>
              <span>{c.dutyGrid?.name ?? say({ zh: '无责任网格', en: 'no duty grid' })}</span>
              <small className="quiet">{c.validTo === null ? squareMetres(c.area) : say({ zh: `${moment(c.validTo)} 止`, en: `ends ${moment(c.validTo)}` })}</small>
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
