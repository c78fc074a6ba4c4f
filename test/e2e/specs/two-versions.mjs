// What a handheld brought home after somebody else had answered stands beside that answer, until a person has decided.
import { barriers, given, play } from '../drivers/browser.mjs';
import { signIn } from '../drivers/office.mjs';

await play(async (person) => {
  const page = await person('the dispatcher');
  await signIn(page, '/desk', given.dispatcher);
  await page.keyboard.press('4');
  await page.locator('.row-item', { hasText: '核实结果' }).waitFor();
  const [mine, theirs] = [page.locator('.versions .pairs section').nth(0), page.locator('.versions .pairs section').nth(1)];
  await mine.locator('dd', { hasText: given.mine }).waitFor();
  await theirs.locator('dd', { hasText: given.theirs }).waitFor();
  const kept = await barriers(page);
  if (kept.length > 0) throw new Error(`barriers:\n${kept.join('\n')}`);
  await page.locator('.versions textarea').fill('两人都去过，以后到的为准');
  await page.getByRole('button', { name: '保留现有' }).click();
  await page.locator('.queue .blank', { hasText: '都已办妥' }).waitFor();
});
