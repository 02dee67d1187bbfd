import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { wakes } from './wakes';

const heard: string[] = [];
const sleeper = { wake: () => heard.push('wake'), look: () => heard.push('look'), isCutOff: () => heard.push('cut off'), hurries: () => undefined };
let forget: () => void;

function isSeen(seen: boolean) {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue(seen ? 'visible' : 'hidden');
  document.dispatchEvent(new Event('visibilitychange'));
}

beforeEach(() => {
  vi.useFakeTimers();
  heard.length = 0;
  forget = wakes(sleeper);
});
afterEach(() => {
  forget();
  vi.restoreAllMocks();
  vi.useRealTimers();
});

it('a page wakes up when it is seen, and by whatever says that time has passed', () => {
  isSeen(true);
  for (const event of ['pageshow', 'focus', 'online']) globalThis.dispatchEvent(new Event(event));
  expect(heard).toEqual(['wake', 'wake', 'wake', 'wake']);
  globalThis.dispatchEvent(new Event('offline'));
  expect(heard.at(-1)).toBe('cut off');
});

it('a page that nobody sees sleeps on', () => {
  isSeen(false);
  globalThis.dispatchEvent(new Event('online'));
  vi.advanceTimersByTime(60_000);
  expect(heard).toEqual([]);
});

it('a page in sight looks every few seconds, and none after it is left', () => {
  vi.advanceTimersByTime(60_000);
  expect(heard).toEqual(Array.from({ length: 12 }, () => 'look'));
  forget();
  vi.advanceTimersByTime(60_000);
  globalThis.dispatchEvent(new Event('focus'));
  expect(heard).toHaveLength(12);
});
