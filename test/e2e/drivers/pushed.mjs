/** In a page before its own scripts: a push service of its own, because a browser that looks for no network reaches none. What it hands out is a real
 * subscription, of a key that nobody has. */
function serves() {
  let made;
  const text = (raw) => btoa(String.fromCharCode(...new Uint8Array(raw))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  const bytes = (coded) => Uint8Array.from(atob(coded.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0)).buffer;
  PushManager.prototype.getSubscription = async () => made ?? null;
  PushManager.prototype.subscribe = async ({ userVisibleOnly, applicationServerKey }) => {
    const pair = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, false, ['deriveBits']);
    const keys = { p256dh: text(await crypto.subtle.exportKey('raw', pair.publicKey)), auth: text(crypto.getRandomValues(new Uint8Array(16))) };
    made = { options: { userVisibleOnly, applicationServerKey: bytes(applicationServerKey) }, toJSON: () => ({ endpoint: 'https://push.example.org/of/a/browser', keys }), unsubscribe: async () => { made = undefined; return true; } };
    return made;
  };
}

/** The push service of a page's browser, and the hand that presses what it shows. */
export async function pushed(page) {
  const context = page.context(), cdp = await context.newCDPSession(page), known = new Map();
  await context.grantPermissions(['geolocation', 'notifications']);
  await page.addInitScript(serves);
  cdp.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => { for (const r of registrations) known.set(r.scopeURL, r.registrationId); });
  await cdp.send('ServiceWorker.enable');
  const worker = () => context.serviceWorkers()[0];
  return {
    /** Delivers what the browser has decrypted. */
    deliver: async (data) => {
      const { origin } = new URL(page.url());
      await cdp.send('ServiceWorker.deliverPushMessage', { origin, registrationId: known.get(`${origin}/field`), data });
    },
    /** Waits until these texts are shown, and nothing else. */
    shows: (texts) => page.waitForFunction(async (want) => {
      const all = await (await navigator.serviceWorker.getRegistration('/field')).getNotifications();
      return all.map((n) => n.body).toSorted().join() === want;
    }, texts.toSorted().join()),
    press: (words) => worker().evaluate(async (said) => {
      const notification = (await self.registration.getNotifications()).find((n) => n.body === said);
      self.dispatchEvent(new NotificationEvent('notificationclick', { notification }));
    }, words),
  };
}
