import { describe, expect, it } from 'vitest';
import { unstacked } from './stacked';

describe('signs stacked on one letter', () => {
  it('are drawn up to some, and what stands around them is', () => {
    expect(unstacked(`o${'\u0301'.repeat(100_000)}n${'\u0308'.repeat(3)}`)).toBe(`o${'\u0301'.repeat(16)}n${'\u0308'.repeat(3)}`);
  });

  it.each(['क्ष्म्य', 'נִקּוּד', 'ཧཱུྃ', 'Việt', 'ุ่ำ', '👩🏽‍🚀'])('as a script stacks them stay: %s', (word) => {
    expect(unstacked(word)).toBe(word);
  });
});
