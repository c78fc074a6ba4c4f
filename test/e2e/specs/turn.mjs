// A dispatcher's whole turn without a mouse: every key does what the help says, where the focus is can always be seen, and whatever could be
// pressed is reached.
import { barriers, equal, given, play } from '../drivers/browser.mjs';
import { keys } from '../drivers/keys.mjs';
import { desk, work } from '../drivers/office.mjs';
import { tip } from '../drivers/tip.mjs';

const row = '.row-item.open > button';

/** A line on which no answer comes until it goes on. */
const held = async (page) => {
  let resolve;
  const promise = new Promise((done) => { resolve = done; }), where = '**/graphql';
  await page.route(where, async (route) => { await promise; await route.continue(); });
  return { goesOn: () => { resolve(); return page.unroute(where, { behavior: 'wait' }); } };
};

await play(async (person) => {
  const page = await person('the dispatcher'), queue = desk(page), street = work(page), hands = keys(page), { press } = hands;
  /** Goes up and down until the one with these words stands open. */
  const find = async (words) => {
    await queue.there(words);
    for (const key of [...Array(12).fill('k'), ...Array(12).fill('j')]) {
      if ((await page.locator('.row-item.open').allInnerTexts()).join().includes(words)) break;
      await press(key);
    }
    await page.locator('.detail .said', { hasText: words }).first().waitFor();
    await hands.at(row);
  };
  /** Chooses among what can be done with the case that stands open, and fills in its form, field by field. */
  const act = async (name, ...fill) => {
    await page.locator('.acts .row button', { hasText: name }).waitFor();
    await press('g');
    await hands.tab(async () => (await hands.words()).startsWith(name));
    await press('Enter');
    await hands.at('form.act *', name);
    for (const words of fill) {
      if (typeof words === 'string') await hands.type(words);
      else { await page.locator('form.act option').nth(1).waitFor({ state: 'attached' }); await press(words.key); }
      await press('Tab');
    }
    await hands.at('form.act [type=submit]', name);
    await press('Enter');
    await page.locator('form.act').waitFor({ state: 'detached' });
    await press('Shift');
  };
  const whole = async (what) => equal((await hands.missed('.queue, .detail')).join('\n'), '', `what no key comes to ${what}`);

  // Given somebody who signs in by keys,
  await page.goto('/desk');
  await hands.alone();
  await page.locator('input[autocomplete=username]').waitFor();
  await hands.tab(() => hands.is('input[autocomplete=username]'));
  await hands.type(given.dispatcher.login);
  await press('Tab');
  await hands.type(given.dispatcher.password);
  await page.keyboard.press('Enter');
  await hands.at(row, 'the first of the queue');

  // when they look round: help, search, other lists, and what could be pressed,
  await find(given.doubled);
  await page.locator('.duplicates').waitFor();
  await press('?');
  await hands.at('dialog.help *');
  equal((await barriers(page)).join('\n'), '', 'what keeps somebody from the help');
  await press('Escape');
  await hands.at(row, 'after the help');
  await press('/');
  await hands.at('input[type=search]');
  await hands.type(given.refused);
  await queue.gone(given.doubled);
  await press('Enter');
  await hands.at(row, 'after a search');
  await press('/', 'Escape');
  await hands.at(row, 'after a search was given up');
  await find(given.doubled);
  await whole('at a report');
  await press('Escape');
  await hands.at(row);
  await press('Enter');
  await hands.at('.detail', 'what stands open');
  for (const [list, rows] of [['3', row], ['4', '.tabs [aria-pressed=true]'], ['1', row]]) { await press(list); await hands.at(rows, `list ${list}`); }

  // forms that are given up give the focus back,
  for (const key of ['o', 'e', 'r']) { await press(key); await hands.at('form.act *', key); await press('Escape'); await hands.at(row, `${key} given up`); }

  // and two are marked and decided at once.
  await find(given.many[0]);
  await press('x');
  await find(given.many[1]).catch(() => {}); // what stands open is hidden by what is marked
  await press('x', 'g');
  await page.locator('.bulk h2', { hasText: '2' }).waitFor();
  equal(await hands.words(), '都请核实', 'what can be done with two');
  await press('Enter');
  await page.locator('.outcomes li', { hasText: '已完成' }).nth(1).waitFor();
  await press('Escape', 'Escape');
  await page.locator('.bulk').waitFor({ state: 'detached' });

  // What looks the same is looked at and merged; what was merged by mistake is taken back, and merged again.
  await find(given.doubled);
  await page.locator('.duplicates').waitFor();
  await press('b');
  await hands.at('.duplicates');
  await press('m');
  await queue.gone(given.doubled);
  await press('u');
  await find(given.doubled);
  await press('m');
  await queue.gone(given.doubled);

  // One is verified, another filed under a category for which there is no rule, one refused with words.
  await find(given.unclear);
  await press('v');
  await queue.gone(given.unclear);
  await find(given.routed);
  await page.locator('.decide .button.main:enabled').waitFor();
  await press('d');
  await hands.at('#file-as');
  await hands.type(given.category);
  await press('Escape', 'a');
  await queue.gone(given.routed);
  await find(given.refused);
  await press('r');
  await hands.at('form.act input');
  await hands.type('不属于受理范围');
  await press('Enter');
  await queue.gone(given.refused);

  // What comes in meanwhile moves no row until it is asked for.
  const report = tip(await person('the reporter', { on: 'phone' }));
  await report.open();
  await report.say(given.meanwhile);
  await report.choose(given.meant);
  await report.place();
  await report.send();
  await report.code();
  await page.locator('.arrivals').waitFor();
  await press('n');
  await find(given.meanwhile);

  // What waits for a decision: a department by hand, a return, and an end.
  // While that is read, nothing of the list looked at before stands there as if it were it.
  const slow = await held(page);
  await press('2');
  await page.locator('.tabs button[aria-pressed=true]', { hasText: '待我裁决' }).waitFor();
  equal(await page.locator('.row-item').count(), 0, 'rows of another list');
  await slow.goesOn();
  await hands.at(row, 'what is to be decided');
  await page.locator('.row-item, .arrivals', { hasText: new RegExp(`${given.routed}|1 条新的`, 'u') }).first().waitFor();
  await press('n');
  await find(given.routed);
  await act('派遣到部门', { key: 'ArrowDown' }, '没有规则');
  await find(given.returned);
  await whole('at a case');
  await press('Escape');
  await act('不同意退回', '依据不成立');
  await find(given.checked);
  await act('结案', '已核查');
  await street.becomes('已结案');
  await hands.at('.detail, .row-item.open > button', 'after the last');
  await page.locator('.undo').waitFor({ state: 'detached' });
  equal((await barriers(page)).join('\n'), '', 'what keeps somebody out');
});
