// Somebody new is registered by one administrator and made a dispatcher by another, and begins with a password of their own.
import { barriers, given, play } from '../drivers/browser.mjs';
import { admin } from '../drivers/admin.mjs';

await play(async (person) => {
  // Given somebody whom an administrator has registered,
  const desk = await person('the one who asks'), asks = admin(desk);
  await asks.open(given.asks);
  await asks.at('people/new');
  const field = (label) => desk.locator('.card-form label', { hasText: label }).locator('input, select');
  await field('姓名').fill('李新');
  await field('登录账号').fill(given.login);
  await field('岗位').selectOption('DISPATCHER');
  await desk.locator('.picker input').fill(given.region);
  await desk.locator('.matches button').first().click();
  await asks.press('登记并申请岗位');
  const password = await desk.locator('.once .password').innerText();

  // who cannot be granted anything by the one who asked,
  await asks.at('people/requests');
  await asks.see('.requests li', '李新');
  if (await desk.getByRole('button', { name: '批准', exact: true }).count() > 0) throw new Error('whoever asked is offered to decide');

  // when another administrator grants it,
  const other = await person('the one who decides'), decides = admin(other);
  await decides.open(given.decides);
  await decides.at('people/requests');
  await decides.press('批准');
  await decides.see('.blank', '没有待批的申请');

  // then they choose a password of their own at the door, and are at their desk.
  const newcomer = await person('the newcomer');
  await newcomer.goto('/desk');
  await newcomer.locator('input[autocomplete=username]').fill(given.login);
  await newcomer.locator('input[autocomplete=current-password]').fill(password);
  await newcomer.locator('form button[type=submit]').click();
  await newcomer.locator('input[autocomplete=new-password]').fill(given.own);
  const kept = await barriers(newcomer);
  await newcomer.locator('form button[type=submit]').click();
  await newcomer.locator('.desk .bar').waitFor();

  // The log tells all of it, and the page of a person can be used by everybody.
  await decides.at('audit');
  await decides.see('.log code', 'grant.granted');
  await decides.at('people');
  await other.locator('.people input[type=search]').fill(given.login);
  await other.locator('.people ol li a', { hasText: given.login }).click();
  await decides.see('#grants');
  kept.push(...(await barriers(other)));
  if (kept.length > 0) throw new Error(`barriers:\n${kept.join('\n')}`);
});
