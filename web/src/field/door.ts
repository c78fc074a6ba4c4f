import { keyOf, type Shift } from './shift.ts';

/** Whether a code hangs where a task leads to: at its premises, or at any in its cell. */
export function codeHangs(shift: Shift, task: string): boolean {
  const body = shift.things.get(keyOf('task', task))?.body, premises = body?.['premises'];
  if (typeof premises === 'string') return shift.things.get(keyOf('premises', premises))?.body['visitCode'] === true;
  for (const { kind, body: place } of shift.things.values()) if (kind === 'premises' && place['cell'] === body?.['cell'] && place['visitCode'] === true) return true;
  return false;
}

/** A code as it is printed, whichever way it was typed; undefined for what no code looks like. Letters that people misread are folded. */
export function codeOf(typed: string): string | undefined {
  const plain = typed.toUpperCase().replaceAll(/[\s-]/gu, '').replaceAll('O', '0').replaceAll(/[IL]/gu, '1');
  return /^[0-9A-HJKMNP-TV-Z]{16}$/u.test(plain) ? plain.replaceAll(/(.{4})(?=.)/gu, '$1-') : undefined;
}

type Detector = { detect: (from: ImageBitmapSource) => Promise<{ rawValue: string }[]> };
declare const BarcodeDetector: (new (options: { formats: string[] }) => Detector) | undefined;

/** Whether this browser reads QR codes by itself. */
export const reads = (): boolean => typeof BarcodeDetector !== 'undefined';

/** What stands in a picture's QR codes: the first that looks like a code, else the first at all, since a wrong one is evidence too. */
export async function readFrom(picture: Blob): Promise<string | undefined> {
  if (typeof BarcodeDetector === 'undefined') return undefined;
  const found = (await new BarcodeDetector({ formats: ['qr_code'] }).detect(await createImageBitmap(picture))).map((f) => f.rawValue);
  return found.map((f) => codeOf(f)).find((f) => f !== undefined) ?? found[0];
}
