import { expect, it } from 'vitest';
import type { Thread } from '../api/types';
import { beside, listed, newsIn } from './order';

const thread = (id: string, more: Partial<Thread> = {}): Thread => ({ id, root: 'draft', first: '1.0', last: '1.2', quote: 'sea', among: 'all', remarks: [], seen: '', ...more });
const by = { unnamed: false, own: false };
const resolved = { at: '2031-01-01T00:00:00Z', by };
const ids = (list: Thread[]) => list.map(({ id }) => id).join(' ');

it('threads are listed as their passages stand, and those whose words are gone come last', () => {
  const standing = new Map([
    ['b', { order: 4, from: 4 }],
    ['c', { order: 4, from: 2 }],
    ['d', { order: 1, from: 9 }],
  ]);
  expect(ids(listed([thread('a'), thread('b'), thread('c'), thread('d')], 'open', standing, new Set()))).toBe('d c b a');
});

it('a resolved thread is listed as resolved, unless one is writing to it', () => {
  const threads = [thread('a'), thread('b', { resolved }), thread('c', { resolved })];
  expect(ids(listed(threads, 'open', new Map(), new Set(['c'])))).toBe('a c');
  expect(ids(listed(threads, 'resolved', new Map(), new Set(['c'])))).toBe('b');
});

it('one goes from thread to thread, round at the ends', () => {
  const list = [thread('a'), thread('b'), thread('c')];
  expect([beside(list, undefined, 1), beside(list, 'a', 1), beside(list, 'c', 1), beside(list, 'a', -1), beside(list, 'gone', -1)].map((one) => one?.id)).toEqual(['a', 'b', 'a', 'c', 'c']);
  expect(beside([], 'a', 1)).toBeUndefined();
});

it('news is what others said since', () => {
  const remark = (id: string, own = false) => ({ id, by: { ...by, own }, at: '', body: '', mentions: [] });
  const before = [thread('a', { remarks: [remark('1')] })];
  expect(newsIn(before, [thread('a', { remarks: [remark('1'), remark('2'), remark('3', true)] }), thread('b', { remarks: [remark('4')] })])).toBe(2);
  expect(newsIn(before, before)).toBe(0);
});
