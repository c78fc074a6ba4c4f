import { moment } from '../say/time.ts';
import type { Fix } from './where.ts';

const longest = 1600; // pixels
const quality = 0.75;

/** A photo as evidence: small, and marked with when, where (± accuracy) and for what it was taken. */
export async function marked(file: Blob, where: Fix | undefined, number: string): Promise<Blob> {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
  const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
  const canvas = new OffscreenCanvas(Math.round(picture.width * scale), Math.round(picture.height * scale));
  const pen = canvas.getContext('2d');
  if (pen) {
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const band = Math.max(24, Math.round(canvas.height * 0.05));
    pen.fillStyle = 'rgb(0 0 0 / .6)';
    pen.fillRect(0, canvas.height - band, canvas.width, band);
    pen.fillStyle = '#fff';
    pen.font = `${Math.round(band * 0.55)}px sans-serif`;
    pen.fillText(`${moment(new Date())}  ${where ? `${where.lat.toFixed(5)}, ${where.lon.toFixed(5)} ±${Math.round(where.accuracy)} m` : ''}  ${number}`, band * 0.3, canvas.height - band * 0.32, canvas.width - band * 0.6);
  }
  picture.close();
  return canvas.convertToBlob({ type: 'image/jpeg', quality });
}
