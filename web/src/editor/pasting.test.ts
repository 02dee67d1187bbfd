// What is pasted where, and what comes out again.
import { EditorState, TextSelection } from '@tiptap/pm/state';
import { describe, expect, it } from 'vitest';
import { Doc } from 'yjs';
import { SharedDraft } from './binding/shared';
import { plainText } from './copying';
import { insertBlocks } from './insertion';
import { SCHEMA } from './schema';

const block = (line: string) => {
  const [kind = '', words = ''] = line.split('|');
  return SCHEMA.node('block', { block: kind }, words === '' ? [] : SCHEMA.text(words));
};

/** Pastes into a text in which `^` is the caret. */
function pasted(before: string[], blocks: string[], goesOn = false): string[] {
  let caret = 0;
  let size = 0;
  const nodes = before.map((line) => {
    const words = line.split('|')[1] ?? '';
    if (words.includes('^')) caret = size + 1 + words.indexOf('^');
    size += words.replace('^', '').length + 2;
    return block(line.replace('^', ''));
  });
  const state = EditorState.create({ schema: SCHEMA, doc: SCHEMA.node('doc', null, nodes) });
  const tr = insertBlocks(state.tr.setSelection(TextSelection.create(state.doc, caret)), blocks.map(block), goesOn);
  const lines: string[] = [];
  tr.doc.forEach((node, offset) => {
    const at = tr.selection.head - offset - 1;
    const words = node.textContent;
    lines.push(`${node.attrs.block}|${at >= 0 && at <= node.content.size ? `${words.slice(0, at)}^${words.slice(at)}` : words}`);
  });
  tr.doc.check();
  return lines;
}

describe('blocks that are pasted', () => {
  it('take the place of an empty block', () => {
    expect(pasted(['title|Oceans', 'paragraph|^'], ['numbered:1|one', 'numbered:2|two'])).toEqual(['title|Oceans', 'numbered:1|one', 'numbered:2|two^']);
  });

  it('join the words they meet where they are paragraphs', () => {
    expect(pasted(['numbered:1|be^fore'], ['paragraph|one', 'paragraph|two'])).toEqual(['numbered:1|beone', 'paragraph|two^fore']);
  });

  it('stay blocks of their own where they are of another kind', () => {
    expect(pasted(['paragraph|be^fore'], ['heading:1|one', 'bullet:1|two'])).toEqual(['paragraph|be', 'heading:1|one', 'bullet:1|two^', 'paragraph|fore']);
    expect(pasted(['paragraph|^before'], ['heading:1|one', 'bullet:1|two'])).toEqual(['heading:1|one', 'bullet:1|two^', 'paragraph|before']);
    expect(pasted(['paragraph|before^'], ['heading:1|one', 'bullet:1|two'])).toEqual(['paragraph|before', 'heading:1|one', 'bullet:1|two^']);
  });

  it('go on behind the part that came before', () => {
    expect(pasted(['paragraph|one^'], ['paragraph|two'], true)).toEqual(['paragraph|one', 'paragraph|two^']);
  });
});

it('a whole text copied in plain letters has its numbers and its notes', () => {
  const draft = new SharedDraft(new Doc());
  draft.note('aaaaaaaaaa').insert(0, 'A note.\n');
  const doc = SCHEMA.node('doc', null, [block('title|Oceans'), SCHEMA.node('block', { block: 'numbered:1' }, [SCHEMA.text('One'), SCHEMA.node('footnote', { id: 'aaaaaaaaaa' })]), block('bullet:1|two')]);
  expect(plainText(doc, draft)).toBe('Oceans\n1. One [A note.]\n• two');
});
