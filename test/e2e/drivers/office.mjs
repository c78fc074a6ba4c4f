import { picture } from './browser.mjs';

/** Whoever signs in at a desk. */
export const signIn = async (page, path, who) => {
  await page.goto(path);
  await page.locator('input[autocomplete=username]').fill(who.login);
  await page.locator('input[type=password]').fill(who.password);
  await page.locator('form button[type=submit]').click();
  await page.locator('.bar').waitFor();
};

/** The dispatcher's desk, by keyboard alone. */
export const desk = (page) => ({
  open: (who) => signIn(page, '/desk', who),
  press: (key) => page.keyboard.press(key),
  /** Goes down the list until the one with these words stands open. */
  find: async (words) => {
    await page.locator('.row-item', { hasText: words }).first().waitFor();
    for (let i = 0; i < 30; i++) {
      if ((await page.locator('.row-item.open').innerText()).includes(words)) break;
      await page.keyboard.press('j');
    }
    await page.locator('.detail .said', { hasText: words }).first().waitFor();
    // Keys act on what stands there: before the standards are read, there is nothing to file by.
    await page.locator('.decide .button.main:enabled').waitFor();
  },
  gone: (words) => page.locator('.row-item', { hasText: words }).waitFor({ state: 'detached' }),
  there: (words) => page.locator('.row-item', { hasText: words }).waitFor(),
  alarm: (words) => page.locator('.alarms .alarm', { hasText: words }).waitFor(),
  endAlarm: async (outcome, note) => {
    await page.locator('.alarms .row button', { hasText: '解除' }).click();
    await page.locator('.alarms select').selectOption(outcome);
    await page.locator('.alarms input').fill(note);
    await page.locator('.alarms form button[type=submit]').click();
    await page.locator('.alarms .alarm').waitFor({ state: 'detached' });
  },
  undoOffered: () => page.locator('.undo li').first().waitFor(),
});

/** A case as desk and department see it, and what they do with it. */
export const work = (page) => ({
  open: async (words) => { await page.locator('.row-item > button', { hasText: words }).first().click(); await page.locator('.detail .whole').waitFor(); },
  tab: (name) => page.locator('.tabs button', { hasText: name }).click(),
  act: async (name, fill = async () => {}) => {
    await page.locator('.acts .row button', { hasText: name }).click();
    await fill(page.locator('form.act'));
    await page.locator('form.act button[type=submit]').click();
    const refusal = page.locator('form.act .notice');
    await Promise.race([page.locator('form.act').waitFor({ state: 'detached' }), refusal.waitFor().then(async () => { throw new Error(`${name}: ${await refusal.innerText()}`); }, () => {})]);
  },
  state: () => page.locator('.detail .kicker .tag').innerText(),
  /** Waits until the case is in a state. */
  becomes: (state) => page.locator('.detail .kicker .tag', { hasText: state }).waitFor(),
  first: (form) => form.locator('select').selectOption({ index: 1 }),
  photo: async (form) => { await form.locator('input[type=file]').setInputFiles(await picture(page)); },
});
