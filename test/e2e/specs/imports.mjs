// A file of another office is brought, seen, bound and taken in by the page; what was not taken is taken away. A long one is stopped, and gone on with.
import { readFile } from 'node:fs/promises';
import { barriers, equal, given, play } from '../drivers/browser.mjs';
import { admin } from '../drivers/admin.mjs';

await play(async (person) => {
  const desk = await person('the administrator'), clerk = admin(desk);
  const bring = async (path) => {
    await clerk.at('imports/new');
    await desk.locator('input[type=file]').setInputFiles(path);
    await desk.locator('#look').waitFor();
  };
  const tile = async (name) => (await desk.locator('.tiles div', { hasText: name }).locator('dd').innerText()).replaceAll(',', '');

  // Given a file with a column of its own name,
  await clerk.open(given.admin);
  await bring(given.short);
  await clerk.see('.rules.sample td', '科苑路0号');
  await clerk.see('.keep .notice', '1 个字段没有对应的列');
  const kept = await barriers(desk);

  // when it is told which one, and begun,
  await desk.locator('.fields label', { hasText: '编码' }).first().locator('select').selectOption('DZBM');
  await desk.locator('.keep input').fill('公安');
  await desk.locator('.keep button.main:enabled').click();

  // then it is taken in but for two rows, which are told and taken away.
  await clerk.see('.import .standing.done', '已完成');
  equal(await tile('新增或改动'), '20', 'taken in');
  equal(await tile('未收'), '2', 'rejected');
  await clerk.see('.rejects td', '列数与表头不符');
  const [file] = await Promise.all([desk.waitForEvent('download'), desk.locator('.take button', { hasText: 'CSV' }).click()]);
  const lines = (await readFile(await file.path(), 'utf8')).trim().split('\n');
  equal(lines.length, 3, 'lines of the rejects');
  equal(lines[0].replace(/^\ufeff/u, ''), 'row,field,code,reason,DZBM,地址,经度,纬度', 'their header');
  kept.push(...(await barriers(desk)));

  // A long one is stopped, keeps what it has, and goes on from there; the profile reads it.
  await bring(given.long);
  await desk.locator('label', { hasText: '读法' }).locator('select').first().selectOption('公安');
  await desk.locator('.keep button.main:enabled').click();
  await clerk.press('停止');
  await clerk.see('.import .standing.stopped', '已停止');
  const stood = Number(await tile('已处理'));
  if (stood >= given.rows) throw new Error('it was through before it was stopped');
  await clerk.press('接着导入');
  await clerk.see('.import .standing.done', '已完成');
  equal(Number(await tile('已处理')), given.rows, 'rows dealt with');
  await clerk.see('.versions li', 'short.csv');
  if (kept.length > 0) throw new Error(`barriers:\n${kept.join('\n')}`);
});
