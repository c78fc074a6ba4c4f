import { useRef, useState } from 'react';
import { say } from '../say/say.ts';
import { Doubted, DoubtsOf, Evidence, type Shot } from './Evidence.tsx';

/** Photos as others may see them: copies with faces blurred. One opens large, with what speaks for and against it where that is asked for. */
export function Photos({ photos, label }: { photos: readonly Shot[] | null | undefined; label: string }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [open, setOpen] = useState(0);
  if (!photos || photos.length === 0) return null;
  const shown = photos[open];
  return (
    <>
      <div className="shots">
        {photos.map((p, i) => p.thumbUrl ? (
          <button key={p.id} type="button" onClick={() => { setOpen(i); dialog.current?.showModal(); }} aria-label={say({ zh: `${label} ${i + 1}，放大`, en: `${label} ${i + 1}, larger` })}>
            <img src={p.thumbUrl} alt="" loading="lazy" />
            <Doubted evidence={p.evidence} />
          </button>
        ) : <span key={p.id} className="shot-waits">{p.state === 'REJECTED' ? say({ zh: '不是照片', en: 'no picture' }) : p.state === 'DECLARED' ? say({ zh: '照片在路上', en: 'photo on its way' }) : say({ zh: '处理中', en: 'being made' })}</span>)}
        <dialog ref={dialog} className="large" aria-label={label}>
          {shown?.url && <img src={shown.url} alt={`${label} ${open + 1}`} />}
          <Evidence evidence={shown?.evidence} />
          <form method="dialog"><button type="submit" className="button">{say({ zh: '关闭', en: 'Close' })}</button></form>
        </dialog>
      </div>
      <DoubtsOf photos={photos} />
    </>
  );
}
