// What administrators do with cells, on the map and beside it.
import { signIn } from './office.mjs';

export const cells = (page) => ({
  /** Opens a community's cells. */
  open: (who, community) => signIn(page, `/admin#cells/${community}`, who),
  /** Chooses cells by their last three digits. */
  choose: async (...tails) => { for (const tail of tails) await page.locator('.cell-list label', { hasText: tail }).locator('input').check(); },
  act: (words) => page.locator('.card-form').getByRole('button', { name: words, exact: true }).click(),
  /** Presses on the map, at a share of its width and height; twice at the last place ends a line. */
  draw: async (...places) => {
    const box = await page.locator('.map').boundingBox();
    for (const [x, y] of [...places, places.at(-1)]) {
      await page.mouse.move(box.x + box.width * x, box.y + box.height * y, { steps: 3 });
      await page.mouse.click(box.x + box.width * x, box.y + box.height * y);
    }
  },
  /** The codes that would begin, by their last three digits, once the preview has found nothing wrong. */
  planned: async (n) => {
    await page.locator('.begins li').nth(n - 1).waitFor();
    return page.locator('.begins li b').allInnerTexts();
  },
  moves: () => page.locator('.outcome .counts tbody tr').allInnerTexts(),
  finding: () => page.locator('.outcome .notice li').innerText(),
  publish: (note) => page.locator('.outcome input').last().fill(note).then(() => page.locator('.outcome .button.main').click()),
  /** Waits until an edit has moved everything. */
  done: (words) => page.locator('.progress li.done', { hasText: words }).waitFor(),
  list: () => page.locator('.cell-list label b').allInnerTexts(),
  pending: (words) => page.locator('.progress li.pending', { hasText: words }).waitFor(),
  cancel: (words) => page.locator('.progress li.pending', { hasText: words }).getByRole('button').click(),
  cancelled: (words) => page.locator('.progress li.cancelled', { hasText: words }).waitFor(),
  at: (when) => page.locator('input[type=datetime-local]').fill(when),
});
