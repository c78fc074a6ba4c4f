// The rules are changed by two people, the calendar by a typhoon; and nobody is kept out of any section.
import { barriers, given, play } from '../drivers/browser.mjs';
import { admin } from '../drivers/admin.mjs';

await play(async (person) => {
  // Given an administrator who drafts a rule that sends rubbish elsewhere,
  const desk = await person('the author'), author = admin(desk);
  await author.open(given.author);
  await author.at('rules');
  await author.draft('工地渣土归安监');
  await author.send(given.rule, given.would);
  await author.store();

  // when it is tried on the last month, with the case behind the number,
  await author.at('rules/2/replay');
  await author.see('.difference', `${given.was} → ${given.would}`);
  await desk.locator('.difference').click();
  await author.see('.behind-number td', given.rule);

  // then its author is told why somebody else has to publish it,
  await author.press('发布');
  await author.see('.acts .notice', '起草人不能发布');

  // and another administrator does.
  const other = admin(await person('another administrator'));
  await other.open(given.other);
  await other.at('rules/2');
  await other.publish();

  // A typhoon day is previewed, published, and carried over to every clock.
  await author.at('calendar');
  await author.closeNextWorkday('台风停工');
  await author.press('预览会动什么');
  await author.see('.preview', '个时限会动');
  await author.press('发布第 2 版');
  await author.see('.progress li.done', '第 1 版 → 第 2 版');

  // Each section can be used by everybody, in both languages;
  const kept = [];
  for (const language of ['中文', 'English']) {
    for (const section of ['rules', 'rules/2/replay', 'calendar', 'ladders', 'ladders/quiet', 'standards', 'inspections/new', 'inspections/plans', 'people', 'people/new', 'people/requests', 'audit']) {
      await author.at(section);
      kept.push(...(await barriers(desk)).map((b) => `${language} ${section}: ${b}`));
    }
    await desk.locator('.bar button[lang]').click();
  }
  if (kept.length > 0) throw new Error(`barriers:\n${kept.join('\n')}`);

  // whoever has no business here is shown where they do.
  const stranger = await person('the dispatcher');
  await stranger.goto('/admin');
  await stranger.locator('input[autocomplete=username]').fill(given.dispatcher.login);
  await stranger.locator('input[type=password]').fill(given.dispatcher.password);
  await stranger.locator('form button[type=submit]').click();
  await stranger.locator('.door a', { hasText: '调度台' }).click();
  await stranger.locator('.desk .bar').waitFor();
});
