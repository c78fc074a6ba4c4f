import { afterEach, expect, test, vi } from 'vitest';
import { Unreachable } from './ask.ts';
import { sha256, upload, type Shipment } from './upload.ts';

// A server that keeps what it is sent, and cuts the line where it is told to.
class Shelf {
  bytes = new Uint8Array(0);
  length = 0;
  begun = 0;
  cutAfter = Infinity; // requests
  sum = '';

  readonly answer = async (url: string, init: RequestInit): Promise<Response> => {
    if (this.cutAfter-- <= 0) throw new TypeError('the line was cut');
    const header = new Headers(init.headers);
    if (init.method === 'POST') {
      this.begun++;
      this.length = Number(header.get('Upload-Length'));
      return new Response(null, { status: 201, headers: { Location: `${url}one` } });
    }
    if (init.method === 'PATCH') {
      if (Number(header.get('Upload-Offset')) !== this.bytes.length) return new Response(null, { status: 409 });
      this.bytes = new Uint8Array([...this.bytes, ...new Uint8Array(await (init.body as Blob).arrayBuffer())]);
    }
    return new Response(null, { status: init.method === 'PATCH' ? 204 : 200, headers: { 'Upload-Offset': String(this.bytes.length), ...(await this.vouch()) } });
  };

  private async vouch(): Promise<Record<string, string>> {
    if (this.bytes.length < this.length) return {};
    return { 'Photo-Bytes': String(this.length), 'Photo-Sha256': this.sum || (await sha256(new Blob([this.bytes]))) };
  }
}

const photo = async (size: number): Promise<Shipment> => {
  const bytes = new Blob([Uint8Array.from({ length: size }, (_, i) => i % 251)]);
  return { id: '019ac2a0-0000-7000-8000-000000000001', sha256: await sha256(bytes), bytes };
};

afterEach(() => vi.unstubAllGlobals());

test('a photo whose line is cut after each request arrives whole, and is begun once', async () => {
  const shelf = new Shelf();
  vi.stubGlobal('fetch', shelf.answer);
  const sent = await photo(700_000);
  for (let tries = 0; ; tries++) {
    expect(tries).toBeLessThan(20);
    shelf.cutAfter = 2;
    try {
      await upload(sent, (url) => { sent.url = url; });
      break;
    } catch (error) {
      expect(error).toBeInstanceOf(Unreachable);
    }
  }
  expect(shelf.begun).toBe(1);
  expect(await sha256(new Blob([shelf.bytes]))).toBe(sent.sha256);
});

test('bytes that the server holds otherwise are not taken for delivered', async () => {
  const shelf = new Shelf();
  shelf.sum = '0'.repeat(64);
  vi.stubGlobal('fetch', shelf.answer);
  await expect(upload(await photo(10), () => {})).rejects.toThrow(Unreachable);
});
