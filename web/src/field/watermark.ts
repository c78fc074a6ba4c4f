import { shrink } from '../photo/shrink.ts';
import { moment } from '../say/time.ts';
import type { Fix } from './where.ts';

/** A photo as evidence: small, and marked with when, where (± accuracy) and for what it was taken. */
export const marked = (file: Blob, where: Fix | undefined, number: string): Promise<Blob> => shrink(file, (pen, width, height) => {
  const band = Math.max(24, Math.round(height * 0.05));
  pen.fillStyle = 'rgb(0 0 0 / .6)';
  pen.fillRect(0, height - band, width, band);
  pen.fillStyle = '#fff';
  pen.font = `${Math.round(band * 0.55)}px sans-serif`;
  pen.fillText(`${moment(new Date())}  ${where ? `${where.lat.toFixed(5)}, ${where.lon.toFixed(5)} ±${Math.round(where.accuracy)} m` : ''}  ${number}`, band * 0.3, height - band * 0.32, width - band * 0.6);
});
