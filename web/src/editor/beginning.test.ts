import { expect, test } from 'vitest';
import { hasOnlyBegun } from './beginning';
import { SCHEMA } from './schema';

const draft = (...blocks: [block: string, words: string][]) =>
  SCHEMA.node('doc', null, blocks.map(([block, words]) => SCHEMA.node('block', { block }, words === '' ? [] : [SCHEMA.text(words)])));

test.each([
  ['its title and an empty paragraph', draft(['title', 'Water'], ['paragraph', '']), true],
  ['nothing at all', draft(['paragraph', '']), true],
  ['a first word', draft(['title', 'Water'], ['paragraph', 'We']), false],
  ['a numbered paragraph that waits for its words', draft(['title', 'Water'], ['numbered:1', '']), false],
  ['two empty paragraphs', draft(['title', 'Water'], ['paragraph', ''], ['paragraph', '']), false],
  ['its title alone', draft(['title', 'Water']), false],
])('a draft of %s', (_what, doc, begun) => {
  expect(hasOnlyBegun(doc)).toBe(begun);
});
