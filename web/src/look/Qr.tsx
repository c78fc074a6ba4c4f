import { useMemo } from 'react';
import { encode } from 'uqr';

const quiet = 4; // modules of white around it, as ISO/IEC 18004 asks for

/** A text as a QR code, black on white whatever the page looks like, since cameras expect it so. */
export function Qr({ text, label }: { text: string; label: string }) {
  const { size, path } = useMemo(() => {
    const made = encode(text, { ecc: 'M', border: 0 });
    let drawn = '';
    made.data.forEach((row, y) => row.forEach((dark, x) => { if (dark) drawn += `M${x + quiet} ${y + quiet}h1v1h-1z`; }));
    return { size: made.size + 2 * quiet, path: drawn };
  }, [text]);
  return (
    <svg className="qr" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shapeRendering="crispEdges">
      <rect width={size} height={size} fill="#fff" /><path d={path} fill="#000" />
    </svg>
  );
}
