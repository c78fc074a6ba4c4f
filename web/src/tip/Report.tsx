import { useEffect, useState } from 'react';
import { v7 } from 'uuid';
import type { PositionInput } from '../api/generated/graphql.ts';
import { usePreparing } from '../photo/prepared.ts';
import { say } from '../say/say.ts';
import { Categories } from './Categories.tsx';
import { Contact } from './Contact.tsx';
import { Head } from './Head.tsx';
import { drain, drop, keep, onChange, waiting } from './outbox.ts';
import { Photos } from './Photos.tsx';
import { blank, missing, reportOf, type Draft, type Report as Sent } from './report.ts';
import { Receipt } from './Receipt.tsx';
import { useLanding } from './landing.ts';
import { Place } from './Place.tsx';

/** Photo, category, send: thirty seconds, and nothing else is asked. */
export function Report() {
  const [draft, setDraft] = useState<Draft>(blank);
  const [sent, setSent] = useState<Sent>();
  const set = (part: Partial<Draft>) => setDraft((was) => ({ ...was, ...part }));
  const place = useLanding(draft.position, (position) => set({ position }));

  useEffect(() => {
    onChange((report) => setSent((was) => (was && was.id !== report.id ? was : report)));
    void waiting().then(([first]) => { if (first) setSent((was) => was ?? first); });
  }, []);

  const send = async (position: PositionInput) => {
    const report = reportOf(v7(), draft, position);
    await keep(report);
    setSent(report);
    void drain().catch(() => {});
  };
  const again = async () => {
    if (sent?.refused) await drop(sent.id);
    for (const photo of draft.photos) URL.revokeObjectURL(photo.url);
    setSent(undefined);
    setDraft({ ...blank, position: draft.position });
  };
  const mend = async (id: string) => { await drop(id); setSent(undefined); };

  const lacks = missing(draft), preparing = usePreparing();
  if (sent) return <Receipt report={sent} again={() => void again()} mend={() => void mend(sent.id)} />;
  return (
    <div className="page">
      <Head to="/track" label={say({ zh: '查进度', en: 'Follow' })} />
      <main>
        <Photos photos={draft.photos} change={(photos) => set({ photos })} />
        <Categories common={place.landing?.commonCategories} chosen={draft.category} choose={(category) => set({ category })} />
        <label className="field">
          <span>{say({ zh: '补充一句（可不写）', en: 'A sentence, if you like' })}</span>
          <textarea className="input" rows={2} maxLength={2000} value={draft.text} onChange={(e) => set({ text: e.target.value })}
            placeholder={say({ zh: '例如：三单元楼道被电动车堵住', en: 'Such as: e-bikes block the stairs of entrance 3' })} />
        </label>
        <Place place={place} position={draft.position} point={(position) => set({ position })} />
        <Contact contact={draft.contact} change={(contact) => set({ contact })} />
      </main>
      <footer className="send">
        <p className="quiet" aria-live="polite">
          {lacks === 'words' && say({ zh: '先拍一张照片，或写一句话。', en: 'Take a photo first, or write a sentence.' })}
          {lacks === 'place' && say({ zh: '还缺位置：允许定位，或在地图上选点。', en: 'The place is missing: allow the position, or point at the map.' })}
          {!lacks && say({ zh: '匿名发送，不留姓名和电话。', en: 'Sent anonymously, without name or number.' })}
        </p>
        <button type="button" className="button main" disabled={lacks !== undefined || preparing} onClick={() => { if (draft.position) void send(draft.position); }}>
          {say({ zh: '匿名提交', en: 'Send anonymously' })}
        </button>
      </footer>
    </div>
  );
}
