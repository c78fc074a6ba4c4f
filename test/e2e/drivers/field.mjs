import { picture } from './browser.mjs';

/** An item of a checklist, by its question. */
const item = (page, question) => page.locator('.checklist fieldset', { has: page.locator('legend', { hasText: question }) });

/** A grid worker with a handheld. */
export const field = (page) => ({
  open: async (who) => {
    await page.goto('/field');
    await page.locator('input[autocomplete=username]').fill(who.login);
    await page.locator('input[type=password]').fill(who.password);
    await page.locator('form button[type=submit]').click();
    await page.locator('.handheld').waitFor();
  },
  /** Waits until the device keeps the page itself. */
  installed: () => page.evaluate(async () => { await navigator.serviceWorker.ready; }),
  choose: (words) => page.locator('.duties button', { hasText: words }).first().click(),
  photograph: async (grain) => { await page.setInputFiles('.camera input', await picture(page, grain)); await page.locator('.camera span', { hasText: '已拍' }).waitFor(); },
  answer: (words) => page.locator('.answers button', { hasText: words }).click(),
  /** Of a task that stands open: what it can go on by. */
  handOn: () => page.locator('.hand-on summary').click(),
  givesBack: async (reason) => {
    await page.locator('.hand-on select').last().selectOption(reason);
    await page.locator('.hand-on button', { hasText: '交回街道' }).click();
  },
  offers: async (name) => {
    await page.locator('.hand-on option', { hasText: name }).waitFor({ state: 'attached' });
    await page.locator('.hand-on select').first().selectOption({ label: name });
    await page.locator('.hand-on button', { hasText: '请他接手' }).click();
  },
  free: (n) => page.locator('.free summary', { hasText: `可认领 ${n} 件` }).click(),
  /** Waits until so much is to be done. */
  left: (n) => page.locator('.foot button', { hasText: new RegExp(`任务 ${n}$`, 'u') }).waitFor(),
  nothingLeft: () => page.locator('.blank', { hasText: '没有要做的' }).waitFor(),
  outbox: () => page.locator('.foot button', { hasText: '发件箱' }).click(),
  is: (words) => page.locator('.outbox li', { hasText: words }).waitFor(),
  around: async () => { await page.locator('.foot button', { hasText: '地图' }).click(); await page.locator('.around .map[aria-busy=false]').waitFor(); },
  pressesTheMiddle: async () => { const { x, y, width, height } = await page.locator('.around canvas').boundingBox(); await page.mouse.click(x + width / 2, y + height / 2); },
  isTold: (words) => page.locator('.around .told', { hasText: words }).waitFor(),
  badge: async () => { await page.locator('.head button[aria-pressed]').click(); await page.locator('.badge .qr').waitFor(); return page.locator('.badge a').getAttribute('href'); },
  badgeSays: (words) => page.locator('.badge output', { hasText: words }).waitFor(),
  bell: (words) => page.locator('.bell output', { hasText: words }).waitFor(),
  /** Presses the switch for notifications, and returns what the platform answers. */
  rings: async (method = 'PUT') => {
    const answered = page.waitForResponse((r) => r.url().includes('/field/v1/notifications/') && r.request().method() === method);
    await page.locator('.switch:enabled').click();
    return (await answered).status();
  },
  help: () => page.locator('.foot .sos').click(),
  /** Holds the button as long as it takes, with the finger or the keyboard. */
  hold: async () => {
    await page.locator('.hold').focus();
    await page.keyboard.down('Space');
    await page.locator('.alarm').waitFor();
    await page.keyboard.up('Space');
  },
  letGo: async () => { const box = await page.locator('.hold').boundingBox(); await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2); await page.mouse.down(); await page.locator('.hold.holding').waitFor(); await page.mouse.up(); },
  called: (words) => page.locator('.alarm', { hasText: words }).first().waitFor(),
  noAlarm: () => page.locator('.alarm').waitFor({ state: 'detached' }),
  says: (words) => page.locator('.help', { hasText: words }).waitFor(),
  line: (words) => page.locator('.line-state', { hasText: words }).waitFor(),
  asks: (question) => item(page, question).isVisible(),
  presses: (question, words) => item(page, question).locator('button', { hasText: words }).first().click(),
  chooses: async (question, words) => { for (const word of words) await item(page, question).locator('.chips button', { hasText: word }).click(); },
  fills: (question, text) => item(page, question).locator('input').fill(text),
  filled: async (question) => { await item(page, question).locator('input').waitFor(); return item(page, question).locator('input').inputValue(); },
  signs: async (question) => {
    const pad = item(page, question).locator('canvas');
    await pad.scrollIntoViewIfNeeded();
    const { x, y } = await pad.boundingBox();
    await page.mouse.move(x + 30, y + 40);
    await page.mouse.down();
    for (let i = 0; i < 20; i++) await page.mouse.move(x + 30 + i * 8, y + 40 + (i % 4) * 10);
    await page.mouse.up();
    await item(page, question).locator('.signed', { hasText: '已签' }).waitFor();
  },
  submits: () => page.locator('.checklist > .main').click(),
  came: async (grade) => { await page.locator('.result .tag', { hasText: grade }).waitFor(); await page.locator('.result .main').click(); },
  /** Reports what was found on the way. */
  finds: async (words, withPhoto) => {
    await page.locator('.foot .report').click();
    if (withPhoto) await page.locator('.camera').waitFor().then(() => field(page).photograph(true));
    await page.locator('form.duty textarea').fill(words);
    await page.locator('form.duty button[type=submit]:enabled').click();
    await page.locator('.outbox li', { hasText: words }).first().waitFor();
  },
  /** Waits until so many things of the outbox say so, and no more. */
  say: (n, words) => page.waitForFunction(([many, said]) => [...document.querySelectorAll('.outbox li')].filter((li) => li.innerText.includes(said)).length === many, [n, words]),
  count: (words) => page.locator('.outbox li', { hasText: words }).count(),
  /** The SHA-256 of every photo that was taken, or of those whose bytes are still on the device. */
  photos: (held = false) => page.evaluate(async (onlyHeld) => {
    const db = await new Promise((resolve, reject) => { const open = indexedDB.open('gridwork-field'); open.onsuccess = () => resolve(open.result); open.onerror = () => reject(open.error); });
    const all = await new Promise((resolve, reject) => { const asked = db.transaction('outbox').objectStore('outbox').getAll(); asked.onsuccess = () => resolve(asked.result); asked.onerror = () => reject(asked.error); });
    db.close();
    return all.flatMap((op) => (onlyHeld ? op.photos : JSON.parse(op.body).photos ?? [])).map((p) => p.sha256).toSorted();
  }, held),
});
