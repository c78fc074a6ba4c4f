import { Refusal, Unreachable } from '../../api/ask.ts';
import { ship } from '../../api/upload.ts';

// A file that was on its way when the page was closed goes on where it was: by its name, its size and when it was changed.
const keyOf = (file: File) => `gridwork.import.${file.name}.${file.size}.${file.lastModified}`;

const slice = 2 << 20; // bytes

/** What the server says against a file, where it does. */
async function refused(answer: Response): Promise<Error | undefined> {
  const known = new Set([400, 401, 403, 404, 409, 413]);
  if (!known.has(answer.status)) return undefined;
  const why = await (answer.json() as Promise<{ code?: string; message?: string; path?: string }>).catch((cause: unknown) => { throw new Unreachable('no answer', { cause }); });
  return new Refusal(why.code ?? 'UNKNOWN', why.message ?? '', why.path);
}

/** Brings a file to the server, and gives the id by which it is taken in. */
export async function bring(file: File, off: AbortSignal, sent: (bytes: number) => void): Promise<string> {
  const key = keyOf(file);
  const id = await ship({
    endpoint: '/imports/v1/uploads/', metadata: { name: file.name }, bytes: file, url: localStorage.getItem(key) ?? undefined, slice, off, refused,
    whole: (answer) => answer.headers.get('Import-File') ?? undefined,
  }, (url) => localStorage.setItem(key, url), sent);
  localStorage.removeItem(key);
  return id;
}
