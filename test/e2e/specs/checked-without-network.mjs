// A grid worker checks on the spot without a network; the phone is switched off and on before there is one again.
import { barriers, given, play } from '../drivers/browser.mjs';
import { field } from '../drivers/field.mjs';

await play(async (person) => {
  // Given a handheld that has been told what is to be done,
  const phone = await person('the grid worker', { on: 'phone' }), worker = field(phone);
  await worker.open(given.worker);
  await worker.line('已同步');
  await worker.installed();
  await worker.choose('核查案件');

  // when the network goes, and the check is answered with a photo,
  await phone.context().setOffline(true);
  await worker.photograph();
  await worker.answer('已解决');
  await worker.nothingLeft();

  // and the page is opened anew from the device alone,
  await phone.reload();
  await worker.line('没有网络');
  await worker.outbox();
  await worker.is('已存本机');

  // and the map shows the cells all the same,
  await worker.around();
  await worker.pressesTheMiddle();
  await worker.isTold(/网格 \d{15}/);
  const hidden = await barriers(phone);
  if (hidden.length > 0) throw new Error(`barriers on the map:\n${hidden.join('\n')}`);
  await worker.outbox();

  // then it arrives by itself once there is a network, and the photo with it.
  await phone.context().setOffline(false);
  await worker.is('照片已核对');
  const kept = await barriers(phone);
  if (kept.length > 0) throw new Error(`barriers:\n${kept.join('\n')}`);
});
