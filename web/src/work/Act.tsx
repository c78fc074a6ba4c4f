import { useState } from 'react';
import { v7 } from 'uuid';
import { useAsk } from '../api/cache.ts';
import { DepartmentNamesDocument, HandlersOfDocument, type CaseRowFragment } from '../api/generated/graphql.ts';
import { upload, type Shipment } from '../api/upload.ts';
import { prepared, usePreparing } from '../photo/prepared.ts';
import { shrink } from '../photo/shrink.ts';
import { named, say } from '../say/say.ts';
import { told } from '../say/refusal.ts';
import { useBorrowed } from './focus.ts';
import { offered, type Act, type Filled } from './acts.ts';

const empty = (): Filled => ({ note: '', department: '', handler: '', until: '', id: v7(), photos: [] });

/** What can be done with a case now, and the form of what was chosen. */
export function Acts({ of, done }: { of: CaseRowFragment; done: () => void }) {
  const [chosen, choose] = useState<{ act: Act; byKey: boolean }>();
  const acts = offered(of);
  if (acts.length === 0) return null;
  const open = acts.find((a) => a.action === chosen?.act.action);
  return (
    <section className="acts" aria-label={say({ zh: '操作', en: 'Actions' })}>
      <div className="row">
        {acts.map((a) => (
          <button key={a.action} type="button" className={`button ${a.tone ?? ''}`} aria-expanded={open?.action === a.action} onClick={(e) => choose(open?.action === a.action ? undefined : { act: a, byKey: e.detail === 0 })}>{say(a.name)}</button>
        ))}
      </div>
      {open && <Form key={open.action} act={open} of={of} byKey={chosen?.byKey === true} close={() => choose(undefined)} done={() => { choose(undefined); done(); }} />}
    </section>
  );
}

function Form({ act, of, byKey, close, done }: { act: Act; of: CaseRowFragment; byKey: boolean; close: () => void; done: () => void }) {
  const form = useBorrowed(close, byKey);
  const [filled, fill] = useState<Filled>(empty);
  const [shipments, setShipments] = useState<Shipment[]>([]);
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const preparing = usePreparing();
  const set = (part: Partial<Filled>) => fill((was) => ({ ...was, ...part }));
  const asks = (what: Act['asks'][number]) => act.asks.includes(what);
  const send = async () => {
    if (busy) return;
    setBusy(true);
    try {
      for (const s of shipments) await upload(s, (url) => { s.url = url; });
      await act.send(of, { ...filled, photos: shipments.map(({ id, sha256: sum }) => ({ id, sha256: sum })) });
      done();
    } catch (problem) {
      setError(problem);
      setBusy(false);
    }
  };
  const add = async (files: FileList | null) => {
    const made = await prepared([...(files ?? [])], (file) => shrink(file));
    setShipments((was) => [...was, ...made]);
  };
  return (
    <form ref={form} className="act" onSubmit={(e) => { e.preventDefault(); void send(); }}>
      {act.hint && <p className="quiet">{say(act.hint)}</p>}
      {asks('department') && <Departments value={filled.department} except={of.department?.code} choose={(department) => set({ department })} />}
      {asks('handler') && <Handlers of={of} value={filled.handler} choose={(handler) => set({ handler })} />}
      {asks('until') && <label className="field"><span>{say({ zh: '到什么时候', en: 'Until' })}</span>
        <input className="input" type="datetime-local" required value={filled.until} onChange={(e) => set({ until: e.target.value })} /></label>}
      {(asks('note') || asks('reason')) && <label className="field"><span>{asks('reason') ? say({ zh: '说明', en: 'Why, or what' }) : say({ zh: '说明（可不写）', en: 'A note, if you like' })}</span>
        <textarea className="input" rows={2} maxLength={500} required={asks('reason')} value={filled.note} onChange={(e) => set({ note: e.target.value })} /></label>}
      {asks('photos') && <label className="field"><span>{say({ zh: `处置后照片（${shipments.length} 张）`, en: `Photos of the result (${shipments.length})` })}</span>
        <input type="file" accept="image/*" multiple required={shipments.length === 0} onChange={(e) => void add(e.target.files)} /></label>}
      {error !== undefined && <p className="notice late" role="alert">{told(error)}</p>}
      <button type="submit" className={`button ${act.tone === 'grave' ? 'grave' : 'main'}`} aria-disabled={busy} disabled={preparing}>{busy ? say({ zh: '正在提交…', en: 'Sending…' }) : say(act.name)}</button>
    </form>
  );
}

function Departments({ value, except, choose }: { value: string; except: string | undefined; choose: (code: string) => void }) {
  const departments = useAsk(DepartmentNamesDocument, {}).data?.departments ?? [];
  return (
    <label className="field"><span>{say({ zh: '部门', en: 'Department' })}</span>
      <select className="input" required value={value} onChange={(e) => choose(e.target.value)}>
        <option value="">{say({ zh: '请选择', en: 'Choose' })}</option>
        {departments.filter((d) => d.code !== except).map((d) => <option key={d.code} value={d.code}>{named(d)}</option>)}
      </select>
    </label>
  );
}

function Handlers({ of, value, choose }: { of: CaseRowFragment; value: string; choose: (id: string) => void }) {
  const handlers = useAsk(HandlersOfDocument, { department: of.department?.code ?? '', street: of.cell.street.code }).data?.handlers ?? [];
  return (
    <label className="field"><span>{say({ zh: '处置人员', en: 'Handler' })}</span>
      <select className="input" required value={value} onChange={(e) => choose(e.target.value)}>
        <option value="">{say({ zh: '请选择', en: 'Choose' })}</option>
        {handlers.map((h) => <option key={h.id} value={h.id}>{h.name}</option>)}
      </select>
    </label>
  );
}
