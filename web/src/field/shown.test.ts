import { expect, test } from 'vitest';
import { landing } from './landing.ts';
import { shown, within } from './shown.ts';

const said = { message: 'm', kind: 'check_asked', title: '请核查案件 7', text: '请到现场核查案件 7。', language: 'zh', tag: 'm', open: '/field#duty/019ac2a0-0000-7000-8000-000000000001', urgent: true, at: '2026-03-02T01:30:00Z' };

test('a notification says what was sent, and a newer one of its tag takes its place', () => {
  const { title, options } = shown(JSON.stringify(said));
  expect([title, options.body, options.tag, options.lang, options.renotify, options.timestamp]).toEqual(['请核查案件 7', '请到现场核查案件 7。', 'm', 'zh-CN', true, Date.parse(said.at)]);
  expect(options.data.open).toBe(said.open);
  expect(shown(JSON.stringify({ ...said, urgent: false, language: 'en' })).options).toMatchObject({ renotify: false, requireInteraction: false, lang: 'en' });
});

test('whatever comes is shown, also what cannot be read', () => {
  for (const text of [undefined, '', 'null', '7', '{}', '{"title":"","tag":"m"}', '{"title":7,"tag":"m"}', '<html>']) expect(shown(text).title).toBe('网格通 · Grid handheld');
});

test('no notification leads out of the platform', () => {
  for (const open of ['https://elsewhere.example', '//elsewhere.example', '/\\elsewhere', 'javascript:alert(1)', '/field?x#help', '', undefined, 7]) expect(within(open)).toBe('/field#duties');
  for (const open of ['/field', '/dept', '/field#help', said.open]) expect(within(open)).toBe(open);
});

test('where it leads to is a duty, the list or help', () => {
  expect(landing('#help')).toEqual({ tab: 'help' });
  expect(landing('#duties')).toEqual({ tab: 'duties' });
  expect(landing('#duty/019ac2a0-0000-7000-8000-000000000001')).toEqual({ tab: 'duties', duty: '019ac2a0-0000-7000-8000-000000000001' });
  for (const other of ['', '#', '#duty/', '#duty/x', '#admin']) expect(landing(other)).toBeUndefined();
});
