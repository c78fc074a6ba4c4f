// A grid worker fills a form without a network: questions come and go by the answers, and nothing typed is lost meanwhile.
import { barriers, equal, given, play } from '../drivers/browser.mjs';
import { field } from '../drivers/field.mjs';

await play(async (person) => {
  // Given a handheld that has been told what is to be inspected,
  const phone = await person('the grid worker', { on: 'phone' }), worker = field(phone);
  await worker.open(given.worker);
  await worker.line('已同步');
  await worker.installed();
  await worker.choose(given.cell);
  await phone.context().setOffline(true);

  // when the place is one where people sleep, the form asks how many,
  equal(await worker.asks('住几人'), false, 'sleepers are asked for at first');
  await worker.chooses('用途', ['商铺', '住人']);
  await worker.fills('住几人', '3');
  // and not once it is none; what was typed is there again when it is.
  await worker.chooses('用途', ['住人']);
  equal(await worker.asks('住几人'), false, 'sleepers are asked for in a shop');
  await worker.chooses('用途', ['住人']);
  equal(await worker.filled('住几人'), '3', 'sleepers');
  await worker.presses('疏散通道畅通', '合格');
  await worker.presses('燃气阀位置', '用我现在的位置');
  await worker.signs('负责人签名');

  // What is unfinished is there again after the page was opened anew,
  await phone.reload();
  await worker.choose(given.cell);
  equal(await worker.filled('住几人'), '3', 'sleepers in the draft');
  const kept = await barriers(phone);

  // and once it is submitted it says what the place came to, and arrives with the signature.
  await worker.submits();
  await worker.came('良好');
  await phone.context().setOffline(false);
  await worker.outbox();
  await worker.is('照片已核对');
  if (kept.length > 0) throw new Error(`barriers:\n${kept.join('\n')}`);
});
