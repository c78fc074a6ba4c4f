import { afterEach, expect, test, vi } from 'vitest';
import { Unreachable } from './ask.ts';
import { CalledOff, nameOf, take } from './take.ts';

afterEach(() => { vi.unstubAllGlobals(); });

/** A server whose answer comes piece by piece, for as long as it is asked to go on. */
function serves(...pieces: (string | Error)[]) {
  const links: { download: string }[] = [];
  vi.stubGlobal('document', { createElement: () => { const link = { download: '', click: () => {} }; links.push(link); return link; } });
  vi.stubGlobal('window', { setTimeout: () => 0 });
  vi.stubGlobal('fetch', async (_: string, { signal }: { signal: AbortSignal }) => {
    const body = new ReadableStream<Uint8Array>({ start(to) {
      for (const p of pieces) { if (p instanceof Error) { to.error(p); return; } to.enqueue(new TextEncoder().encode(p)); }
      if (pieces.length > 1) to.close();
      signal.addEventListener('abort', () => to.error(signal.reason));
    } });
    return new Response(body, { headers: { 'Content-Disposition': "attachment; filename*=UTF-8''a.csv" } });
  });
  return links;
}

test('a file keeps the name that the server gives it', () => {
  expect(nameOf("attachment; filename*=UTF-8''%E6%A1%88%E4%BB%B6%E5%8F%B0%E8%B4%A6%202026-11-28.xlsx")).toBe('案件台账 2026-11-28.xlsx');
  expect(nameOf(null)).toBe('');
});

test('what has come of a file is told while it comes', async () => {
  const links = serves('one', 'three'), told: number[] = [];
  await take('/export/cases', new URLSearchParams(), { off: new AbortController().signal, come: (n) => told.push(n) });
  expect(told).toEqual([3, 8]);
  expect(links).toMatchObject([{ download: 'a.csv' }]);
});

test('what is called off is nobody’s fault, what breaks is; and neither leaves half a file', async () => {
  const links = serves('one'), off = new AbortController();
  await expect(take('/export/cases', new URLSearchParams(), { off: off.signal, come: () => off.abort() })).rejects.toBeInstanceOf(CalledOff);
  serves('one', new Error('torn'));
  await expect(take('/export/cases', new URLSearchParams(), { off: new AbortController().signal, come: () => {} })).rejects.toBeInstanceOf(Unreachable);
  expect(links).toEqual([]);
});
