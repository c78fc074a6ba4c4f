// A slip of the finger is taken back within ten seconds, and the server never hears of it. Meanwhile a colleague sees that somebody is at it.
import { given, play } from '../drivers/browser.mjs';
import { desk } from '../drivers/office.mjs';

await play(async (person) => {
  const page = await person('the dispatcher', { language: 'en-GB' }), queue = desk(page);
  await queue.open(given.dispatcher);
  await queue.find(given.words);
  await queue.press('v');
  await queue.undoOffered();
  await queue.gone(given.words);
  await queue.press('u');
  await queue.there(given.words);

  const beside = await person('the duty lead'), watched = desk(beside);
  await watched.open(given.lead);
  await watched.there(given.words);
  const busy = beside.locator('.row-item', { hasText: given.words }).locator('.on-it', { hasText: '正在看' });
  await busy.waitFor();
  await beside.locator('.detail .kicker .on-it').waitFor();
  await page.locator('.detail .kicker .on-it', { hasText: 'on it' }).waitFor();
  await beside.locator('.bar button', { hasText: 'English' }).click(); // it reaches rows that nothing else has changed
  await beside.locator('.row-item', { hasText: given.words }).locator('.quiet', { hasText: 'Anonymous' }).waitFor();
  await beside.locator('.bar button', { hasText: '中文' }).click();
  await page.goto('about:blank');
  await busy.waitFor({ state: 'detached' });
});
