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

/** Runs a spec with a browser, and fails it when a page has complained of anything. */
export async function play(spec) {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: quiet });
  const complaints = [];
  const person = async (name, { on = 'desk', language = 'zh-CN' } = {}) => {
    const context = await browser.newContext({ ...sizes[on], baseURL: url, locale: language, timezoneId: 'Asia/Shanghai', permissions: ['geolocation'], ...(given.at ? { geolocation: given.at } : {}) });
    context.setDefaultTimeout(60_000);
    const page = await context.newPage();
    page.on('pageerror', (e) => complaints.push(`${name}: ${e.message}`));
    page.on('console', (m) => { if (m.type() === 'error' && !/ERR_INTERNET_DISCONNECTED|ERR_FAILED/.test(m.text())) complaints.push(`${name}: ${m.text()} (${m.location().url})`); });
    return page;
  };
  try {
    await spec(person);
  } finally {
    await browser.close();
  }
  if (complaints.length > 0) throw new Error(`the pages complained:\n${complaints.join('\n')}`);
}

/** What keeps somebody from using this page: WCAG 2.2 A and AA. */
export async function barriers(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }));
  return violations.map((v) => `${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160)).join(' | ')}`);
}

/** A picture as a camera makes it, in a few kilobytes. */
export async function picture(page) {
  const bytes = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(1200, 900), pen = canvas.getContext('2d');
    for (let i = 0; i < 60; i++) { pen.fillStyle = `hsl(${(i * 47) % 360} 40% 50%)`; pen.fillRect((i * 97) % 1200, (i * 53) % 900, 160, 120); }
    return Array.from(new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer()));
  });
  return { name: '<img src=x onerror=alert(1)>.png', mimeType: 'image/png', buffer: Buffer.from(bytes) };
}

export function equal(got, want, what) {
  if (got !== want) throw new Error(`${what}: ${JSON.stringify(got)} instead of ${JSON.stringify(want)}`);
}
