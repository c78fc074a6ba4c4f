// A grid worker shows a badge at a door. A resident who scans it sees whether it is real, in their own language; without a network the
// handheld shows the last one and says until when it is good.
import { barriers, equal, given, play } from '../drivers/browser.mjs';
import { field } from '../drivers/field.mjs';

await play(async (person) => {
  const phone = await person('the worker', { on: 'phone' }), worker = field(phone);
  await worker.open(given.worker);
  await worker.line('已同步');
  await worker.installed();
  const path = await worker.badge();
  await worker.badgeSays('有效至');
  equal((await barriers(phone)).join('\n'), '', 'what keeps somebody from showing a badge');

  for (const [language, words] of [['zh-CN', '是在岗的网格员'], ['en-GB', 'A grid worker on duty']]) {
    const resident = await person(`a resident (${language})`, { on: 'phone', language, refused: true });
    await resident.goto(path);
    await resident.locator('h1', { hasText: words }).waitFor();
    equal((await barriers(resident)).join('\n'), '', `what keeps somebody from reading it (${language})`);
    equal(await resident.evaluate(() => document.scripts.length), 0, 'scripts');
    await resident.goto(`${path.slice(0, -8)}AAAAAAAA`);
    await resident.locator('.verdict.unknown').waitFor();
    equal((await barriers(resident)).join('\n'), '', `what keeps somebody from reading that it is forged (${language})`);
  }

  await phone.context().setOffline(true);
  await phone.reload();
  await worker.badge();
  await worker.badgeSays('没有网络：这是最后一个码');
});
