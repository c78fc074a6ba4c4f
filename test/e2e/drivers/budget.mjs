// What a browser tells about how long something took, and how much it moved.

/** The value that a share of all is at most. */
export const percentile = (all, share) => all.toSorted((a, b) => a - b)[Math.min(all.length - 1, Math.ceil(all.length * share) - 1)] ?? NaN;

/** Lighthouse's mobile preset: 150 ms there and back, 1.6 Mbit/s, a quarter of this machine's speed. */
export async function onAPhone(page) {
  const slow = await page.context().newCDPSession(page);
  await slow.send('Network.enable');
  await slow.send('Network.emulateNetworkConditions', { offline: false, latency: 150, downloadThroughput: 1.6e6 / 8, uploadThroughput: 750e3 / 8 });
  await slow.send('Emulation.setCPUThrottlingRate', { rate: 4 });
}

/** Counts what a page moves, heads included; gives kilobytes. */
export async function transferred(page) {
  const line = await page.context().newCDPSession(page);
  let bytes = 0;
  line.on('Network.loadingFinished', (e) => { bytes += e.encodedDataLength; });
  await line.send('Network.enable');
  return () => bytes / 1000;
}

/** Before a page is opened: it notes when a control is there. */
export const awaits = (page, control) => page.addInitScript((selector) => {
  new MutationObserver((_, seen) => { if (document.querySelector(selector)) { globalThis.arrived = performance.now(); seen.disconnect(); } }).observe(document, { subtree: true, childList: true });
}, control);

/** Seconds from the navigation until that control is there, something is painted, and the last long task before a second of quiet is over. */
export const interactive = (page) => page.evaluate(() => new Promise((resolve) => {
  let last = Math.max(globalThis.arrived, ...performance.getEntriesByName('first-contentful-paint').map((e) => e.startTime));
  new PerformanceObserver((list) => { for (const e of list.getEntries()) last = Math.max(last, e.startTime + e.duration); }).observe({ type: 'longtask', buffered: true });
  const look = () => { if (performance.now() - last > 1_000) resolve(last / 1000); else setTimeout(look, 100); };
  look();
}));

/** Milliseconds from a key until the page has painted what stands open now. */
export async function painted(page, key) {
  await page.evaluate(() => {
    const open = () => document.querySelector('.row-item.open .line.quiet')?.textContent.split(' ')[0];
    const was = open();
    globalThis.painted = new Promise((resolve) => {
      addEventListener('keydown', (e) => {
        const look = () => {
          const number = open();
          if (number === was || !document.querySelector('.detail .kicker')?.textContent.includes(` ${number}`)) return;
          changes.disconnect();
          requestAnimationFrame(() => { const after = new MessageChannel(); after.port1.onmessage = () => resolve(performance.now() - e.timeStamp); after.port2.postMessage(0); });
        };
        const changes = new MutationObserver(look);
        changes.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
      }, { once: true, capture: true });
    });
  });
  await page.keyboard.press(key);
  return page.evaluate(() => globalThis.painted);
}

const scripts = new Set(['FireAnimationFrame', 'EventDispatch', 'FunctionCall', 'TimerFire', 'RunMicrotasks', 'HandlePostMessage', 'v8.callFunction']);

/** Milliseconds of script of each frame while somebody does something on the map: everything that ran since the frame before it. */
export async function frames(page, does) {
  const box = await page.locator('.map canvas').boundingBox(), trace = await page.context().newCDPSession(page), events = [];
  trace.on('Tracing.dataCollected', ({ value }) => events.push(...value));
  await trace.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories: ['devtools.timeline', 'v8'] } });
  await does(box);
  const whole = new Promise((resolve) => { trace.once('Tracing.tracingComplete', resolve); });
  await trace.send('Tracing.end');
  await whole;
  const drawing = {};
  for (const e of events) if (e.name === 'FireAnimationFrame') drawing[`${e.pid} ${e.tid}`] = (drawing[`${e.pid} ${e.tid}`] ?? 0) + 1;
  const [thread] = Object.entries(drawing).toSorted(([, a], [, b]) => b - a)[0];
  const all = [];
  let until = 0, last = -Infinity;
  for (const e of events.filter((x) => x.ph === 'X' && scripts.has(x.name) && `${x.pid} ${x.tid}` === thread).toSorted((a, b) => a.ts - b.ts || b.dur - a.dur)) {
    if (e.ts < until) continue; // part of what was counted already
    until = e.ts + e.dur;
    // Several callbacks within two milliseconds are one frame's.
    if (e.name === 'FireAnimationFrame' && e.ts - last > 2_000) { all.push(0); }
    if (e.name === 'FireAnimationFrame') last = until;
    if (all.length > 0) all[all.length - 1] += e.dur / 1000;
  }
  return all;
}
