// An administrator makes a plan, having seen how many tasks it makes, looks at how far it is, and ends it; then looks at what its checklist asks,
// and brings the next version of it in from a form.
import { barriers, equal, given, play } from '../drivers/browser.mjs';
import { admin } from '../drivers/admin.mjs';

await play(async (person) => {
  const desk = await person('the administrator'), office = admin(desk), kept = [];
  const look = async (at) => { kept.push(...(await barriers(desk)).map((b) => `${at}: ${b}`)); };
  await office.open(given.admin);

  // Given a plan for the red shops of a street, tried out first,
  await office.at('inspections/plans/new');
  await office.plans({ name: '红色商铺周查', region: given.region, checklist: given.checklist, kind: 'shop', from: given.today });
  await office.see('.foreseen li', '2 个任务');
  await look('the plan to make');
  await office.press('建立计划');

  // when it is made, its period is under way,
  await office.see('.version h2', '红色商铺周查');
  await office.see('.streets td', '0 / 2');
  await office.see('.coming li', '2 个任务');
  await look('the plan');

  // and when it is ended, no other one comes.
  await office.press('停止计划');
  await office.press('停止');
  await office.see('.version .kicker', '已停');
  equal(await desk.locator('.coming li').count(), 0, 'periods to come');
  await desk.locator('.version > header a', { hasText: given.checklist }).click();

  // Its checklist says what is asked, what that is by law, and what uses it,
  await office.see('.questions b', '疏散通道畅通');
  await office.see('.questions td', '重大隐患');
  await office.see('.questions td', '测试依据');
  await office.see('.tiles div', '进行中');
  await look('the checklist');

  // and a form is read, shown and published as its next version.
  await office.at('checklists/import');
  await desk.locator('input[type=file]').setInputFiles({ name: 'form.xlsx', mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', buffer: Buffer.from(given.form, 'base64') });
  await office.see('.questions b', '通道畅通');
  await look('a form');
  await office.press('发布第 2 版');
  await office.see('.version .kicker', '第 2 版');
  await office.see('.years a', '第 1 版');
  await office.at('ladders/timers');
  await office.see('.version h2', '5 到 240 分钟');
  await look('timers');
  await desk.locator('.bar button[lang]').click();
  await office.see('.version h2', '5 to 240 minutes');
  equal(kept.join('\n'), '', 'what keeps somebody out');
});
