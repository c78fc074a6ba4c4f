import { useState } from 'react';
import { say } from '../say/say.ts';
import { codeOf, readFrom, reads } from './door.ts';

/** The code at the door: scanned where the browser can, typed where it cannot, or left out. What it is worth is seen at the platform. */
export function Door({ code, change }: { code: string; change: (code: string) => void }) {
  const [missed, setMissed] = useState(false);
  const scan = async (file: File | undefined) => {
    const found = file && await readFrom(file).catch(() => undefined);
    setMissed(found === undefined);
    if (found !== undefined) change(found);
  };
  const there = code.trim() !== '', well = codeOf(code) !== undefined;
  return (
    <fieldset className="door-code">
      <legend>{say({ zh: '门口的场所码', en: 'The code at the door' })}</legend>
      {reads() && (
        <label className="camera scan"><span>{there ? say({ zh: '重新扫码', en: 'Scan again' }) : say({ zh: '扫码', en: 'Scan it' })}</span>
          <input type="file" accept="image/*" capture="environment" onChange={(e) => { void scan(e.target.files?.[0]); e.target.value = ''; }} /></label>
      )}
      <label className="field"><span>{reads() ? say({ zh: '扫不了就照下面印的字母数字输入', en: 'Or type what is printed below it' }) : say({ zh: '照二维码下面印的字母数字输入', en: 'Type what is printed below the QR code' })}</span>
        <input className="input number" inputMode="text" autoCapitalize="characters" autoComplete="off" spellCheck={false} maxLength={64} placeholder="XXXX-XXXX-XXXX-XXXX" value={code} onChange={(e) => { setMissed(false); change(e.target.value); }} /></label>
      <output className="quiet">{missed ? say({ zh: '照片里没有认出二维码，请靠近再拍，或手工输入。', en: 'No QR code was recognised in the picture: come closer, or type it.' })
        : !there ? say({ zh: '没有码、码坏了可以不填，照常提交。', en: 'Where there is none, or it is damaged, leave it out: the inspection goes as ever.' })
          : well ? say({ zh: '已记下，随巡查一起发送、由平台核对。', en: 'Kept; it is sent with the inspection and looked at there.' }) : say({ zh: '像是不完整：16 个字母和数字。也可以这样提交。', en: 'It looks incomplete: it has 16 letters and digits. You may submit it like this.' })}</output>
    </fieldset>
  );
}
