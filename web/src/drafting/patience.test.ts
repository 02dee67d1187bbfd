import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Patience } from './patience';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const update = (number: number) => new Uint8Array([number]);

it('what comes during a composition is taken after it, in order', () => {
  const taken: number[] = [];
  const patience = new Patience<Uint8Array>(([number]) => taken.push(number ?? 0));
  expect(patience.holds(update(0))).toBe(false);
  patience.composes(true);
  expect([patience.holds(update(1)), patience.holds(update(2))]).toEqual([true, true]);
  patience.composes(false);
  expect(taken).toEqual([]);
  vi.advanceTimersByTime(100);
  expect(taken).toEqual([1, 2]);
  expect(patience.holds(update(3))).toBe(false);
});

it('nobody is held up for long by a composition that does not end', () => {
  const taken: number[] = [];
  const patience = new Patience<Uint8Array>(([number]) => taken.push(number ?? 0));
  patience.composes(true);
  patience.holds(update(1));
  vi.advanceTimersByTime(10_000);
  expect(taken).toEqual([1]);
});
