import { EditorState, TextSelection } from '@tiptap/pm/state';
import { expect, it } from 'vitest';
import { becomes, HABITS } from './habits';
import { SCHEMA } from './schema';

/** A paragraph that holds these words, the caret behind them. */
function typed(words: string, block = 'paragraph'): EditorState {
  const doc = SCHEMA.node('doc', null, [SCHEMA.node('block', { block }, words === '' ? [] : SCHEMA.text(words))]);
  return EditorState.create({ doc, selection: TextSelection.atEnd(doc) });
}

const read = (words: string, { block = 'paragraph', paragraphsOnly = false } = {}) => {
  const made = becomes(typed(words, block), paragraphsOnly)?.doc.firstChild;
  return made === undefined || made === null ? undefined : [made.attrs.block, ...made.children.map(({ text, marks }) => [text, ...marks.map(({ type }) => type.name)].join(':'))].join('|');
};

it.each(HABITS.flatMap(({ typed: all, block }) => all.map((signs): [string, string] => [signs, block])))('%s and a space make %s', (signs, block) => {
  expect(read(`${signs} `)).toBe(block);
  expect(read(signs)).toBeUndefined();
  expect(read(`We ${signs} `)).toBeUndefined();
  expect(read(`${signs} `, { block: 'heading:1' })).toBeUndefined();
  expect(read(`${signs} `, { paragraphsOnly: true })).toBeUndefined();
});

it.each([
  ['We **must** ', undefined],
  ['We **must**', 'paragraph|We |must:bold'],
  ['__must__', 'paragraph|must:bold'],
  ['We *must*', 'paragraph|We |must:italic'],
  ['_must act_', 'paragraph|must act:italic'],
  ['2 * 3 *', undefined],
  ['a_b_', undefined],
  ['** **', undefined],
  ['*', undefined],
])('%s', (words, wanted) => {
  expect(read(words)).toBe(wanted);
});
