// What was checked on the spot is closed at the desk, and its reporter has the last word.
import { equal, given, play } from '../drivers/browser.mjs';
import { signIn, work } from '../drivers/office.mjs';
import { tip } from '../drivers/tip.mjs';

await play(async (person) => {
  const console_ = await person('the dispatcher'), street = work(console_);
  await signIn(console_, '/desk', given.dispatcher);
  await street.tab('待我裁决');
  await street.open('三单元楼道');
  await street.act('结案');
  await street.becomes('已结案');

  const report = tip(await person('the reporter', { on: 'phone' }));
  await report.follow(given.code);
  equal(await report.outcome(), '已办结并现场核实', 'what the reporter reads');
  await report.rate(5);
});
