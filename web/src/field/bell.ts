import { bellKey, store } from './store.ts';

/** What this device remembers of its notifications: which handheld was subscribed, and when the platform last heard so, in ms. over: they were
 * ended here, and the platform has not heard of that yet. */
export type Bell = { device: string; told: number; over?: boolean };

/** How to ask the platform something. */
export type Reach = (url: string, init?: RequestInit) => Promise<Response>;

const often = 3600_000; // ms: a session may have begun on another page of this browser
const address = (device: string) => `/field/v1/notifications/${device}`;
const keep = async (b: Bell) => { await (await store()).put('facts', b, bellKey); };

export const bell = async () => (await (await store()).get('facts', bellKey)) as Bell | undefined;

/** Lets the platform be told again at the next exchange, after somebody has signed in. */
export async function tellAgain() {
  const kept = await bell();
  if (kept) await keep({ ...kept, told: 0 });
}

/** The key to subscribe with; undefined where the platform shows no notifications. */
export async function offer(reach: Reach): Promise<string | undefined> {
  const answer = await reach('/field/v1/notifications', { cache: 'no-store' });
  if (answer.status === 409) return undefined;
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  return (await answer.json() as { key: string }).key;
}

const base64url = (raw: ArrayBuffer | null) => btoa(String.fromCharCode(...new Uint8Array(raw ?? []))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

/** This browser's subscription with the platform's key; one with another key, of another platform or of before, makes way for it. */
async function subscribed(registration: ServiceWorkerRegistration, key: string): Promise<PushSubscription> {
  const before = await registration.pushManager.getSubscription();
  if (before && base64url(before.options.applicationServerKey) === key) return before;
  await before?.unsubscribe();
  return registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
}

/** Subscribes this browser, and tells the platform so. false: the platform shows no notifications. */
export async function ring(device: string, registration: ServiceWorkerRegistration, reach: Reach): Promise<boolean> {
  const key = await offer(reach);
  if (key === undefined) return false;
  const { endpoint, keys } = (await subscribed(registration, key)).toJSON();
  const answer = await reach(address(device), { method: 'PUT', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ endpoint, p256dh: keys?.['p256dh'], auth: keys?.['auth'] }) });
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  await keep({ device, told: Date.now() });
  return true;
}

const registered = async () => ('serviceWorker' in navigator ? navigator.serviceWorker.getRegistration('/field') : undefined);

/** Ends this browser's notifications at once: its push service takes none any more. The platform hears of it at the next exchange. */
export async function silence() {
  const registration = await registered(), kept = await bell();
  if (kept) await keep({ ...kept, over: true });
  if (registration && 'pushManager' in registration) await (await registration.pushManager.getSubscription())?.unsubscribe();
}

/** Tells the platform what it has not heard yet of this device's notifications. */
export async function renewBell(device: string, reach: Reach, now = Date.now()) {
  const kept = await bell();
  if (!kept) return;
  if (kept.over || kept.device !== device || Notification.permission !== 'granted') {
    const answer = await reach(address(kept.device), { method: 'DELETE' });
    if (answer.ok) await (await store()).delete('facts', bellKey);
    return;
  }
  const registration = await registered();
  if (registration && (kept.told > now || kept.told < now - often)) await ring(device, registration, reach);
}

/** How it stands with notifications on this device. */
export type Standing = 'unsupported' | 'denied' | 'off' | 'on';

export async function standing(device: string): Promise<Standing> {
  if (!('serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window)) return 'unsupported';
  if (Notification.permission === 'denied') return 'denied';
  const kept = await bell();
  if (!kept || kept.over || kept.device !== device || Notification.permission !== 'granted') return 'off';
  return (await (await registered())?.pushManager.getSubscription()) ? 'on' : 'off';
}

/** Asks for permission, which a browser allows on a press only, and subscribes. */
export async function switchOn(device: string, reach: Reach): Promise<Standing | 'not_offered'> {
  if (await Notification.requestPermission() !== 'granted') return Notification.permission === 'denied' ? 'denied' : 'off';
  return (await ring(device, await navigator.serviceWorker.ready, reach)) ? 'on' : 'not_offered';
}
