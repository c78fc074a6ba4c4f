import { useState } from 'react';
import type { Shipment } from '../api/upload.ts';
import { prepared, usePreparing } from '../photo/prepared.ts';
import { say } from '../say/say.ts';
import { metres, moment } from '../say/time.ts';
import { Sign } from '../work/Sign.tsx';
import { Checklist } from './Checklist.tsx';
import type { Duty as One } from './duties.ts';
import { HandOn, TakeOver } from './Hands.tsx';
import { distance } from './order.ts';
import type { Came } from './Result.tsx';
import { marked } from './watermark.ts';
import { record } from './sync.ts';
import type { Shift } from './shift.ts';
import { positionIn, type Fix } from './where.ts';

/** One duty on the spot: look, take a photo, answer. The answer is kept at once and sent when it can be. */
export function Duty({ duty, shift, where, close, came }: { duty: One; shift: Shift; where: Fix | undefined; close: () => void; came: (came: Came) => void }) {
  return (
    <article className="duty">
      <button type="button" className="button plain" onClick={close}>← {say({ zh: '返回', en: 'Back' })}</button>
      <p className="quiet"><Sign urgent={duty.urgent} /> {duty.why}{duty.due && ` · ${moment(duty.due)}`}{where && duty.at && ` · ${metres(distance(where, duty.at))}`}</p>
      <h2>{duty.title}</h2>
      {duty.text && <p className="said">{duty.text}</p>}
      {duty.kind === 'offer' || duty.kind === 'claimable' ? <TakeOver duty={duty} done={close} />
        : duty.kind === 'task' ? <><Checklist task={duty.id} shift={shift} where={where} title={duty.title} done={(c) => { close(); if (c) came(c); }} /><HandOn duty={duty} done={close} /></>
          : <YesOrNo duty={duty} where={where} done={close} />}
    </article>
  );
}

function YesOrNo({ duty, where, done }: { duty: One; where: Fix | undefined; done: () => void }) {
  const [note, setNote] = useState('');
  const [photos, setPhotos] = useState<Shipment[]>([]);
  const verification = duty.kind === 'verification', preparing = usePreparing();
  const answer = async (yes: boolean) => {
    const named = photos.map((p) => ({ id: p.id, sha256: p.sha256 }));
    const body = { task: duty.id, ...(verification ? { confirmed: yes } : { fixed: yes }), ...(note ? { note } : {}), ...(where ? { position: positionIn(where) } : {}), ...(named.length > 0 ? { photos: named } : {}) };
    await record(verification ? 'verification.answer' : 'check.answer', body, `${duty.why} · ${yes ? words.yes() : words.no()}`, photos, duty.id);
    done();
  };
  const words = verification ? { yes: () => say({ zh: '属实', en: 'It is so' }), no: () => say({ zh: '不属实', en: 'It is not so' }) } : { yes: () => say({ zh: '已解决', en: 'Fixed' }), no: () => say({ zh: '没解决', en: 'Not fixed' }) };
  return (
    <>
      <Camera photos={photos} change={setPhotos} where={where} number={duty.why} />
      <label className="field"><span>{say({ zh: '看到了什么（可不写）', en: 'What you saw, if you like' })}</span>
        <textarea className="input" rows={2} maxLength={500} value={note} onChange={(e) => setNote(e.target.value)} /></label>
      <div className="answers">
        <button type="button" className="button main" disabled={preparing} onClick={() => void answer(true)}>{words.yes()}</button>
        <button type="button" className="button grave" disabled={preparing} onClick={() => void answer(false)}>{words.no()}</button>
      </div>
    </>
  );
}

/** The camera: pictures are made small and marked with time, place and number on the device. */
export function Camera({ photos, change, where, number, most = 9 }: { photos: Shipment[]; change: (photos: Shipment[]) => void; where: Fix | undefined; number: string; most?: number | undefined }) {
  const add = async (files: FileList | null) => {
    const made = await prepared([...(files ?? [])], (file) => marked(file, where, number));
    change([...photos, ...made].slice(0, most));
  };
  return (
    <label className="camera">
      <span>{photos.length > 0 ? say({ zh: `已拍 ${photos.length} 张，再拍一张`, en: `${photos.length} taken: one more` }) : say({ zh: '拍照', en: 'Take a photo' })}</span>
      <input type="file" accept="image/*" capture="environment" onChange={(e) => { void add(e.target.files); e.target.value = ''; }} />
    </label>
  );
}
