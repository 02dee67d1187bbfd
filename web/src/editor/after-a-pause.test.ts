import { afterEach, expect, test, vi } from 'vitest';
import { afterAPause } from './after-a-pause';

afterEach(() => vi.useRealTimers());

test('many calls are one act, a pause after the last of them', () => {
  vi.useFakeTimers();
  const act = vi.fn();
  const { soon } = afterAPause(act, 250, 1_000);
  soon();
  vi.advanceTimersByTime(200);
  soon();
  vi.advanceTimersByTime(249);
  expect(act).not.toHaveBeenCalled();
  vi.advanceTimersByTime(1);
  expect(act).toHaveBeenCalledTimes(1);
});

test('calls that never pause are acted on all the same', () => {
  vi.useFakeTimers();
  const act = vi.fn();
  const { soon } = afterAPause(act, 250, 1_000);
  for (let at = 0; at < 3_000; at += 100) {
    soon();
    vi.advanceTimersByTime(100);
  }
  expect(act.mock.calls.length).toBeGreaterThanOrEqual(2);
});

test('nothing is acted on afterwards', () => {
  vi.useFakeTimers();
  const act = vi.fn();
  const { soon, never } = afterAPause(act, 250, 1_000);
  soon();
  never();
  vi.advanceTimersByTime(2_000);
  expect(act).not.toHaveBeenCalled();
});
