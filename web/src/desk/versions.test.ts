import { beforeAll, expect, test, vi } from 'vitest';

const load = async () => import('./versions.ts');
let versions: Awaited<ReturnType<typeof load>>;

beforeAll(async () => {
  vi.stubGlobal('localStorage', { getItem: () => 'zh', setItem: () => {} });
  vi.stubGlobal('document', { documentElement: {} });
  versions = await load();
});

test('a version is told by what says something to a person', () => {
  expect(versions.told({ task: '01a2', confirmed: false, note: '没有找到', position: { lon: 114 }, photos: [] })).toEqual([['说明', '没有找到'], ['属实', '否']]);
});

test('the answers of an inspection are told item by item', () => {
  expect(versions.told({ answers: [{ item: 'exit', outcome: 'fail', note: '堆满' }, { item: 'rooms', outcome: 'pass', number: 12 }], state: 'done' }))
    .toEqual([['检查项', 'exit: 不合格 堆满；rooms: 合格 12'], ['状态', '已完成']]);
});

test('what stands under a reused id is told by its body', () => {
  expect(versions.told({ body: { fixed: true, note: 'x' }, answer: { status: 'accepted' } })).toEqual([['说明', 'x'], ['已解决', '是']]);
});

test('a field of premises says what it was and what it is now', () => {
  expect(versions.changeOf({ code: '1', fields: [{ field: 'name', was: '甲', now: '乙' }] }, 'name')).toEqual({ was: '甲', now: '乙' });
  expect(versions.changeOf({ code: '1', fields: [] }, 'name')).toBeUndefined();
});
