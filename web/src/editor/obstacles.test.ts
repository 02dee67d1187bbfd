import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Editor } from '@tiptap/core';
import type { Mark } from '@tiptap/pm/model';
import { afterEach, describe, expect, it } from 'vitest';
import { findUnseen } from '../text/unseen';
import { found, linesOf } from './lines';
import { measure } from './measure';
import { obstaclesIn, removable, withoutUnseen } from './obstacles';
import { draftSchema } from './schema';

const pasted = (file: string) => readFileSync(join(import.meta.dirname, '../../../tests/vectors/cases', file), 'utf8');

const opened: Editor[] = [];
afterEach(() => {
  for (const editor of opened.splice(0)) editor.destroy();
});

function draft(content: object | string): Editor {
  const editor = new Editor({ element: null, extensions: draftSchema(), content, injectCSS: false });
  opened.push(editor);
  return editor;
}

const doc = (...content: object[]) => ({ type: 'doc', content });
const text = (words: string, ...marks: object[]) => ({ type: 'text', text: words, ...(marks.length > 0 ? { marks } : {}) });
const link = (href: string) => ({ type: 'link', attrs: { href } });
const seen = (editor: Editor) => obstaclesIn(editor.state.doc, measure(editor.state.doc));

describe('what stands in the way of freezing', () => {
  // The server's test has the same draft and the same places (server/text/from_draft/tests.rs).
  const editor = () =>
    draft(
      doc(
        { type: 'paragraph' },
        { type: 'bulletList', content: [{ type: 'listItem', content: [{ type: 'paragraph', content: [text('😀 hu\u00ADman')] }] }] },
        {
          type: 'paragraph',
          content: [
            text('a'),
            { type: 'footnote' },
            { type: 'hardBreak' },
            { type: 'footnote', content: [text('See\u202E.')] },
            text('b\u2060'),
            text('https://a.', link('https://b.example')),
            text('example', link('https://b.example'), { type: 'bold' }),
            text('x', link('page.html')),
          ],
        },
      ),
    );

  it('has the places that the server gives it', () => {
    const places = seen(editor()).flatMap(({ code, place }) =>
      place === undefined ? [] : [[code, place.block, place.footnote, place.offset, place.length]],
    );
    expect(places.toSorted()).toEqual(
      [
        ['unseen', 2, undefined, 5, 1],
        ['unseen', 3, undefined, 3, 1],
        ['link-names-another', 3, undefined, 4, 17],
        ['forbidden-link', 3, undefined, 21, 1],
        ['empty-footnote', 3, 1, 0, 0],
        ['unseen', 3, 2, 3, 1],
      ].toSorted(),
    );
  });

  it('is found again in the document by its place', () => {
    const { state } = editor();
    for (const { code, place } of seen(editor())) {
      if (place === undefined || place.length === 0) continue;
      const at = found(state.doc, place);
      const words = state.doc.textBetween(at?.from ?? 0, at?.to ?? 0);
      const line = linesOf(state.doc).find(({ block, footnote }) => block === place.block && footnote === place.footnote);
      expect(words, code).toBe(line?.text.slice(place.offset, place.offset + place.length));
    }
    expect(found(state.doc, { block: 9, kind: 'paragraph', offset: 0, length: 1, excerpt: '' })).toBeUndefined();
  });

  it('says what a text lacks, and which heading leaves a level out', () => {
    expect(seen(draft(doc({ type: 'paragraph' }))).map(({ code }) => code)).toEqual(['empty', 'no-title']);
    const jump = seen(draft(doc(...[1, 3].map((level) => ({ type: 'heading', attrs: { level }, content: [text('x')] })))));
    expect(jump.map(({ code, place }) => [code, place?.block])).toEqual([['heading-jump', 2]]);
  });

  it('cites numbered paragraphs as the editor shows them', () => {
    const numbered = (level: number) => ({ type: 'numberedParagraph', attrs: { level }, content: [text('x')] });
    const lines = linesOf(draft(doc(numbered(1), numbered(1), numbered(2), numbered(2), numbered(1))).state.doc);
    expect(lines.map(({ label }) => label)).toEqual(['1', '2', '2(a)', '2(b)', '3']);
  });
});

describe('one press', () => {
  it('takes away what nobody sees, and nothing else', () => {
    const editor = draft(pasted('15-invisible.html'));
    expect(removable(editor.state.doc)).toBe(13);
    const tr = withoutUnseen(editor.state);
    if (tr !== undefined) editor.view.dispatch(tr);
    const words: string[] = [];
    editor.state.doc.forEach((block) => words.push(block.textContent));
    expect(words).toEqual([
      'The fund shall hold 000,01 francs.',
      'Members shall not be asked to pay.',
      'human rights defenders',
      'peacekeeping and peacebuilding',
      '',
      'agreed',
      'nous demandons\u00A0: «\u00A0la paix\u00A0»',
    ]);
    expect(withoutUnseen(editor.state)).toBeUndefined();
  });

  it('reaches into footnotes, leaves a space where words would join, and what can be seen to a person', () => {
    const note = { type: 'footnote', content: [text('See\u00AD 60/1.')] };
    const editor = draft(doc({ type: 'paragraph', content: [text('one\u2028two \uE000 😀\u202E', { type: 'bold' }), note, text('\u2060end')] }));
    const tr = withoutUnseen(editor.state);
    if (tr !== undefined) editor.view.dispatch(tr);
    expect(editor.state.doc.firstChild?.textContent).toBe('one two \uE000 😀See 60/1.end');
    expect(editor.state.doc.firstChild?.firstChild?.marks.map(({ type }: Mark) => type.name)).toEqual(['bold']);
    expect(findUnseen('one two \uE000 😀').map(({ mend }) => mend)).toEqual(['by-hand']);
  });
});

describe('pasted links', () => {
  it('are whole addresses, or plain words', () => {
    const editor = draft(pasted('14-links.html'));
    const links: [string, string][] = [];
    editor.state.doc.descendants((node) => {
      const mark = node.marks.find(({ type }) => type.name === 'link');
      if (mark !== undefined) links.push([node.text ?? '', String(mark.attrs.href)]);
    });
    expect(links).toEqual([
      ['whole', 'https://archive.example/a?b=c'],
      ['without scheme', 'https://www.archive.example/report'],
      ['scheme of the page', 'https://archive.example/report'],
      ['mail', 'mailto:office@archive.example?subject=Our%20text'],
      ['mail with spaces', 'mailto:office@archive.example?subject=Our%20text'],
      ['other letters', 'https://архив.example/отчёт'],
      ['safe link', 'https://archive.example/a'],
    ]);
    expect(editor.state.doc.textContent).toContain('a file beside it · up one · from the root · an anchor · a local file · script');
    expect(seen(editor).map(({ code }) => code)).toEqual(['no-title']);
  });

  it('are drawn only where their address may stand', () => {
    const editor = draft(doc({ type: 'paragraph', content: [text('a', link('https:////a.example')), text('b', link('https://a.example'))] }));
    expect(editor.getHTML()).toContain('<a rel="noopener noreferrer" target="_blank">a</a>');
    expect(editor.getHTML()).toContain('<a href="https://a.example"');
  });
});
