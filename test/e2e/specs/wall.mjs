// Every number of the wall opens the cases behind it.
import { barriers, given, play } from '../drivers/browser.mjs';
import { signIn } from '../drivers/office.mjs';

await play(async (person) => {
  const page = await person('the supervisor');
  await signIn(page, '/wall', given.supervisor);
  await page.locator('.figure', { hasText: given.measure }).click();
  await page.locator('.behind .row-item', { hasText: given.words }).first().click();
  await page.locator('.behind .whole h2').waitFor();
  const kept = await barriers(page);
  if (kept.length > 0) throw new Error(`barriers:\n${kept.join('\n')}`);
});
