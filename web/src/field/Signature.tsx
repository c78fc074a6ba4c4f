import { useEffect, useRef, type PointerEvent } from 'react';
import { v7 } from 'uuid';
import { sha256, type Shipment } from '../api/upload.ts';
import { say } from '../say/say.ts';

const width = 600, height = 240; // pixels of the picture, however large it is shown

function blank(pad: HTMLCanvasElement | null) {
  const pen = pad?.getContext('2d');
  if (!pen) return;
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, width, height);
  Object.assign(pen, { strokeStyle: '#111', lineWidth: 4, lineCap: 'round', lineJoin: 'round' });
}

/** A pad to sign on. Each stroke makes the picture anew; it is kept like a photo, and shown to nobody but for a reason. */
export function Signature({ label, signed, change }: { label: string; signed: Shipment | undefined; change: (signed: Shipment | undefined) => void }) {
  const pad = useRef<HTMLCanvasElement>(null), drawing = useRef(false), inked = useRef(false);
  const stroke = useRef(0), made = useRef<string>(undefined); // strokes so far, and the picture that was made here
  useEffect(() => {
    if (signed && signed.id === made.current) return; // it stands on the pad already
    blank(pad.current);
    if (signed) void createImageBitmap(signed.bytes).then((was) => pad.current?.getContext('2d')?.drawImage(was, 0, 0));
  }, [signed]);
  const at = (e: PointerEvent<HTMLCanvasElement>): [number, number] => {
    const box = e.currentTarget.getBoundingClientRect();
    return [((e.clientX - box.left) * width) / box.width, ((e.clientY - box.top) * height) / box.height];
  };
  const begin = (e: PointerEvent<HTMLCanvasElement>) => {
    e.currentTarget.setPointerCapture(e.pointerId);
    drawing.current = true;
    inked.current = false;
    stroke.current += 1;
    const pen = e.currentTarget.getContext('2d'), [x, y] = at(e);
    pen?.beginPath();
    pen?.moveTo(x, y);
  };
  const draw = (e: PointerEvent<HTMLCanvasElement>) => {
    if (!drawing.current) return;
    const pen = e.currentTarget.getContext('2d'), [x, y] = at(e);
    pen?.lineTo(x, y);
    pen?.stroke();
    inked.current = true;
  };
  const end = async () => {
    if (!drawing.current) return;
    drawing.current = false;
    if (!inked.current) return; // a tap is no signature
    const of = stroke.current;
    const canvas = pad.current;
    const bytes = await new Promise<Blob | null>((drawn) => { if (canvas) canvas.toBlob(drawn, 'image/png'); else drawn(null); });
    if (!bytes) return;
    const picture = { id: v7(), sha256: await sha256(bytes), bytes };
    if (of !== stroke.current) return; // there is more on the pad by now, or nothing
    made.current = picture.id;
    change(picture);
  };
  const clear = () => {
    stroke.current += 1;
    made.current = undefined;
    blank(pad.current);
    change(undefined);
  };
  return (
    <div className="signature">
      <canvas ref={pad} width={width} height={height} onPointerDown={begin} onPointerMove={draw} onPointerUp={() => void end()} onPointerCancel={() => void end()}>
        {signed ? say({ zh: `${label}：已签`, en: `${label}: signed` }) : say({ zh: `${label}：在此手写`, en: `${label}: sign here` })}
      </canvas>
      <p className="signed"><span className="quiet">{signed ? say({ zh: '已签。原件封存，查看须说明理由。', en: 'Signed. It is sealed: looking at it takes a reason.' }) : say({ zh: '请在框内手写签名', en: 'Sign in the box' })}</span>
        <button type="button" className="button" disabled={!signed} onClick={clear}>{say({ zh: '重签', en: 'Clear' })}</button></p>
    </div>
  );
}
