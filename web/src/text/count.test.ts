// The server counts the same texts (server/text/count.rs).
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { against, countCharacters, countWords, seconds } from './count';

const CASES = JSON.parse(readFileSync(join(import.meta.dirname, '../../../tests/vectors/text/counts.json'), 'utf8')) as {
  words: [string, number][];
  seconds: [string, number, number | null][];
};

describe('words', () => {
  it.each(CASES.words)('%s', (text, words) => {
    expect(countWords(text)).toBe(words);
  });
});

describe('the time it takes to say them', () => {
  it.each(CASES.seconds)('in %s, %d words', (language, words, wanted) => {
    expect(seconds(words, language) ?? null).toBe(wanted);
  });
});

it('characters are letters as people count them, and ends of lines are none', () => {
  expect(countCharacters('e\u0301te\u0301\n𒀀 ok')).toBe(7);
});

it('a limit counts what it was set on, and says how much is left', () => {
  const counts = { words: 1480, wordsWithNotes: 1532, characters: 9000 };
  expect(against({ words: 1500, with_notes: true }, counts)).toEqual({ counted: 1532, left: -32 });
  expect(against({ words: 1500, with_notes: false }, counts)).toEqual({ counted: 1480, left: 20 });
});
