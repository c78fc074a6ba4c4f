// A dispatcher makes and prints the codes of two shops. The grid worker types the one of the wrong shop during an inspection, without a network;
// the inspection stands, and an administrator who looks at the campaign is told.
import { barriers, equal, given, play } from '../drivers/browser.mjs';
import { admin } from '../drivers/admin.mjs';
import { field } from '../drivers/field.mjs';
import { signIn } from '../drivers/office.mjs';

await play(async (person) => {
  const office = await person('the dispatcher');
  await signIn(office, '/codes', given.dispatcher);
  const row = (name) => office.locator('.codes tr', { hasText: name });
  await row(given.here).locator('input').check();
  await row(given.there).locator('input').check();
  equal((await barriers(office)).join('\n'), '', 'what keeps somebody from choosing');
  await office.locator('.choice .main', { hasText: '制码并打印 2 张' }).click();
  await office.locator('.sheet li', { hasText: given.there }).waitFor();
  const code = await office.locator('.sheet li', { hasText: given.there }).locator('.code').innerText();
  equal(await office.locator('.sheet .qr').count(), 2, 'QR codes on the sheet');
  equal((await barriers(office)).join('\n'), '', 'what keeps somebody from reading the sheet');

  const phone = await person('the worker', { on: 'phone' }), worker = field(phone);
  await worker.open(given.worker);
  await worker.line('已同步');
  await worker.installed();
  await phone.context().setOffline(true);
  await worker.choose(given.here);
  await phone.locator('.door-code input:not([type=file])').fill(code.toLowerCase().replaceAll('-', ' '));
  await phone.locator('.door-code output', { hasText: '已记下' }).waitFor();
  equal((await barriers(phone)).join('\n'), '', 'what keeps somebody from reading a code');
  for (const question of ['疏散通道畅通', '临边有防护']) await worker.presses(question, '合格');
  await worker.fills('房间数', '3');
  await worker.submits();
  await phone.context().setOffline(false);
  await worker.outbox();
  await worker.is('巡查');
  await worker.line('已同步');

  const desk = await person('the administrator'), checks = admin(desk);
  await checks.open(given.admin);
  await checks.at('inspections');
  await checks.see('.odd tr', '别处的码');
  await checks.see('.odd tr', given.there);
  equal((await barriers(desk)).join('\n'), '', 'what keeps somebody from looking into it');

  // Whoever changes the language has the whole page in it, and not what is drawn next.
  await desk.locator('.bar button[lang]').click();
  await checks.see('.odd h3', 'Codes that do not fit');
  await checks.see('.bar h1', 'Administration');

  await office.locator('.codes .button', { hasText: '返回' }).click();
  await row(given.there).locator('button', { hasText: '作废' }).click();
  await row(given.there).locator('button', { hasText: '作废此码' }).click();
  await row(given.there).locator('td', { hasText: '没有' }).waitFor();
});
