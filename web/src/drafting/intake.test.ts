import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Intake } from './intake';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const update = (number: number) => new Uint8Array([number]);

function intake() {
  const taken: number[][] = [];
  return { taken, intake: new Intake((updates) => taken.push(updates.map(([number]) => number ?? 0))) };
}

it('what comes between two frames is taken in once, in order', () => {
  const { taken, intake: page } = intake();
  page.comes(update(1));
  page.comes(update(2));
  expect(taken).toEqual([]);
  vi.advanceTimersByTime(20);
  page.comes(update(3));
  vi.advanceTimersByTime(20);
  expect(taken).toEqual([[1, 2], [3]]);
});

it('what must come first is taken in at once', () => {
  const { taken, intake: page } = intake();
  page.comes(update(1));
  page.end();
  expect(taken).toEqual([[1]]);
  vi.advanceTimersByTime(2000);
  expect(taken).toEqual([[1]]);
});

it('what comes during a composition is taken in after it', () => {
  const { taken, intake: page } = intake();
  page.comes(update(1));
  page.composes(true);
  expect(taken).toEqual([[1]]);
  page.comes(update(2));
  page.comes(update(3));
  vi.advanceTimersByTime(2000);
  expect(taken).toEqual([[1]]);
  page.composes(false);
  vi.advanceTimersByTime(100);
  expect(taken).toEqual([[1], [2, 3]]);
});

it('nobody is held up for long by a composition that does not end', () => {
  const { taken, intake: page } = intake();
  page.composes(true);
  page.comes(update(1));
  vi.advanceTimersByTime(10_000);
  expect(taken).toEqual([[1]]);
  page.comes(update(2));
  vi.advanceTimersByTime(20);
  expect(taken).toEqual([[1], [2]]);
});

it('is taken in, too, where the page is out of sight', () => {
  const { taken, intake: page } = intake();
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
  page.comes(update(1));
  vi.advanceTimersByTime(200);
  expect(taken).toEqual([[1]]);
  vi.restoreAllMocks();
});
