// Every number of the wall opens the cases behind it.
import { barriers, given, play } from '../drivers/browser.mjs';
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
  const kept = await barriers(page);
  if (kept.length > 0) throw new Error(`barriers:\n${kept.join('\n')}`);
});
