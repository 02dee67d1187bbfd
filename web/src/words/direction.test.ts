import { expect, it } from 'vitest';
import { directionOf } from './direction';
import cases from './right-to-left.cases.json';

// The server's own function is held against the same list (`server/words/tests.rs`).
it.each(['rtl', 'ltr'] as const)('a language written %s is known, with script and region and without', (direction) => {
  expect(cases[direction].filter((tag) => directionOf(tag) !== direction)).toEqual([]);
});
