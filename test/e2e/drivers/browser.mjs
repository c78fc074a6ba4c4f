// The one file that knows the browser's library. A spec has people; each has a page of their own, on a phone or a desk.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const sizes = { phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }, desk: { viewport: { width: 1440, height: 900 } } };

// Nothing of the browser itself may look for a network.
const quiet = ['--no-sandbox', '--disable-gpu', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync'];

export const url = process.env.GRIDWORK_URL;
export const given = JSON.parse(process.env.GIVEN ?? '{}');

/** Runs in every page before its own scripts, and complains of what the policy has stopped and of what no page of ours makes: an element that
 * somebody's words have become. */
function watch() {
  addEventListener('securitypolicyviolation', (e) => console.error(`against the policy: ${e.violatedDirective} ${e.blockedURI} ${e.sample}`));
  const ours = `${location.origin}/assets/`;
  const look = (el) => {
    const wrong = /^(?:iframe|frame|object|embed|base|foreignobject|animate)$/i.test(el.localName) || el.hasAttribute('data-born') || (el.localName === 'script' && !el.src.startsWith(ours))
      || [...el.attributes].some(({ name, value }) => /^on|^srcdoc$/i.test(name) || (/^(?:xlink:)?href$|^src$|action$/i.test(name) && /^\s*(?:javascript|data:text)/i.test(value)));
    if (wrong) console.error(`born of words: ${el.outerHTML.slice(0, 160)}`);
  };
  new MutationObserver((changes) => {
    for (const { target, addedNodes, type } of changes) {
      if (type === 'attributes') look(target);
      for (const node of addedNodes) if (node.nodeType === Node.ELEMENT_NODE) { look(node); node.querySelectorAll('*').forEach(look); }
    }
  }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['href', 'src', 'srcdoc', 'action', 'formaction', 'onload', 'onerror', 'onclick'] });
}

/** Runs a spec with a browser, and fails it when a page has complained of anything. refused: answers of 4xx are what its person is after. With SHOTS=folder,
 * pictures of all pages are left there when a story breaks. */
export async function play(spec) {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: quiet });
  const complaints = [];
  const person = async (name, { on = 'desk', language = 'zh-CN', refused = false } = {}) => {
    const context = await browser.newContext({ ...sizes[on], baseURL: url, locale: language, timezoneId: 'Asia/Shanghai', permissions: ['geolocation'], ...(given.at ? { geolocation: given.at } : {}) });
    context.setDefaultTimeout(60_000);
    await context.addInitScript(watch);
    const meant = refused ? /ERR_INTERNET_DISCONNECTED|ERR_FAILED|status of 4/ : /ERR_INTERNET_DISCONNECTED|ERR_FAILED/;
    context.on('page', (page) => {
      page.on('pageerror', (e) => complaints.push(`${name}: ${e.message}`));
      page.on('console', (m) => { if (m.type() === 'error' && !meant.test(m.text())) complaints.push(`${name}: ${m.text()} (${m.location().url})`); });
      page.on('dialog', (d) => { complaints.push(`${name}: a dialog says ${d.message()}`); void d.dismiss(); });
    });
    return context.newPage();
  };
  let failed;
  try {
    await spec(person);
  } catch (problem) {
    failed = problem;
    if (process.env.SHOTS) for (const [i, page] of browser.contexts().flatMap((c) => c.pages()).entries()) await page.screenshot({ path: `${process.env.SHOTS}/${i}.png` });
  }
  await browser.close();
  if (complaints.length > 0) throw new Error(`the pages complained:\n${complaints.join('\n')}`, { cause: failed });
  if (failed) throw failed;
}

/** What keeps somebody from using this page: WCAG 2.2 A and AA. */
export async function barriers(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }));
  return violations.map((v) => `${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join(' | ')}`);
}

/** A picture as a camera makes it, in a few kilobytes; with grain, one like no other, in half a megabyte. */
export async function picture(page, grain = false) {
  const address = await page.evaluate(async (grained) => {
    const canvas = new OffscreenCanvas(1200, 900), pen = canvas.getContext('2d');
    for (let i = 0; i < 60; i++) { pen.fillStyle = `hsl(${(i * 47) % 360} 40% 50%)`; pen.fillRect((i * 97) % 1200, (i * 53) % 900, 160, 120); }
    if (grained) {
      const all = pen.getImageData(0, 0, 1200, 900);
      for (let i = 0; i < all.data.length; i++) if (i % 4 < 3) all.data[i] += Math.random() * 160 - 80;
      pen.putImageData(all, 0, 0);
    }
    const made = await canvas.convertToBlob({ type: grained ? 'image/jpeg' : 'image/png', quality: 0.9 });
    // As one text: a list of so many numbers takes the driver ten seconds.
    return new Promise((resolve) => { const reader = new FileReader(); reader.onload = () => resolve(reader.result); reader.readAsDataURL(made); });
  }, grain);
  return { name: '<img src=x onerror=alert(1)>.png', mimeType: 'image/png', buffer: Buffer.from(address.slice(address.indexOf(',') + 1), 'base64') };
}

export function equal(got, want, what) {
  if (got !== want) throw new Error(`${what}: ${JSON.stringify(got)} instead of ${JSON.stringify(want)}`);
}
