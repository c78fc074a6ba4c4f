// The budgets of the pages as figures, one a line: no test fails by them. `go run ./bench/web` starts the platform for it and prints the table.
import { given, play } from '../drivers/browser.mjs';
import { field } from '../drivers/field.mjs';
import { awaits, frames, interactive, onAPhone, painted, percentile, transferred } from '../drivers/budget.mjs';
import { desk, signIn } from '../drivers/office.mjs';

const tell = (name, unit, goal, seen, of = '') => console.log(JSON.stringify({ name, unit, goal, seen, of }));

/** A page that nobody has opened before on a slow phone, some times over. */
async function opened(person, path, control) {
  const all = [];
  for (let i = 0; i < 5; i++) {
    const page = await person('somebody on a slow phone', { on: 'phone' });
    await onAPhone(page);
    await awaits(page, control);
    const moved = await transferred(page);
    await page.goto(path);
    await page.locator(control).waitFor();
    const usable = await interactive(page);
    all.push({ kB: moved(), usable });
    await page.context().close();
  }
  tell(`${path}, transferred`, 'kB', 120, percentile(all.map((o) => o.kB), 0.5), 'median of 5');
  tell(`${path}, interactive on a slow phone`, 's', 2.5, percentile(all.map((o) => o.usable), 0.5), `median of 5, at most ${percentile(all.map((o) => o.usable), 1).toFixed(2)}`);
}

await play(async (person) => {
  await opened(person, '/tip', '.shutter input');
  await opened(person, '/field', 'input[type=password]');

  // A handheld with a shift on it, opened without a network.
  const phone = await person('the grid worker', { on: 'phone', refused: true }), worker = field(phone);
  await worker.open(given.worker);
  await worker.line('已同步');
  await worker.installed();
  await phone.context().setOffline(true);
  const slow = await phone.context().newCDPSession(phone);
  await slow.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  await awaits(phone, '.handheld main');
  const reloads = [];
  for (let i = 0; i < 10; i++) {
    await phone.reload();
    await phone.locator('.handheld main').waitFor();
    reloads.push(await interactive(phone));
  }
  tell('/field opened without a network, a quarter of the speed', 's', 1, percentile(reloads, 0.5), `median of 10, at most ${percentile(reloads, 1).toFixed(2)}`);
  await phone.context().close();

  // A console whose browser has nothing of it yet, with the map drawn.
  const console_ = await person('the dispatcher'), queue = desk(console_);
  const moved = await transferred(console_);
  await queue.open(given.dispatcher);
  await console_.locator('.map canvas').waitFor();
  await console_.locator('.row-item.open').waitFor();
  await console_.waitForLoadState('networkidle').catch(() => {}); // its line stays open
  tell('/desk with its map, transferred', 'kB', 850, moved(), '1');

  // A key, and what stands open is painted.
  const keys = [];
  for (let i = 0; i < 40; i++) {
    await console_.waitForTimeout(500); // whoever decides has looked at it
    keys.push(await painted(console_, 'j'));
  }
  tell('/desk, a key → the next report is painted', 'ms', 100, percentile(keys, 0.95), `p95 of 40, p50 ${percentile(keys, 0.5).toFixed(0)}`);

  // What one files, the other sees.
  const other = await person('the colleague');
  await signIn(other, '/desk', given.colleague);
  await other.keyboard.press('3');
  await other.locator('.row-item').first().waitFor();
  await console_.keyboard.press('1');
  const live = [], ready = () => console_.waitForFunction(() => {
    const number = document.querySelector('.row-item.open .line.quiet')?.textContent.split(' ')[0];
    return document.querySelector('.detail .kicker')?.textContent.includes(` ${number}`) && document.querySelector('.decide .button.main:enabled');
  });
  for (let i = 0; i < 20; i++) {
    await ready();
    await other.keyboard.press('n');
    await other.locator('.arrivals').waitFor({ state: 'detached' });
    const begun = performance.now();
    await console_.keyboard.press('a');
    await other.locator('.arrivals').waitFor();
    live.push((performance.now() - begun) / 1000);
  }
  tell('/desk, filed by one → seen by another', 's', 2, percentile(live, 0.95), `p95 of 20, p50 ${percentile(live, 0.5).toFixed(2)}`);
  await other.context().close();
  await console_.context().close();

  // The whole city on the map, moved about where most is.
  const wide = await person('a dispatcher of the whole city');
  await signIn(wide, '/desk', given.city);
  await wide.locator('.map canvas').waitFor();
  await wide.locator('.row-item.open').waitFor();
  const drawn = await frames(wide, async (box) => {
    for (let round = 0; round < 3; round++) {
      for (const [dx, dy] of [[-300, 0], [0, -250], [300, 0], [0, 250]]) {
        await wide.mouse.move(box.x + box.width / 2 - dx / 2, box.y + box.height / 2 - dy / 2);
        await wide.mouse.down();
        await wide.mouse.move(box.x + box.width / 2 + dx / 2, box.y + box.height / 2 + dy / 2, { steps: 15 });
        await wide.mouse.up();
      }
      for (let i = 0; i < 4; i++) await wide.mouse.wheel(0, round % 2 ? 120 : -120);
    }
  });
  tell('/desk, script of a frame while the map is moved', 'ms', 14, percentile(drawn, 0.95), `p95 of ${drawn.length}, p50 ${percentile(drawn, 0.5).toFixed(1)}`);

  // Tiles that nobody has asked for yet.
  for (let z = 11; z <= 16; z++) {
    const cold = await wide.evaluate(async ([zoom, points]) => {
      const side = 2 ** zoom, known = new Set();
      for (const { coordinates: [lon, north] } of points) {
        const lat = north * Math.PI / 180;
        known.add(`${zoom}/${Math.floor((lon + 180) / 360 * side)}/${Math.floor((1 - Math.asinh(Math.tan(lat)) / Math.PI) / 2 * side)}`);
      }
      const took = [];
      for (const tile of [...known].slice(0, 100)) {
        const begun = performance.now();
        const answer = await fetch(`/field/v1/tiles/${tile}`, { cache: 'no-store' });
        await answer.arrayBuffer();
        if (!answer.ok) throw new Error(`${tile}: ${answer.status}`);
        took.push(performance.now() - begun);
      }
      return took;
    }, [z, given.points]);
    tell(`a tile of zoom ${z} that nobody has kept`, 'ms', 60, percentile(cold, 0.95), `p95 of ${cold.length}, p50 ${percentile(cold, 0.5).toFixed(0)}`);
  }
});
