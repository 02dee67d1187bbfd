import { Editor } from '@tiptap/core';
import type { Transaction, EditorState } from '@tiptap/pm/state';
import { afterEach, describe, expect, it } from 'vitest';
import { backspace, Blocks, deleteForward, enter, indent, setBlock, toggleBlock } from './blocks';
import { draftSchema } from './schema';

const opened: Editor[] = [];
afterEach(() => {
  for (const editor of opened.splice(0)) editor.destroy();
});

/** `numbered:1|words`, the caret at `^`. */
function desk(...given: string[]): Editor {
  let caret = 1;
  let before = 0;
  const content = given.map((line) => {
    const [block = '', words = ''] = line.split('|');
    if (words.includes('^')) caret = before + 1 + words.indexOf('^');
    const plain = words.replace('^', '');
    before += plain.length + 2;
    return { type: 'block', attrs: { block }, ...(plain === '' ? {} : { content: [{ type: 'text', text: plain }] }) };
  });
  const editor = new Editor({ element: null, extensions: [...draftSchema(), Blocks], content: { type: 'doc', content }, injectCSS: false });
  editor.commands.setTextSelection(caret);
  opened.push(editor);
  return editor;
}

function lines(editor: Editor): string[] {
  const { doc, selection } = editor.state;
  const found: string[] = [];
  doc.forEach((block, offset) => {
    const at = selection.head - offset - 1;
    const words = block.textContent;
    const here = selection.empty && at >= 0 && at <= block.content.size;
    found.push(`${block.attrs.block}|${here ? `${words.slice(0, at)}^${words.slice(at)}` : words}`);
  });
  return found;
}

function does(act: (state: EditorState) => Transaction | undefined, ...before: string[]): string[] | undefined {
  const editor = desk(...before);
  const tr = act(editor.state);
  if (tr === undefined) return undefined;
  editor.view.dispatch(tr);
  return lines(editor);
}

describe('Enter', () => {
  it('makes the next block of the same kind, also in the middle of the words', () => {
    expect(does(enter, 'numbered:2|one^two')).toEqual(['numbered:2|one', 'numbered:2|^two']);
    expect(does(enter, 'bullet:3|one^')).toEqual(['bullet:3|one', 'bullet:3|^']);
    expect(does(enter, 'heading:2|one^two')).toEqual(['heading:2|one', 'heading:2|^two']);
  });

  it('goes on with a paragraph after a heading', () => {
    expect(does(enter, 'title|Oceans^')).toEqual(['title|Oceans', 'paragraph|^']);
    expect(does(enter, 'heading:1|One^')).toEqual(['heading:1|One', 'paragraph|^']);
  });

  it('before the first letter puts an empty block in front', () => {
    expect(does(enter, 'title|^Oceans')).toEqual(['paragraph|', 'title|^Oceans']);
    expect(does(enter, 'bullet:1|one', 'bullet:1|^two')).toEqual(['bullet:1|one', 'bullet:1|', 'bullet:1|^two']);
  });

  it('in an empty block steps out, level by level', () => {
    expect(does(enter, 'numbered:3|^')).toEqual(['numbered:2|^']);
    expect(does(enter, 'numbered:1|^')).toEqual(['paragraph|^']);
    expect(does(enter, 'quotation|^')).toEqual(['paragraph|^']);
    expect(does(enter, 'heading:3|^')).toEqual(['paragraph|^']);
    expect(does(enter, 'paragraph|^')).toEqual(['paragraph|', 'paragraph|^']);
  });
});

describe('Backspace before the first letter', () => {
  it('takes the style away and keeps the words', () => {
    expect(does(backspace, 'numbered:1|one', 'numbered:2|^two')).toEqual(['numbered:1|one', 'paragraph|^two']);
    expect(does(backspace, 'numbered:2|t^wo')).toBeUndefined();
  });

  it('joins a paragraph to the block before, which keeps its kind; an empty one goes', () => {
    expect(does(backspace, 'numbered:1|one', 'paragraph|^two')).toEqual(['numbered:1|one^two']);
    expect(does(backspace, 'numbered:1|', 'paragraph|^two')).toEqual(['paragraph|^two']);
    expect(does(backspace, 'paragraph|^two')).toBeUndefined();
  });
});

describe('Delete after the last letter', () => {
  it('brings the next words here', () => {
    expect(does(deleteForward, 'title|one^', 'numbered:1|two')).toEqual(['title|one^two']);
    expect(does(deleteForward, 'paragraph|^', 'numbered:1|two')).toEqual(['numbered:1|^two']);
    expect(does(deleteForward, 'paragraph|one^')).toBeUndefined();
  });
});

describe('styles', () => {
  it('change every block that is chosen', () => {
    const editor = desk('paragraph|one', 'numbered:1|two', 'bullet:2|three');
    editor.commands.setTextSelection({ from: 2, to: 14 });
    const tr = setBlock(editor.state, 'numbered:2');
    if (tr !== undefined) editor.view.dispatch(tr);
    expect(lines(editor)).toEqual(['numbered:2|one', 'numbered:2|two', 'numbered:2|three']);
    expect(setBlock(editor.state, 'numbered:2')).toBeUndefined();
  });

  it('toggle back to a paragraph', () => {
    expect(does((state) => toggleBlock(state, 'bullet:1'), 'paragraph|o^ne')).toEqual(['bullet:1|o^ne']);
    expect(does((state) => toggleBlock(state, 'bullet:1'), 'bullet:3|o^ne')).toEqual(['paragraph|o^ne']);
    expect(does((state) => toggleBlock(state, 'ordered:1'), 'bullet:3|o^ne')).toEqual(['ordered:1|o^ne']);
  });

  it('go one level in or out as far as there are levels', () => {
    expect(does((state) => indent(state, 1), 'numbered:1|o^ne')).toEqual(['numbered:2|o^ne']);
    expect(does((state) => indent(state, 1), 'numbered:3|o^ne')).toBeUndefined();
    expect(does((state) => indent(state, -1), 'bullet:1|o^ne')).toBeUndefined();
    expect(does((state) => indent(state, 1), 'heading:1|o^ne')).toBeUndefined();
    expect(does((state) => indent(state, 1), 'paragraph|o^ne')).toBeUndefined();
  });

  it('are commands that can be asked first', () => {
    const editor = desk('bullet:1|o^ne');
    expect([editor.can().indent(1), editor.can().indent(-1)]).toEqual([true, false]);
    expect(lines(editor)).toEqual(['bullet:1|o^ne']);
    editor.chain().indent(1).setDirection('rtl').run();
    expect(lines(editor)).toEqual(['bullet:2|o^ne']);
    expect(editor.state.doc.firstChild?.attrs.dir).toBe('rtl');
  });
});
