// From a phone to a department and back to the street: four browsers at once.
import { barriers, equal, given, play } from '../drivers/browser.mjs';
import { desk, signIn, work } from '../drivers/office.mjs';
import { tip } from '../drivers/tip.mjs';

const words = '三单元楼道被电动车堵住 <script>alert(1)</script>';

await play(async (person) => {
  // Given a stranger with a phone, who takes a photo, says what it is, and sends;
  const phone = await person('the reporter', { on: 'phone' }), report = tip(phone);
  await report.open();
  await report.photograph();
  await report.say(words);
  await report.choose(given.category);
  if (!(await report.place()).includes('南园街道')) throw new Error(`the place is ${await report.place()}`);
  await report.send();
  const code = await report.code();
  await report.delivered();

  // when the dispatcher finds it in the queue, and files it with one key,
  const console_ = await person('the dispatcher'), queue = desk(console_);
  await queue.open(given.dispatcher);
  await queue.find('三单元楼道');
  equal(await console_.locator('.detail .said').first().innerText(), words, 'what was written is text, whatever it is');
  await console_.locator('.detail .shots img').first().waitFor();
  await queue.press('a');
  await queue.gone('三单元楼道');

  // then the department has it without asking, accepts it and names a handler,
  const inbox = await person('the department'), department = work(inbox);
  await signIn(inbox, '/dept', given.desk);
  await department.open('三单元楼道');
  await department.act('接件', department.first);

  // who reports it as done, with a photo;
  const hands = await person('the handler', { on: 'phone' }), handler = work(hands);
  await signIn(hands, '/dept', given.handler);
  await handler.open('三单元楼道');
  await handler.act('处置反馈', async (form) => { await form.locator('textarea').fill('电动车已清走'); await handler.photo(form); });

  // the department looks at it, and sends it to be checked.
  await department.tab('待自检');
  await department.open('三单元楼道');
  await department.act('送核查');

  // The reporter sees how far it is, and nobody was kept out.
  await report.follow(code);
  equal(await report.stage(), '核实', 'what the reporter reads');
  for (const page of [phone, console_, inbox, hands]) {
    const kept = await barriers(page);
    if (kept.length > 0) throw new Error(`barriers at ${page.url()}:\n${kept.join('\n')}`);
  }
  console.log(JSON.stringify({ code }));
});
