import { signIn } from './office.mjs';

/** The administrators' page: its sections by their addresses, and what is done there. */
export const admin = (page) => {
  const see = (selector, text) => page.locator(selector, text === undefined ? {} : { hasText: text }).first().waitFor();
  return {
    open: (who) => signIn(page, '/admin', who),
    at: async (hash) => {
      await page.evaluate((to) => { location.hash = to; }, hash);
      await page.locator(`.sections a[aria-current][href="#${hash.split('/')[0]}"]`).waitFor();
      await page.locator('main.section .blank[aria-live]').waitFor({ state: 'detached' });
      await page.locator('main.section h2').first().waitFor();
    },
    see,
    press: (text) => page.getByRole('button', { name: text, exact: true }).first().click(),

    /** Begins a draft as a copy of the version that is looked at. */
    draft: async (note) => {
      await page.locator('.acts button', { hasText: '以此起草新版' }).click();
      await page.locator('form.act input').fill(note);
      await page.locator('form.act button[type=submit]').click();
      await see('.version .standing.draft', '草稿');
    },
    /** Sends what a rule of the draft fits to another department. */
    send: async (rule, department) => {
      await page.locator('.rules tr', { hasText: rule }).getByRole('button', { name: '改' }).click();
      await page.locator('.rule-form label', { hasText: '主办' }).locator('select').selectOption({ label: department });
      await page.locator('.rule-form button[type=submit]').click();
    },
    store: async () => { await page.locator('.keep button[type=submit]').click(); await page.locator('.keep').waitFor({ state: 'detached' }); },
    publish: async () => {
      await page.locator('.acts .row button', { hasText: '发布' }).click();
      await page.locator('form.act button[type=submit]').click();
      await see('.version .standing.inForce', '现行');
    },

    /** Says what a plan for red premises is to be, and tries it out. */
    plans: async ({ name, region, checklist, kind, from }) => {
      const field = (label) => page.locator('form.acts label.field', { hasText: label }).locator('input, select');
      await field('名称').fill(name);
      await page.locator('.picker input').fill(region);
      await page.locator('.picker .matches button').first().click();
      await field('检查表').selectOption({ index: await field('检查表').locator('option').allTextContents().then((all) => all.findIndex((o) => o.includes(checklist))) });
      await field('哪类场所').fill(kind);
      await field('第一期开始').fill(from);
      await page.locator('form.acts button[type=submit]', { hasText: '预览' }).click();
    },

    /** Makes the next day that working time runs on a day of rest, in an edit that is not published. */
    closeNextWorkday: async (name) => {
      const day = new Date();
      if (Number(day.toLocaleString('en', { hour: 'numeric', hourCycle: 'h23', timeZone: 'Asia/Shanghai' })) >= 12) day.setDate(day.getDate() + 1);
      const written = (form) => day.toLocaleDateString('zh-CN', { ...form, timeZone: 'Asia/Shanghai' });
      const cell = () => page.locator(`button.day.open[aria-label^="${written({ year: 'numeric', month: 'long', day: 'numeric' })}"]`);
      for (; ; day.setDate(day.getDate() + 1)) { // the last workday of a year is followed by one on the next year's page
        const year = written({ year: 'numeric' }).slice(0, 4);
        await page.locator('.years a', { hasText: year }).click();
        await page.locator('main.section h2', { hasText: year }).first().waitFor();
        if (await cell().count() > 0) break;
      }
      await cell().click();
      await page.locator('.card-form .field input').fill(name);
      await page.locator('.card-form button[type=submit]').click();
      await see('.pending-edit li', name);
    },
  };
};
