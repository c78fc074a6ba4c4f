// A grid worker holds SOS for two seconds. The street's desk and a colleague's handheld show it at once; the colleague is on the
// way, the worker sees who comes, and the duty lead's desk ends it.
import { barriers, equal, given, play } from '../drivers/browser.mjs';
import { field } from '../drivers/field.mjs';
import { keys } from '../drivers/keys.mjs';
import { desk } from '../drivers/office.mjs';

await play(async (person) => {
  const desktop = await person('the dispatcher'), console_ = desk(desktop);
  await console_.open(given.dispatcher);

  const phone = await person('the worker', { on: 'phone' }), worker = field(phone);
  await worker.open(given.worker);
  await worker.line('已同步');
  await worker.help();
  await worker.letGo();
  await worker.says('没有发出');
  equal(await desktop.locator('.alarms .alarm').count(), 0, 'alarms after letting go');
  await worker.hold();
  await worker.called('求助已发出');
  equal((await barriers(phone)).join('\n'), '', 'what keeps somebody from calling for help');

  await console_.alarm('求助');
  await console_.alarm('还没有人答复');
  equal((await barriers(desktop)).join('\n'), '', 'what keeps somebody from seeing the alarm');

  const other = await person('the colleague', { on: 'phone' }), colleague = field(other);
  await colleague.open(given.colleague);
  await colleague.called('求助'); // on whatever page it is
  await colleague.answer('正赶去');
  await colleague.called('您已答复：正赶去');

  await worker.called('正赶来');
  await console_.alarm('正赶去：');
  await keys(desktop).press('s');
  await keys(desktop).at('.alarms button', 'to calls for help');
  await console_.endAlarm('SAFE', '已陪同离开');
  await worker.says('求助已解除');
  await colleague.noAlarm();
});
