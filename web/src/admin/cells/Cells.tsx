import { useMemo, useState } from 'react';
import { useAsk } from '../../api/cache.ts';
import { AdminCommunityDocument, type AdminCommunityQuery } from '../../api/generated/graphql.ts';
import { named, say } from '../../say/say.ts';
import { go } from '../hash.ts';
import { Reading } from '../Reading.tsx';
import { Chart } from './Chart.tsx';
import { Choose } from './Choose.tsx';
import { ringsOf, toggled, untouched, type Edit } from './edit.ts';
import { Edits } from './Edits.tsx';
import { List } from './List.tsx';
import { Make } from './Make.tsx';
import { Outcome } from './Outcome.tsx';
import { usePreview } from './preview.ts';
import './cells.css';

export type Cell = AdminCommunityQuery['cells']['nodes'][number];

const often = 15_000; // ms: somebody else may edit the same cells
const code = /^\d{12}$/u;

/** The cells of a community, and an edit of them. */
export function Cells({ at }: { at: string[] }) {
  const community = code.test(at[0] ?? '') ? at[0] : undefined;
  const asked = { when: community !== undefined, every: often };
  const first = useAsk(AdminCommunityDocument, { code: community ?? '' }, asked);
  const page = first.data?.cells.pageInfo;
  const rest = useAsk(AdminCommunityDocument, { code: community ?? '', after: page?.endCursor ?? null }, { ...asked, when: page?.hasNextPage ?? false });
  const region = first.data?.region?.code === community ? (first.data?.region ?? undefined) : undefined;
  const cells = useMemo(() => (region ? [...(first.data?.cells.nodes ?? []), ...(page?.hasNextPage ? (rest.data?.cells.nodes ?? []) : [])] : []), [region, first.data, page, rest.data]);
  return (
    <Editor key={community} region={region} cells={cells}>
      {community !== undefined && !region && <Reading answer={first} />}
    </Editor>
  );
}

type Region = NonNullable<AdminCommunityQuery['region']>;

function Editor({ region, cells, children }: { region: Region | undefined; cells: Cell[]; children: React.ReactNode }) {
  const [edit, setEdit] = useState<Edit>(untouched);
  const [drawing, setDrawing] = useState(0); // how often a line was begun
  const preview = usePreview(edit);
  const choose = (picked: string) => {
    const cell = cells.find((c) => c.code === picked);
    if (cell && cell.validTo === null) setEdit(toggled(edit, picked));
  };
  const shapes = edit.chosen.flatMap((c) => cells.find((k) => k.code === c)?.shape ?? []).flatMap((s) => ringsOf(s).slice(0, 1));
  return (
    <div className="with-side cells-page">
      <section className="map-pane" aria-label={say({ zh: '地图', en: 'Map' })}>
        <Chart cells={cells} region={region} edit={edit} preview={preview.found} drawing={drawing} choose={choose} line={(line) => setEdit({ ...edit, line, cells: [] })} />
        <p className="legend">
          <span><i className="swatch chosen" />{say({ zh: '所选', en: 'Chosen' })}</span><span><i className="swatch begun" />{say({ zh: '将新设', en: 'To begin' })}</span><span><i className="swatch wrong" />{say({ zh: '有问题', en: 'Wrong' })}</span>
          <span>{region?.approval ?? say({ zh: '示意图', en: 'Schematic map' })}</span>
        </p>
      </section>
      <aside className="side" aria-label={say({ zh: '网格调整', en: 'Edit of cells' })}>
        <header>
          <p className="kicker">{say({ zh: '单元网格', en: 'Cells' })}{region && <> · <span className="number">{region.code}</span></>}</p>
          <h2>{region ? named(region) : say({ zh: '选一个社区', en: 'Choose a community' })}</h2>
        </header>
        <Choose open={!region} pick={(picked) => go('cells', picked)} />
        {children}
        {region && (
          <>
            <List cells={cells} chosen={edit.chosen} choose={choose} />
            <Make edit={edit} shapes={shapes} change={setEdit} draw={() => { setEdit({ ...edit, act: 'split', line: [], cells: [] }); setDrawing(drawing + 1); }} />
            <Outcome street={region.code.slice(0, 9)} edit={edit} preview={preview} change={setEdit} />
          </>
        )}
        <Edits region={region?.code} />
      </aside>
    </div>
  );
}
