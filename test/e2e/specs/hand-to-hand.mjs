// What somebody cannot do goes on: back to the street without a network, from the desk to a colleague, from that one back as an offer, and from nobody to who claims it.
import { barriers, given, play } from '../drivers/browser.mjs';
import { field } from '../drivers/field.mjs';
import { signIn, work } from '../drivers/office.mjs';

await play(async (person) => {
  const phone = await person('the grid worker', { on: 'phone' }), worker = field(phone);
  const second = await person('the colleague', { on: 'phone' }), colleague = field(second);
  const console_ = await person('the dispatcher'), desk = work(console_);
  await worker.open(given.worker);
  await worker.line('已同步');
  await colleague.open(given.other);
  await colleague.line('已同步');

  // Given back without a network, it leaves the list at once, and reaches the street later,
  await phone.context().setOffline(true);
  await worker.choose(given.first);
  await worker.handOn();
  await worker.givesBack('unsafe');
  await phone.locator('.duties').waitFor();
  await phone.locator('.duties button', { hasText: given.first }).waitFor({ state: 'detached' });
  await phone.context().setOffline(false);
  await worker.outbox();
  await worker.is('已到平台');

  // whose dispatcher sees why, and gives it to the colleague.
  await signIn(console_, '/desk', given.dispatcher);
  await desk.tab('待派巡查');
  await desk.open(given.first);
  await console_.locator('.timeline', { hasText: '现场不安全' }).waitFor();
  const kept = await barriers(console_);
  await console_.locator('form.act option', { hasText: given.otherName }).waitFor({ state: 'attached' });
  await console_.locator('form.act select').selectOption({ label: given.otherName });
  await console_.locator('form.act button[type=submit]').click();
  await console_.locator('.row-item', { hasText: given.first }).waitFor({ state: 'detached' });

  // The colleague asks the first one to take it over after all, who agrees;
  await second.reload();
  await colleague.choose(given.first);
  await colleague.handOn();
  await colleague.offers(given.name);
  await second.locator('.duties .tag', { hasText: '已请同事接手' }).waitFor();
  await phone.reload();
  await worker.choose('同事请您接手');
  kept.push(...await barriers(phone));
  await worker.answer(/^接手$/u);
  await worker.choose(new RegExp(`${given.first}.*巡查：`, 'su'));
  await phone.locator('.checklist').waitFor();
  kept.push(...await barriers(phone));

  // and what the first one gives back again, the colleague claims.
  await worker.handOn();
  await worker.givesBack('no_time');
  await worker.outbox();
  await phone.waitForFunction(() => [...document.querySelectorAll('.outbox li')].filter((li) => li.innerText.includes('已到平台')).length === 3);
  await second.reload();
  await colleague.free(1);
  await second.locator('.free button', { hasText: given.first }).click();
  kept.push(...await barriers(second));
  await colleague.answer(/^认领$/u);
  await colleague.choose(new RegExp(`${given.first}.*巡查：`, 'su'));
  if (kept.length > 0) throw new Error(`barriers:\n${kept.join('\n')}`);
});
