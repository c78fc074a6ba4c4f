// Words that would do something in a page that took them for its own are shown on every page that shows them, and are words there.
// Whatever runs, is stopped by the policy, or is born of them is a complaint by itself (drivers/browser.mjs).
import { equal, given, play } from '../drivers/browser.mjs';
import { admin } from '../drivers/admin.mjs';
import { field } from '../drivers/field.mjs';
import { signIn, work } from '../drivers/office.mjs';
import { tip } from '../drivers/tip.mjs';

const { texts } = given;
const odd = encodeURIComponent('<svg data-born onload=alert(1)>');
const plain = (text) => text.replace(/\s+/gu, ' ').trim();

/** Waits until a page shows texts letter by letter, and no wider than it is. It looks by the clock: software draws the maps, and leaves few frames. */
async function shows(page, where, ...names) {
  const wanted = names.map((n) => plain(texts[n] ?? n));
  await page.waitForFunction((all) => { const is = document.body.textContent.replace(/\s+/gu, ' '); return all.every((t) => is.includes(t)); }, wanted, { polling: 100 })
    .catch(async () => { const is = plain(await page.evaluate(() => document.body.textContent)); throw new Error(`${where} does not show ${wanted.filter((t) => !is.includes(t)).join(' | ')}`); });
  const wide = await page.evaluate(() => [document.scrollingElement, ...document.querySelectorAll('.detail, .rows, main, .version, .handheld')].filter((e) => e && e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).overflowX !== 'hidden').map((e) => `${e.localName}.${e.className} ${e.scrollWidth} > ${e.clientWidth}`));
  equal(wide.join(', '), '', `${where} is wider than it is`);
}

// A reporter reads why nothing came of it, and what they wrote of the outcome.
async function reporter(person) {
  const phone = await person('the reporter', { on: 'phone' }), report = tip(phone);
  await report.open();
  await report.photograph();
  await report.follow(given.refusedCode);
  await shows(phone, 'following a report', 'style');
  await report.follow(given.code);
  await shows(phone, 'following a case', 'breaks out');
}

// A dispatcher goes through the queue, what is to be decided, what is in work, and what handhelds sent.
async function dispatcher(person) {
  const console_ = await person('the dispatcher'), street = work(console_);
  await signIn(console_, '/desk', given.dispatcher);
  await shows(console_, 'the queue', ...given.reported);
  for (const row of await console_.locator('.row-item > button').all()) { await row.click(); await console_.locator('.detail .decide').waitFor(); }
  await console_.locator('.row-item', { hasText: texts.svg }).first().locator('input').check();
  await console_.locator('.row-item', { hasText: texts.script }).first().locator('input').check();
  await console_.locator('.bulk .outcomes li').nth(1).waitFor();
  await console_.locator('input[type=search]').fill(texts.entities.slice(0, 40));
  await street.tab('待我裁决');
  await console_.locator('input[type=search]').fill('');
  await street.open(texts.formula);
  await shows(console_, 'a return', 'formula', 'entities');
  await console_.emulateMedia({ media: 'print' });
  await shows(console_, 'a return on paper', 'formula', 'entities');
  await console_.emulateMedia({ media: 'screen' });
  await street.tab('终端来件');
  await console_.locator('.row-item').first().click();
  await shows(console_, 'two versions', 'handler', 'svg');
}

// A department takes its register away, as a table in which no cell counts.
async function department(person) {
  const inbox = await person('the department');
  await signIn(inbox, '/dept', given.desk);
  const register = await inbox.evaluate(async () => { const a = await fetch('/export/cases?as=csv&in=zh'); return { type: a.headers.get('Content-Type'), as: a.headers.get('Content-Disposition'), sniffed: a.headers.get('X-Content-Type-Options'), text: await a.text() }; });
  equal(register.sniffed, 'nosniff', 'the register');
  if (!/^text\/csv/u.test(register.type) || !/^attachment/u.test(register.as)) throw new Error(`the register is ${register.type}, ${register.as}`);
  if (!register.text.includes(`"'${texts.formula.replaceAll('"', '""')}"`)) throw new Error(`the register counts: ${register.text}`);
}

// Whatever is asked for that is not there is answered by words.
async function curious(person) {
  const page = await person('the curious', { refused: true });
  for (const path of [`/${odd}`, `/tip/${odd}?q=${odd}`, `/tip/track#${odd}`, '/tip/track#%E0%A4%A', `/graphql?query=${odd}`, `/export/cases?as=${odd}`, `/photos/${odd}/${odd}`, `/field/v1/${odd}`, `/field/v1/pull?device=${odd}`, `/assets/${odd}.js`]) {
    await page.goto(path).catch((e) => { if (!/ERR_ABORTED|ERR_HTTP_RESPONSE/u.test(e.message)) throw e; });
    const html = await page.evaluate(() => document.contentType);
    if (html === 'text/html' && !path.startsWith('/tip')) throw new Error(`${path} answers with a page`);
  }
  await page.goto('/tip');
  for (const query of [`{ ${texts.svg} }`, `query ($a: ${texts.script}) { me { id } }`, `{ case(id: "${texts.script}") { id } }`]) {
    const { type, body } = await page.evaluate(async (q) => { const a = await fetch('/graphql', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ query: q }) }); return { type: a.headers.get('Content-Type'), body: await a.text() }; }, query);
    if (!/json/u.test(type) || !JSON.parse(body).errors) throw new Error(`${query} is answered with ${type}: ${body}`);
  }
}

// Grid workers see what they are to look at, and who they are.
async function workers(person) {
  const handheld = await person('the worker', { on: 'phone', refused: true });
  await field(handheld).open(given.worker);
  await shows(handheld, 'a handheld', 'script', 'svg');
  const other = await person('the holder', { on: 'phone' }), holder = field(other);
  await holder.open(given.holder);
  await shows(other, 'the duties', 'handler', 'address');
  await holder.choose(texts.address);
  await other.locator('.checklist').waitFor();
}

// A supervisor opens the case behind a number: everybody's words are in it.
async function supervisor(person) {
  const wall = await person('the supervisor');
  await signIn(wall, '/wall', given.supervisor);
  await wall.locator('.figure', { hasText: given.measure }).click();
  await wall.locator('.behind .row-item').first().click();
  await wall.locator('.behind .whole h2').waitFor();
  await shows(wall, 'a case', 'braces', 'backwards', 'endless', 'handler', 'svg', 'script', 'address', 'style');
  await wall.emulateMedia({ media: 'print' });
  await shows(wall, 'a case on paper', 'braces', 'endless');
}

// An administrator looks at people, at what they ask for, at rules, campaigns and the log.
async function administrator(person) {
  const office = await person('the administrator', { refused: true }), manages = admin(office);
  await manages.open(given.admin);
  for (const [hash, ...names] of [['people', 'script', 'svg', 'handler'], ['people/requests', 'handler'], ['rules/2', 'breaks out', 'style'], ['inspections', 'address'], ['audit'], [`people/${odd}`], [`rules/${odd}`], [`cells/${odd}`]]) {
    await manages.at(hash);
    await shows(office, hash, ...names);
  }
  await manages.at('people');
  await office.locator('.people ol li a', { hasText: texts.script }).click();
  await shows(office, 'one of the staff', 'script');
  await office.evaluate(() => { location.hash = '#rules/%E0%A4%A'; });
  await shows(office, 'an address that is none', 'breaks out');
}

// One after another, and each goes when they have looked: seven maps that software draws leave a small machine no time for anything else.
await play(async (person) => {
  for (const looks of [reporter, dispatcher, department, curious, workers, supervisor, administrator]) {
    const pages = [];
    await looks(async (...who) => { pages.push(await person(...who)); return pages.at(-1); });
    await Promise.all(pages.map((page) => page.context().close()));
  }
});
