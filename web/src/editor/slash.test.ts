// What a slash offers, and when it is a sign like any other.
import { Editor } from '@tiptap/core';
import { afterEach, expect, it } from 'vitest';
import { Blocks } from './blocks';
import { draftSchema } from './schema';
import { offered, slash, takes } from './slash';

const NAMES = ['Heading 1', 'Heading 2', 'Numbered paragraph', 'Zitat in Größe'];

const opened: Editor[] = [];
afterEach(() => {
  for (const editor of opened.splice(0)) editor.destroy();
});

function desk(block = 'paragraph', words = ''): Editor {
  const extension = slash({
    offers: () => NAMES.map((label) => ({ what: label === 'Heading 2' ? 'heading:2' : 'quotation', label })),
    take: (at, what, slashed) => at.chain().deleteRange(slashed).setBlock(what).run(),
  });
  const content = { type: 'doc', content: [{ type: 'block', attrs: { block }, ...(words === '' ? {} : { content: [{ type: 'text', text: words }] }) }] };
  const editor = new Editor({ element: document.createElement('div'), extensions: [...draftSchema(), Blocks, extension], content, injectCSS: false });
  editor.commands.setTextSelection(editor.state.doc.content.size - 1);
  opened.push(editor);
  return editor;
}

/** As a browser's key comes: first to whoever hears typed text. */
function types(editor: Editor, words: string): void {
  for (const letter of words) {
    const { from, to } = editor.state.selection;
    const heard = editor.view.someProp('handleTextInput', (hears) => hears(editor.view, from, to, letter, () => editor.state.tr)) === true;
    if (!heard) editor.view.dispatch(editor.state.tr.insertText(letter));
  }
}

const press = (editor: Editor, key: string) => editor.view.someProp('handleKeyDown', (hears) => hears(editor.view, new KeyboardEvent('keydown', { key }))) === true;

const names = (editor: Editor) => offered(editor.state)?.offers.map(({ label }) => label);

it('opens at the head of an empty paragraph, and nowhere else', () => {
  const editor = desk();
  types(editor, '/');
  expect(names(editor)).toEqual(NAMES);
  expect(editor.state.doc.textContent).toBe('/');
  for (const other of [desk('paragraph', 'and'), desk('heading:1')]) {
    types(other, '/');
    expect(offered(other.state)).toBeUndefined();
    expect(other.state.doc.textContent).toMatch(/\/$/u);
  }
});

it('names are sought without case and accents; what names nothing is a text like any other', () => {
  const editor = desk();
  types(editor, '/gross');
  expect(names(editor)).toEqual(['Zitat in Größe']);
  types(editor, 'x');
  expect(offered(editor.state)).toBeUndefined();
  expect(editor.state.doc.textContent).toBe('/grossx');
  const spaced = desk();
  types(spaced, '/ ');
  expect(offered(spaced.state)).toBeUndefined();
});

it('takes no key before something is chosen', () => {
  const editor = desk();
  types(editor, '/');
  expect(offered(editor.state)?.chosen).toBe(-1);
  press(editor, 'Enter');
  expect(editor.state.doc.childCount).toBe(2);
  expect(offered(editor.state)).toBeUndefined();
});

it('arrows choose, Enter takes, and the slash goes with what was typed behind it', () => {
  const editor = desk();
  types(editor, '/head');
  expect(press(editor, 'ArrowDown')).toBe(true);
  press(editor, 'Enter');
  expect(editor.getJSON().content).toMatchObject([{ attrs: { block: 'heading:2' } }]);
  expect(editor.state.doc.textContent).toBe('');
});

it('Escape leaves the slash where it is', () => {
  const editor = desk();
  types(editor, '/');
  expect(press(editor, 'Escape')).toBe(true);
  expect(offered(editor.state)).toBeUndefined();
  expect(editor.state.doc.textContent).toBe('/');
  takes(editor, { what: 'quotation', label: '' });
  expect(editor.state.doc.textContent).toBe('/');
});

it('never opens while an input method composes', () => {
  const editor = desk();
  Object.defineProperty(editor.view, 'composing', { get: () => true });
  types(editor, '/');
  expect(offered(editor.state)).toBeUndefined();
});
