// What is pasted where, and what comes out again.
import { EditorState, TextSelection } from '@tiptap/pm/state';
import { describe, expect, it } from 'vitest';
import { Doc } from 'yjs';
import { SharedDraft } from './binding/shared';
import { plainText } from './copying';
import { moved } from './dragging';
import { insertBlocks, underOneTitle } from './insertion';
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

describe('of a text there is one title', () => {
  const doc = (...lines: string[]) => SCHEMA.node('doc', null, lines.map(block));
  const titled = (given: string[], ...lines: string[]) => {
    const { ours, retitled } = underOneTitle(
      given.map((line) => ({ block: line.split('|')[0] ?? '', content: [{ text: line.split('|')[1] ?? '' }] })),
      doc(...lines),
    );
    return [...ours.map((one) => `${one.block}|${one.content.map((letters) => ('text' in letters ? letters.text : '')).join('')}`), ...(retitled ? ['retitled'] : [])];
  };

  it('another that is pasted is a heading', () => {
    expect(titled(['title|Seas', 'paragraph|one'], 'title|Oceans', 'paragraph|')).toEqual(['heading:1|Seas', 'paragraph|one', 'retitled']);
    expect(titled(['title|Seas', 'title|Lakes'], 'paragraph|')).toEqual(['title|Seas', 'heading:1|Lakes', 'retitled']);
  });

  it('the same one does not come twice', () => {
    expect(titled(['title| Oceans', 'paragraph|one'], 'title|Oceans', 'paragraph|')).toEqual(['paragraph|one']);
    expect(titled(['title|Oceans'], 'title|Oceans', 'paragraph|')).toEqual(['heading:1|Oceans', 'retitled']);
  });

  it('where there is none yet it is the title', () => {
    expect(titled(['title|Seas', 'paragraph|one'], 'title|', 'paragraph|')).toEqual(['title|Seas', 'paragraph|one']);
  });
});

describe('what is dragged', () => {
  /** Drags what stands between brackets to `~`. */
  const dragged = (...lines: string[]) => {
    const marks: Record<string, number> = {};
    let size = 0;
    const nodes = lines.map((line) => {
      const [kind = '', words = ''] = line.split('|');
      let plain = '';
      for (const letter of words) {
        if ('[]~'.includes(letter)) marks[letter] = size + 1 + plain.length;
        else plain += letter;
      }
      size += plain.length + 2;
      return block(`${kind}|${plain}`);
    });
    const state = EditorState.create({ schema: SCHEMA, doc: SCHEMA.node('doc', null, nodes) });
    const tr = moved(state.apply(state.tr.setSelection(TextSelection.create(state.doc, marks['['] ?? 0, marks[']'] ?? 0))), marks['~'] ?? 0);
    tr?.doc.check();
    return tr?.doc.children.map((node) => `${node.attrs.block}|${node.textContent}`);
  };

  it('stands where it is let go, and nowhere else', () => {
    expect(dragged('paragraph|one [two ]three~', 'paragraph|four')).toEqual(['paragraph|one threetwo ', 'paragraph|four']);
    expect(dragged('paragraph|one~', 'heading:1|[two] three')).toEqual(['paragraph|onetwo', 'heading:1| three']);
    expect(dragged('paragraph|o~ne', 'heading:1|t[wo', 'paragraph|thr]ee', 'paragraph|four')).toEqual(['paragraph|o', 'heading:1|wo', 'paragraph|thrne', 'heading:1|tee', 'paragraph|four']);
  });

  it('goes nowhere where it is let go on itself', () => {
    expect(dragged('paragraph|one [t~wo] three')).toBeUndefined();
  });
});
