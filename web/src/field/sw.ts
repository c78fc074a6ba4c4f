/// <reference lib="webworker" />
import { createHandlerBoundToURL, precacheAndRoute, cleanupOutdatedCaches } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import { bell, ring, tellAgain } from './bell.ts';
import { shown, within } from './shown.ts';

declare const self: ServiceWorkerGlobalScope & { __WB_MANIFEST: { url: string; revision: string | null }[] };

// The page and what it loads are kept on the device, so that it opens without a network. What the platform tells is not kept
// here: the page keeps it itself, whole and dated.
precacheAndRoute(self.__WB_MANIFEST);
cleanupOutdatedCaches();
registerRoute(new NavigationRoute(createHandlerBoundToURL('/field'), { allowlist: [/^\/field(?:\/(?!v1\/).*)?$/] }));

const pages = async () => (await self.clients.matchAll({ type: 'window', includeUncontrolled: true })) as WindowClient[];
const pathOf = (url: string) => new URL(url, self.location.origin).pathname;

/** Shows a notification, whatever the page is doing, and lets an open page fetch what it is about. */
async function show(text: string | undefined) {
  const { title, options } = shown(text);
  await self.registration.showNotification(title, options);
  for (const page of await pages()) if (pathOf(page.url) === '/field') page.postMessage({ sync: true }, []);
}

/** Leads to what a notification is about: in a page that stands open, or in a new one. */
async function lead(open: string) {
  const page = (await pages()).find((p) => pathOf(p.url) === pathOf(open));
  if (!page) return void await self.clients.openWindow(open);
  page.postMessage({ open }, []);
  await page.focus();
}

/** Tells the platform of the subscription that the browser has made in another's place; the page does it when this cannot. */
async function renew() {
  const kept = await bell();
  if (kept && !kept.over) await ring(kept.device, self.registration, (url, init) => fetch(url, init)).catch(tellAgain);
}

self.addEventListener('push', (e) => e.waitUntil(show(e.data?.text())));
self.addEventListener('notificationclick', (e) => {
  e.notification.close();
  e.waitUntil(lead(within((e.notification.data as { open?: unknown } | null)?.open)));
});
self.addEventListener('pushsubscriptionchange', (e) => (e as ExtendableEvent).waitUntil(renew()));
