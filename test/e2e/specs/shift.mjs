// A grid worker works a whole shift without a network. When there is one again, first the answer of the platform is lost, then the page dies
// again and again with a photo half at the server, and is opened anew from the device alone. In the end everything is at the server.
import { equal, given, play } from '../drivers/browser.mjs';
import { field } from '../drivers/field.mjs';

const all = given.verified + given.found, pictures = given.verified / 2 + given.found / 4;

await play(async (person) => {
  let phone = await person('the grid worker', { on: 'phone' }), worker = field(phone);
  const device = phone.context();
  await worker.open(given.worker);
  await worker.line('已同步');
  await worker.installed();

  // Given a shift's work, done without a network,
  await device.setOffline(true);
  for (let i = 0; i < given.verified; i++) {
    await worker.choose('核实线索');
    if (i % 2 === 0) await worker.photograph(true);
    await worker.answer(i % 3 === 0 ? /^不属实$/u : /^属实$/u);
    await worker.left(given.verified - i - 1);
  }
  await worker.nothingLeft();
  for (let i = 0; i < given.found; i++) await worker.finds(`路面破损 ${i} 号`, i % 4 === 0);
  await worker.outbox();
  await worker.say(all, '已存本机');
  const photos = await worker.photos();
  equal(photos.length, pictures, 'photos that were taken');

  /** The network is there until it swallows something; then the page dies, and what the device holds is opened without one. */
  const dies = async (swallowed) => {
    await device.setOffline(false);
    await swallowed;
    await phone.close();
    await device.setOffline(true);
    phone = await device.newPage();
    worker = field(phone);
    await phone.goto('/field');
    await worker.line('没有网络');
    await worker.outbox();
    await worker.say(all, '');
  };

  // when the platform has taken all of it in, and the page dies before it hears so,
  await dies(new Promise((resolve, reject) => { phone.route('**/field/v1/push', async (route) => { await route.fetch(); resolve(); }).catch(reject); }));
  equal(await worker.count('已存本机'), all, 'what the device believes not to be at the server');

  // and dies with a photo half at the server, another one each time,
  const torn = [];
  for (let i = 0; i < 3; i++) {
    await dies(phone.evaluate((before) => new Promise((resolve) => {
      const real = globalThis.fetch;
      globalThis.fetch = (url, init) => {
        const half = init?.method === 'PATCH' && init.headers['Upload-Offset'] !== '0' && !before.includes(url);
        if (half) resolve(url);
        return half ? new Promise(() => {}) : real(url, init);
      };
    }), torn).then((url) => { torn.push(url); }));
    equal((await worker.photos(true)).length > 0, true, 'whether something is left to be sent');
  }
  equal(new Set(torn).size, 3, 'photos that were torn');

  // then everything arrives, and the phone lets go of its photos.
  await device.setOffline(false);
  await worker.line('已同步');
  await worker.say(pictures, '照片已核对');
  await worker.say(all, '已到平台');
  equal((await worker.photos(true)).length, 0, 'photos that the phone still holds');
  console.log(JSON.stringify({ photos: photos.join(' ') }));
});
