import { v7 } from 'uuid';
import { Refusal, Unreachable } from '../api/ask.ts';
import { sha256 } from '../api/upload.ts';
import { silence } from './bell.ts';
import { handTo, type Owner } from './store.ts';

const algorithm = { name: 'ECDSA', namedCurve: 'P-256' } as const;

/** Makes this browser a handheld of whoever is signed in: with a key of its own, which signs and can never be read. */
export async function enrol(person: { id: string; name: string }): Promise<Owner> {
  const pair = await crypto.subtle.generateKey(algorithm, false, ['sign', 'verify']);
  const device = v7();
  const spki = new Uint8Array(await crypto.subtle.exportKey('spki', pair.publicKey));
  const lines = ['gridwork-enrol-1', device, person.id, await sha256(new Blob([spki]))];
  const answer = await fetch('/field/v1/devices', { method: 'POST', headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ id: device, name: navigator.userAgent.includes('Android') ? 'Android' : 'Browser', key: btoa(String.fromCharCode(...spki)), proof: await sign(pair.privateKey, lines) }),
  }).catch((cause: unknown) => { throw new Unreachable('no connection', { cause }); });
  if (!answer.ok) {
    const { code, message } = await answer.json() as { code: string; message: string };
    throw new Refusal(code, message);
  }
  await silence().catch(() => {}); // what was for the owner before is not shown to the next
  const owner: Owner = { person: person.id, name: person.name, device, key: pair.privateKey };
  await handTo(owner);
  await navigator.storage.persist().catch(() => false);
  return owner;
}

/** Signs lines as the platform checks them: base64url of r and s. */
export async function sign(key: CryptoKey, lines: readonly string[]): Promise<string> {
  const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key, new TextEncoder().encode(lines.join('\n')));
  return btoa(String.fromCharCode(...new Uint8Array(signature))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** The lines of an operation. */
export const linesOf = async (device: string, op: { id: string; kind: string; capturedAt: string; body: string }): Promise<string[]> =>
  ['gridwork-field-1', device, op.id, op.kind, op.capturedAt, await sha256(new Blob([op.body]))];
