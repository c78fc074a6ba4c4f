import { useRef, useState } from 'react';
import type { PhotoFragment } from '../api/generated/graphql.ts';
import { say } from '../say/say.ts';

/** Photos as others may see them: copies with faces blurred. One opens large. */
export function Photos({ photos, label }: { photos: readonly PhotoFragment[] | null | undefined; label: string }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [open, setOpen] = useState(0);
  if (!photos || photos.length === 0) return null;
  const shown = photos[open];
  return (
    <div className="shots">
      {photos.map((p, i) => p.thumbUrl ? (
        <button key={p.id} type="button" onClick={() => { setOpen(i); dialog.current?.showModal(); }} aria-label={say({ zh: `${label} ${i + 1}，放大`, en: `${label} ${i + 1}, larger` })}>
          <img src={p.thumbUrl} alt="" loading="lazy" />
        </button>
      ) : <span key={p.id} className="shot-waits">{p.state === 'REJECTED' ? say({ zh: '不是照片', en: 'no picture' }) : p.state === 'DECLARED' ? say({ zh: '照片在路上', en: 'photo on its way' }) : say({ zh: '处理中', en: 'being made' })}</span>)}
      <dialog ref={dialog} className="large" aria-label={label}>
        {shown?.url && <img src={shown.url} alt={`${label} ${open + 1}`} />}
        <form method="dialog"><button type="submit" className="button">{say({ zh: '关闭', en: 'Close' })}</button></form>
      </dialog>
    </div>
  );
}
