// A grid worker switches notifications on at the handheld. What is sent is shown in its words although the page does nothing, takes the place of an older
// one of its tag, and leads to what it is about; then they are switched off.
import { barriers, equal, given, play } from '../drivers/browser.mjs';
import { field } from '../drivers/field.mjs';
import { pushed } from '../drivers/pushed.mjs';

await play(async (person) => {
  const phone = await person('the worker', { on: 'phone' }), worker = field(phone), service = await pushed(phone);
  await worker.open(given.worker);
  await worker.line('已同步');
  await worker.installed();
  await worker.badge();
  await worker.bell('未开启');
  equal(await worker.rings(), 204, 'the platform is told');
  await worker.bell('已开启');
  equal((await barriers(phone)).join('\n'), '', 'what keeps somebody from switching them');

  await phone.locator('.foot button', { hasText: '上报' }).click();
  await service.deliver(given.push);
  await service.deliver(given.push);
  await service.deliver('no message of this release'); // whatever comes has to be shown
  await service.shows([given.text, '有新消息 · There is a new message']);
  await service.press(given.text);
  await phone.locator('.duty', { hasText: given.words }).waitFor();

  await worker.badge();
  equal(await worker.rings('DELETE'), 204, 'the platform is told that they are over');
  await worker.bell('未开启');
});
