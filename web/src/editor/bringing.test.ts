// A newer text written over an older one, as a file brings it in: whatever the two are, the draft says the newer one, and suggested the
// older one still. The comparisons are the server's (server/text/compare/tests/vectors.rs).
import { Editor } from '@tiptap/core';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Doc } from 'yjs';
import type { Block, ComparedRow, Comparison, Inline, NoteParagraph } from '../api/types';
import { blockOf, BODY } from '../text/draft';
import { Numbering } from '../text/numbering';
import { proposalsIn } from './binding/proposals';
import { SharedDraft } from './binding/shared';
import { MARK } from './binding/units';
import { bring } from './bringing';
import { accept } from './deciding';
import { contentOf, draftSchema } from './schema';
import { saidOf, standingIn } from './settled-blocks';
import { sharing } from './sharing';

interface Case {
  old: Block[];
  new: Block[];
  rows: ComparedRow[];
}

const CASES = JSON.parse(readFileSync('../tests/vectors/text/comparisons.json', 'utf8')) as Case[];
const comparison = (rows: ComparedRow[]) => ({ rows }) as Comparison;

/** A draft of this text, and its page. */
async function page(blocks: Block[]): Promise<{ draft: SharedDraft; editor: Editor }> {
  const doc = new Doc();
  doc.getText(BODY).insert(0, MARK, {});
  const draft = new SharedDraft(doc);
  const sheet = { draft, text: draft.body, root: BODY };
  const editor = new Editor({
    element: document.createElement('div'),
    extensions: [...draftSchema(), sharing(sheet, draft.beginNotes)],
    content: contentOf(draft.body),
    injectCSS: false,
  });
  await Promise.resolve();
  expect(bring(editor.view, comparison(blocks.map((block) => ({ row: 'added', new: block }))), draft)).toBe(true);
  expect(told(editor, draft)).toEqual(blocks.map(line));
  return { draft, editor };
}

/** What a draft says, paragraph by paragraph: what each is, its number, its words with their look. */
function told({ state: { doc } }: Editor, draft: SharedDraft): string[] {
  const numbering = new Numbering();
  const lines: string[] = [];
  doc.forEach((node) => {
    const { block, dir, start } = node.attrs as { block: string; dir: string | null; start: number | null };
    const [kind = '', level = '0'] = block.split(':');
    const { label } = numbering.next({ kind, level: Number(level) } as never, start);
    const content = node.children.map((child) => {
      if (child.type.name === 'footnote') return `[${draft.note(String(child.attrs.id)).toString().replaceAll('\u2028', '/').split('\n').slice(0, -1).join('|')}]`;
      const look = child.isText ? child.marks.map(({ type, attrs }) => type.name + String(attrs.href ?? attrs.lang ?? '')).toSorted().join() : '';
      return child.isText ? `(${look} ${child.text})` : '/';
    });
    if (node.content.size > 0) lines.push(`${block} ${dir ?? ''} ${label ?? ''}: ${content.join('')}`);
  });
  return lines;
}

function line({ type, level = 0, dir, label, content }: Block): string {
  const shape = type === 'heading' ? (level === 1 ? 'title' : `heading:${level - 1}`) : blockOf({ kind: type, level });
  const noted = ({ content: pieces }: NoteParagraph) => pieces.map((piece) => (piece.type === 'text' ? piece.text : '/')).join('');
  const said = (inline: Inline) => {
    if (inline.type === 'break') return '/';
    if (inline.type === 'footnote') return `[${inline.content.map(noted).join('|')}]`;
    const look = [inline.bold && 'bold', inline.italic && 'italic', inline.link !== undefined && `link${inline.link}`, inline.lang !== undefined && `lang${inline.lang}`];
    return `(${look.filter(Boolean).toSorted().join()} ${inline.text})`;
  };
  return `${shape} ${dir ?? ''} ${label ?? ''}: ${content.map(said).join('')}`;
}

describe('a text that is brought in', () => {
  it.each(CASES.map((one, at) => ({ ...one, at })))('is what the draft says, and one undo takes it back ($at)', async ({ old, new: next, rows }) => {
    const { draft, editor } = await page(old);
    expect(bring(editor.view, comparison(rows), draft)).toBe(true);
    expect(told(editor, draft)).toEqual(next.map(line));
    if (rows.every(({ row }) => row === 'same')) return;
    draft.takeBack();
    expect(told(editor, draft)).toEqual(old.map(line));
  });

  it.each(CASES.map((one, at) => ({ ...one, at })))('is suggested where one suggests: the text stays, and accepted it says the same ($at)', async ({ old, new: next, rows }) => {
    const { draft, editor } = await page(old);
    draft.writesAs('ana0000000');
    draft.turnTo('suggest');
    expect(bring(editor.view, comparison(rows), draft)).toBe(true);
    expect(standingIn(editor.state.doc, draft)?.map(({ said }) => said)).toEqual(old.map(saidOf));
    draft.turnTo('edit');
    accept(draft, proposalsIn(draft), proposalsIn(draft).suggestions);
    expect(standingIn(editor.state.doc, draft)?.map(({ said }) => said)).toEqual(next.map(saidOf));
  });

  it('is not written over a draft that says something else by now', async () => {
    const { old, rows } = CASES.find(({ old: blocks }) => blocks.length > 2) as Case;
    const { draft, editor } = await page(old);
    editor.view.dispatch(editor.state.tr.insertText('Meanwhile. ', 1));
    const before = told(editor, draft);
    expect(bring(editor.view, comparison(rows), draft)).toBe(false);
    expect(told(editor, draft)).toEqual(before);
  });
});
