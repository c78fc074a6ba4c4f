// Every number of the wall opens the cases behind it, and its map tells what was open before.
import { barriers, equal, given, play } from '../drivers/browser.mjs';
import { signIn } from '../drivers/office.mjs';

await play(async (person) => {
  const page = await person('the supervisor');
  await signIn(page, '/wall', given.supervisor);
  const [table] = await Promise.all([page.waitForEvent('download'), page.locator('.take button', { hasText: 'CSV' }).click()]);
  if (!table.suggestedFilename().endsWith('.csv')) throw new Error(`the table is called ${table.suggestedFilename()}`);
  const written = (await (await table.createReadStream()).toArray()).join('');
  if (!written.includes(given.measure)) throw new Error(`the table does not hold ${given.measure}: ${written.slice(0, 200)}`);
  await page.locator('.figure', { hasText: given.measure }).click();
  await page.locator('.behind .row-item', { hasText: given.words }).first().click();
  await page.locator('.behind .whole h2').waitFor();
  await page.locator('.behind header form button').click();
  await page.locator('.stages button').last().click();
  await page.locator('.behind .row-item', { hasText: given.words }).first().waitFor();
  await page.locator('.behind header form button').click();
  await page.locator('.modes button', { hasText: '热度' }).click();
  await page.locator('.legend', { hasText: '每次巡查' }).waitFor();
  await page.locator('.modes button', { hasText: '回放 24 小时' }).click();
  const moment = page.locator('.moments input'), last = Number(await moment.getAttribute('max'));
  equal(Number(await moment.inputValue()), last, 'a playback stands at now');
  await page.locator('.moments button').click();
  await page.locator(`.moments input[value="2"]`).waitFor();
  await page.locator('.moments button').click();
  await moment.press('End');
  await page.locator('.moments .now', { hasText: '在办' }).waitFor();
  const kept = await barriers(page);
  if (kept.length > 0) throw new Error(`barriers:\n${kept.join('\n')}`);
});
