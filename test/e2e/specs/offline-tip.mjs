// A report that was sent without a network is sent by itself once there is one, photos and all, though the page was closed between.
import { given, play } from '../drivers/browser.mjs';
import { tip } from '../drivers/tip.mjs';

await play(async (person) => {
  const phone = await person('the reporter', { on: 'phone' }), report = tip(phone);
  await report.open();
  await report.photograph();
  await report.say(given.words);
  await phone.locator('.where small').waitFor();
  await phone.route('**/graphql', (route) => route.abort('internetdisconnected'));
  await report.send();
  await report.kept();
  await phone.unroute('**/graphql');
  await phone.reload();
  await report.delivered();
  console.log(JSON.stringify({ code: await report.code() }));
});
