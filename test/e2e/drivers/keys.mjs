// Somebody who has no mouse: what they press, and where the focus is.

const reachable = 'button:enabled, input:enabled:not([type=radio]:not(:checked)), select:enabled, textarea:enabled, summary, a[href]';

/** Runs in the page: whether something that is seen has the focus, and is seen to have it. */
const seen = () => {
  const at = document.activeElement;
  return at !== null && at !== document.body && at.getClientRects().length > 0 && at.matches(':focus-visible');
};

export const keys = (page) => {
  const patience = { timeout: 10_000 };
  const where = () => page.evaluate(() => document.activeElement?.outerHTML.slice(0, 160));
  const visible = (after) => page.waitForFunction(seen, undefined, patience).catch(async () => { throw new Error(`after ${after} the focus is at ${await where()}`); });
  const self = {
    /** From here on a mouse or a finger is a complaint. */
    alone: () => page.evaluate(() => { for (const kind of ['mousedown', 'pointerdown', 'touchstart']) addEventListener(kind, () => console.error(`a ${kind}`), true); }),
    /** Presses keys one after another; after each, where the focus is can be seen. */
    press: async (...all) => { for (const key of all) { await page.keyboard.press(key); await visible(key); } },
    type: (words) => page.keyboard.type(words),
    /** Waits until the focus is there. */
    at: (selector, what = selector) => page.waitForFunction((s) => document.activeElement?.matches(s), selector, patience).catch(async () => { throw new Error(`${what}: the focus is at ${await where()}`); }),
    is: (selector) => page.evaluate((s) => document.activeElement?.matches(s) === true, selector),
    words: () => page.evaluate(() => document.activeElement?.textContent ?? ''),
    /** Goes on until something has the focus. */
    tab: async (arrived, most = 40) => {
      for (let i = 0; i < most; i++) { if (await arrived()) return; await self.press('Tab'); }
      throw new Error(`it cannot be reached from ${await where()}`);
    },
    /** What can be pressed or filled in within a part of the page, and Tab never comes to from its first one. */
    missed: async (part) => {
      await page.evaluate(([within, what]) => {
        const all = [...document.querySelectorAll(within)].flatMap((el) => [...el.querySelectorAll(what)]).filter((el) => el.checkVisibility({ contentVisibilityAuto: true, visibilityProperty: true }));
        globalThis.unseen = new Set(all);
        all[0]?.focus();
      }, [part, reachable]);
      for (let i = 0; i < 150; i++) {
        const left = await page.evaluate(() => { globalThis.unseen.delete(document.activeElement); return [...globalThis.unseen].filter((el) => el.isConnected).map((el) => el.outerHTML.slice(0, 120)); });
        if (left.length === 0) return [];
        if (i === 149) return left;
        await page.keyboard.press('Tab');
      }
    },
  };
  return self;
};
