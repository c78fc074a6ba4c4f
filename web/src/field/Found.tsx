import { useState } from 'react';
import { v7 } from 'uuid';
import type { Shipment } from '../api/upload.ts';
import { usePreparing } from '../photo/prepared.ts';
import { language, say } from '../say/say.ts';
import { metres } from '../say/time.ts';
import { Camera } from './Duty.tsx';
import type { Shift } from './shift.ts';
import { record } from './sync.ts';
import { positionIn, type Fix } from './where.ts';

/** What was found on the way: a report with the owner's name, by the same outbox. */
export function Found({ shift, where, done }: { shift: Shift; where: Fix | undefined; done: () => void }) {
  const [text, setText] = useState('');
  const [category, setCategory] = useState('');
  const [photos, setPhotos] = useState<Shipment[]>([]);
  const preparing = usePreparing();
  const categories = [...shift.things.values()].filter((t) => t.kind === 'category').toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const send = async () => {
    if (!where) return;
    const id = v7();
    await record('clue.submit', { text, ...(category ? { category } : {}), position: positionIn(where), photos: photos.map((p) => ({ id: p.id, sha256: p.sha256 })) }, `${say({ zh: '上报', en: 'Report' })} · ${text.slice(0, 30)}`, photos, undefined, id);
    done();
  };
  return (
    <form className="duty" onSubmit={(e) => { e.preventDefault(); void send(); }}>
      <Camera photos={photos} change={setPhotos} where={where} number={say({ zh: '上报', en: 'Report' })} />
      <label className="field"><span>{say({ zh: '类别', en: 'Category' })}</span>
        <select className="input" value={category} onChange={(e) => setCategory(e.target.value)}>
          <option value="">{say({ zh: '不清楚', en: 'Not sure' })}</option>
          {categories.map((c) => <option key={c.id} value={c.id}>{String(c.body[language() === 'zh' ? 'nameZh' : 'nameEn'])}</option>)}
        </select></label>
      <label className="field"><span>{say({ zh: '发现了什么', en: 'What did you find?' })}</span>
        <textarea className="input" rows={3} maxLength={2000} required={photos.length === 0} value={text} onChange={(e) => setText(e.target.value)} /></label>
      <p className="quiet">{where ? `±${metres(where.accuracy)}` : say({ zh: '正在定位…', en: 'Finding the place…' })}</p>
      <button type="submit" className="button main" disabled={!where || preparing}>{say({ zh: '上报', en: 'Report' })}</button>
    </form>
  );
}
