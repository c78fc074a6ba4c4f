// Given a report in the first cell of a community, when an administrator splits the cell by a line and merges it again, then the cells
// are there under new codes, and the report has gone with its ground. An edit that is to come can be cancelled.
import { barriers, equal, given, play } from '../drivers/browser.mjs';
import { cells } from '../drivers/cells.mjs';

await play(async (person) => {
  const page = await person('admin');
  const admin = cells(page);
  await admin.open(given.admin, given.community);
  equal((await barriers(page)).join('\n'), '', 'barriers of the page');

  await admin.choose('001', '003');
  await admin.act('合并');
  equal(await admin.finding(), '所选网格不相邻', 'what speaks against merging cells apart');
  await admin.act('取消选择');

  await admin.choose('001');
  await admin.act('南北向切开');
  equal((await admin.planned(2)).join(' '), '005 006', 'the cells to begin');
  equal((await admin.moves()).map((m) => m.replace(/\s+/gu, ' ')).join(), '待处理线索 006 1', 'what moves');
  equal((await barriers(page)).join('\n'), '', 'barriers of the preview');
  await admin.publish('一分为二');
  await admin.done('一分为二');
  await page.locator('.cell-list label', { hasText: '006' }).waitFor();
  equal((await admin.list()).join(' '), '002 003 004 005 006', 'the cells after the split');

  await admin.choose('005', '006');
  await admin.act('合并');
  equal((await admin.planned(1)).join(' '), '007', 'the cell to begin');
  await admin.publish('合二为一');
  await admin.done('合二为一');
  await page.locator('.cell-list label', { hasText: '007' }).waitFor();
  equal((await admin.list()).join(' '), '002 003 004 007', 'the cells after the merge');

  // The four cells lie side by side across the middle of the map: a line is drawn through the second.
  await admin.choose('002');
  await admin.act('画线拆分');
  await admin.draw([0.4, 0.2], [0.38, 0.5], [0.4, 0.8]);
  equal((await admin.planned(2)).join(' '), '008 009', 'the cells along the line');
  await admin.at(given.later);
  await admin.publish('以后再拆');
  await admin.pending('以后再拆');
  await admin.cancel('以后再拆');
  await admin.cancelled('以后再拆');
});
