import { expect, test } from 'vitest';
import { codeHangs, codeOf } from './door.ts';
import { keyOf, type Shift } from './shift.ts';

test('a code is the same however it is typed', () => {
  for (const typed of ['7K3M-Q0XW-1B9D-2F4H', ' 7k3mq0xw1b9d2f4h ', '7k3m qoxw lb9d 2f4h', '7K3M-QOXW-IB9D-2F4H']) expect(codeOf(typed)).toBe('7K3M-Q0XW-1B9D-2F4H');
  for (const none of ['', '7K3M-Q0XW-1B9D', '7K3M-Q0XW-1B9D-2F4HX', 'https://example.org', '7K3M-Q0XW-1B9D-2F4U']) expect(codeOf(none)).toBeUndefined();
});

test('a code is asked for where one hangs', () => {
  const things = [
    { kind: 'task', id: 'at', body: { premises: 'A', cell: 'c1' } }, { kind: 'task', id: 'bare', body: { premises: 'B', cell: 'c1' } }, { kind: 'task', id: 'cell', body: { cell: 'c1' } }, { kind: 'task', id: 'far', body: { cell: 'c2' } },
    { kind: 'premises', id: 'A', body: { cell: 'c1', visitCode: true } }, { kind: 'premises', id: 'B', body: { cell: 'c1' } },
  ];
  const shift = { things: new Map(things.map((t) => [keyOf(t.kind, t.id), t])) } as unknown as Shift;
  expect(['at', 'bare', 'cell', 'far'].map((task) => codeHangs(shift, task))).toEqual([true, false, true, false]);
});
