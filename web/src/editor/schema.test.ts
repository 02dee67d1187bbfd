import { Editor } from '@tiptap/core';
import { prosemirrorJSONToYXmlFragment, yXmlFragmentToProseMirrorRootNode } from '@tiptap/y-tiptap';
import { afterEach, describe, expect, it } from 'vitest';
import { Doc } from 'yjs';
import { countWords, measure } from './measure';
import { dropNumber, nextParagraph, setLevel } from './numbered-paragraph';
import { draftSchema } from './schema';

const opened: Editor[] = [];
afterEach(() => {
  for (const editor of opened.splice(0)) editor.destroy();
});

function desk(...content: object[]): Editor {
  const editor = new Editor({ element: null, extensions: draftSchema(), content: { type: 'doc', content }, injectCSS: false });
  opened.push(editor);
  return editor;
}

const text = (words: string, ...marks: object[]) => ({ type: 'text', text: words, ...(marks.length > 0 ? { marks } : {}) });
const heading = (level: number, words: string) => ({ type: 'heading', attrs: { level }, content: [text(words)] });
const numbered = (level: number, words: string) => ({ type: 'numberedParagraph', attrs: { level }, ...(words === '' ? {} : { content: [text(words)] }) });
const footnote = (words: string) => ({ type: 'footnote', content: [text(words)] });

/** The blocks as one reads them: type or level, then the words. */
function lines(editor: Editor): string[] {
  const found: string[] = [];
  editor.state.doc.forEach((block) => {
    found.push(`${block.type.name === 'numberedParagraph' ? `#${block.attrs.level}` : block.type.name} ${block.textContent}`.trim());
  });
  return found;
}

describe('a draft', () => {
  const everything = [
    heading(1, 'Heeding the Signals'),
    { type: 'paragraph', attrs: { dir: 'rtl' }, content: [text('السيد الرئيس،')] },
    {
      type: 'numberedParagraph',
      attrs: { level: 1 },
      content: [
        text('We '),
        text('ask', { type: 'bold' }, { type: 'italic' }),
        footnote('Resolution 60/1.'),
        { type: 'hardBreak' },
        text('here', { type: 'link', attrs: { href: 'https://example.org/a?b=c' } }),
      ],
    },
    numbered(2, 'that it act;'),
    { type: 'bulletList', content: [{ type: 'listItem', content: [{ type: 'paragraph', content: [text('one')] }] }] },
    { type: 'orderedList', attrs: { start: 3 }, content: [{ type: 'listItem', content: [{ type: 'paragraph', content: [text('three')] }] }] },
    { type: 'blockquote', content: [{ type: 'paragraph', content: [text('Quoted.')] }] },
  ];

  it('comes back from the shared document as it went in', () => {
    const editor = desk(...everything);
    const shared = new Doc().getXmlFragment('default');
    prosemirrorJSONToYXmlFragment(editor.schema, editor.getJSON(), shared);
    expect(yXmlFragmentToProseMirrorRootNode(shared, editor.schema).toJSON()).toEqual(editor.getJSON());
    // What the server reads: typed attributes, empty ones absent, links with an address and nothing else.
    const elements = shared.toArray() as unknown as { nodeName: string; getAttributes: () => object }[];
    expect(elements.map(({ nodeName }) => nodeName)).toEqual([
      'heading',
      'paragraph',
      'numberedParagraph',
      'numberedParagraph',
      'bulletList',
      'orderedList',
      'blockquote',
    ]);
    expect(elements[2]?.getAttributes()).toEqual({ level: 1 });
    expect(elements[5]?.getAttributes()).toEqual({ start: 3 });
    expect(shared.toString()).toContain('<link href="https://example.org/a?b=c">here</link>');
  });

  it('comes back from the clipboard as it went in', () => {
    const editor = desk(...everything);
    const before = editor.getJSON();
    editor.commands.setContent(editor.getHTML());
    expect(editor.getJSON()).toEqual(before);
  });

  it('holds no footnote inside a footnote, and nothing we have no words for', () => {
    const { schema } = desk(numbered(1, 'x'));
    expect(schema.nodes.footnote?.contentMatch.matchType(schema.nodes.footnote)).toBeNull();
    expect(Object.keys(schema.marks).toSorted()).toEqual(['bold', 'italic', 'link']);
    expect(Object.keys(schema.nodes)).not.toContain('codeBlock');
  });
});

describe('in a numbered paragraph', () => {
  const at = (editor: Editor, pos: number) => editor.commands.setTextSelection(pos);
  const does = (editor: Editor, act: typeof nextParagraph) => {
    const tr = act(editor.state);
    if (tr !== undefined) editor.view.dispatch(tr);
    return tr !== undefined;
  };

  it('Enter makes the next one of the same level, also in the middle of the words', () => {
    const editor = desk(numbered(2, 'onetwo'));
    at(editor, 4);
    expect(does(editor, nextParagraph)).toBe(true);
    expect(lines(editor)).toEqual(['#2 one', '#2 two']);
  });

  it('Enter in an empty one steps out, level by level', () => {
    const editor = desk(numbered(1, 'one'), numbered(2, ''));
    at(editor, 6);
    does(editor, nextParagraph);
    expect(lines(editor)).toEqual(['#1 one', '#1']);
    does(editor, nextParagraph);
    expect(lines(editor)).toEqual(['#1 one', 'paragraph']);
    expect(does(editor, nextParagraph)).toBe(false);
  });

  it('Backspace before the first letter takes the number away and keeps the words and their direction', () => {
    const editor = desk({ ...numbered(1, 'one'), attrs: { level: 1, dir: 'rtl' } });
    at(editor, 2);
    expect(does(editor, dropNumber)).toBe(false);
    at(editor, 1);
    expect(does(editor, dropNumber)).toBe(true);
    expect(lines(editor)).toEqual(['paragraph one']);
    expect(editor.state.doc.firstChild?.attrs.dir).toBe('rtl');
  });

  it('the level changes for all that are selected, and only where it differs', () => {
    const editor = desk(numbered(1, 'one'), numbered(1, 'two'), heading(2, 'three'));
    editor.commands.setTextSelection({ from: 2, to: 14 });
    const tr = setLevel(editor.state, 2);
    if (tr !== undefined) editor.view.dispatch(tr);
    expect(lines(editor)).toEqual(['#2 one', '#2 two', 'heading three']);
    expect(setLevel(editor.state, 2)).toBeUndefined();
  });
});

describe('the measure of a text', () => {
  it('counts footnotes, numbers them in order, and finds the title', () => {
    const editor = desk(
      heading(1, 'A title'),
      { type: 'numberedParagraph', attrs: { level: 1 }, content: [text('One'), footnote('first note'), text(' two.'), footnote('second')] },
      numbered(2, 'three'),
    );
    const found = measure(editor.state.doc);
    expect(found).toMatchObject({ words: 8, paragraphs: 1, title: 'A title' });
    expect(found.notes.map(({ number, text: words }) => `${number} ${words}`)).toEqual(['1 first note', '2 second']);
    for (const { pos } of found.notes) expect(editor.state.doc.nodeAt(pos)?.type.name).toBe('footnote');
  });

  // The first lines stand in the server's test too: both count alike.
  it.each([
    ['', 0],
    ['We, the undersigned — 24 organisations', 5],
    ["high-seas life isn't 3.5 °C", 5],
    ['المنظمات الموقعة أدناه', 3],
    ['我们，签署组织', 6],
    ['会议 2024 年', 4],
    ['ひらがなとカタカナ', 9],
    ['Нижеподписавшиеся организации', 2],
    ['Resolution 60/1, stop\u200B-gap', 3],
    [' \u200B ', 0],
  ])('%s', (words, count) => {
    expect(countWords(words)).toBe(count);
  });
});
