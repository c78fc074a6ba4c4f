import { picture } from './browser.mjs';

/** A reporter with a phone and thirty seconds. */
export const tip = (page) => ({
  open: () => page.goto('/tip'),
  photograph: async () => { await page.setInputFiles('.shutter input', await picture(page)); await page.waitForSelector('.photos figure img'); },
  say: (words) => page.locator('textarea').fill(words),
  choose: async (words) => {
    await page.locator('.other button').click();
    await page.locator('.everything input').fill(words);
    await page.locator('.everything li button').first().click();
  },
  place: () => page.locator('.where p').innerText(),
  send: () => page.locator('.send button').click(),
  /** Waits until the words are at the server; gives the claim code. */
  code: () => page.locator('.claim').innerText(),
  delivered: () => page.locator('.progress li.done').nth(2).waitFor(),
  kept: () => page.locator('.progress li.done').first().waitFor(),
  follow: async (code) => {
    await page.goto('/tip/track');
    await page.locator('input.claim').fill(code);
    await page.locator('.follow button').click();
    await page.locator('.steps').waitFor();
  },
  stage: () => page.locator('.steps li.now b').innerText(),
  outcome: () => page.locator('.steps .notice b').innerText(),
  rate: async (score) => { await page.locator('.scores label').nth(score - 1).click(); await page.locator('.verdict button').first().click(); },
});
