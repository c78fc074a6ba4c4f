import { useState } from 'react';
import { prepared } from '../photo/prepared.ts';
import { shrink } from '../photo/shrink.ts';
import { say } from '../say/say.ts';
import type { Draft } from './report.ts';

type Photo = Draft['photos'][number];

const most = 9;

/** The camera first: the large field opens it; what was taken stands below and can be taken out again. */
export function Photos({ photos, change }: { photos: Photo[]; change: (photos: Photo[]) => void }) {
  const [failed, setFailed] = useState(false);
  const add = async (files: FileList | null) => {
    try {
      const added = await prepared([...(files ?? [])].slice(0, most - photos.length), (file) => shrink(file));
      setFailed(false);
      change([...photos, ...added.map((p) => Object.assign(p, { url: URL.createObjectURL(p.bytes) }))]);
    } catch {
      setFailed(true);
    }
  };
  const remove = (photo: Photo) => {
    URL.revokeObjectURL(photo.url);
    change(photos.filter((p) => p.id !== photo.id));
  };
  return (
    <section className={photos.length > 0 ? 'photos some' : 'photos'} aria-label={say({ zh: '照片', en: 'Photos' })}>
      {photos.map((photo, i) => (
        <figure key={photo.id}>
          <img src={photo.url} alt={say({ zh: `现场照片 ${i + 1}`, en: `Photo ${i + 1} of the place` })} />
          <button type="button" onClick={() => remove(photo)} aria-label={say({ zh: `删除照片 ${i + 1}`, en: `Take out photo ${i + 1}` })}>×</button>
        </figure>
      ))}
      {photos.length < most && (
        <label className="shutter">
          <svg viewBox="0 0 48 48" width="44" height="44" aria-hidden="true"><path fill="none" stroke="currentColor" strokeWidth="3" strokeLinejoin="round" d="M6 15h9l4-6h10l4 6h9v24H6z" /><circle cx="24" cy="26" r="7.5" fill="none" stroke="currentColor" strokeWidth="3" /></svg>
          <span>{photos.length > 0 ? say({ zh: '再拍一张', en: 'One more' }) : say({ zh: '拍照', en: 'Take a photo' })}</span>
          {photos.length === 0 && <small>{say({ zh: '公开前人脸自动打码，拍摄信息会被抹去', en: 'Faces are blurred and camera data removed before others see it' })}</small>}
          <input type="file" accept="image/*" capture="environment" onChange={(e) => { void add(e.target.files); e.target.value = ''; }} />
        </label>
      )}
      {failed && <p className="notice late" role="alert">{say({ zh: '这不是能打开的照片，请另选一张。', en: 'This is no picture that can be opened. Please take another.' })}</p>}
    </section>
  );
}
