// A file's text comes into the draft as its writer's own act. The server has compared the two (server/text/compare); only what differs is
// written, paragraph by paragraph from the end of the text, so that what stands before is where the comparison found it, also where words
// that go are only struck. A draft that says something else by now is left as it is, and compared again.
import type { Fragment, Node, Schema } from '@tiptap/pm/model';
import { TextSelection, type Transaction } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import type { Block, ComparedNote, ComparedPiece, ComparedRow, Comparison, Inline, NoteParagraph } from '../api/types';
import type { PastedBlock } from '../paste';
import { PARAGRAPH, SOFT_RETURN } from '../text/draft';
import { hasOnlyBegun } from './beginning';
import { marksOf } from './binding/attributes';
import type { SharedDraft } from './binding/shared';
import { contentOf, lettersOf, oldOf, pastedContent, pastedOf, type Pair } from './compared';
import { attributesOf, insert, nodeOf } from './insertion';

/** With three bytes a letter and its formats one undo, and what it brings again, stays below what one update may hold. */
const ACT_LETTERS_MAX = 40_000;

/** A paragraph of the draft that says something. */
interface Standing {
  node: Node;
  pos: number;
}

/** Writes what a file brings. False where the draft is not what it was compared with, and nothing is written. */
export function bring(view: EditorView, { rows }: Comparison, draft: SharedDraft): boolean {
  draft.settle();
  const standing = standingIn(view.state.doc, draft);
  const olds = rows.flatMap((row) => oldOf(row, rows));
  if (standing.length !== olds.length || standing.some(({ node }, at) => saidBy(node, draft) !== saidOf(olds[at] as Block))) return false;
  draft.alone(() => write(view, rows, standing, draft));
  return true;
}

function write(view: EditorView, rows: readonly ComparedRow[], standing: readonly Standing[], draft: SharedDraft): void {
  const blocks = pastedOf(rows);
  const added = rows.flatMap((row, at) => (row.row === 'added' ? [blocks[at] as PastedBlock] : []));
  const { state } = view;
  // Below its title nothing stands: the empty paragraph there gives way.
  if (hasOnlyBegun(state.doc) && rows.every(({ row }) => row === 'added' || row === 'same') && added.length > 0) {
    view.dispatch(state.tr.setSelection(TextSelection.create(state.doc, state.doc.content.size - 1)));
    insert(view, { blocks: added, left: [], open: false }, draft);
    return;
  }
  let letters = 0;
  let at = standing.length;
  const dispatches = (tr: Transaction) => {
    if (!tr.docChanged) return;
    view.dispatch(tr);
    letters += tr.steps.length + Math.abs(tr.doc.content.size - tr.before.content.size);
    if (letters <= ACT_LETTERS_MAX) return;
    draft.undo.stopCapturing();
    letters = 0;
  };
  for (const [place, row] of [...rows.entries()].toReversed()) {
    const block = blocks[place];
    if (row.row === 'added' || row.row === 'moved') {
      const before = standing[at - 1];
      const pos = before === undefined ? 0 : before.pos + before.node.nodeSize;
      dispatches(view.state.tr.insert(pos, nodeOf(view.state.schema, block as PastedBlock, draft, new Set())));
      continue;
    }
    at -= 1;
    const here = standing[at] as Standing;
    if (row.row === 'removed' || row.row === 'stood') dispatches(view.state.tr.delete(here.pos, here.pos + here.node.nodeSize));
    else dispatches(rewritten(view.state.tr, here, row, block as PastedBlock, draft));
  }
}

/** One paragraph as the file has it: what differs of its words, and of what it is. */
function rewritten(tr: Transaction, { node, pos }: Standing, row: Pair, block: PastedBlock, draft: SharedDraft): Transaction {
  const { schema } = node.type;
  if (row.row === 'changed') {
    const old = contentOf(row.pieces, 'old');
    if (rawOf(node) === old.map(rawPiece).join('')) pieces(tr, pos + 1, row.pieces, schema, draft);
    else tr.replaceWith(pos + 1, pos + 1 + node.content.size, nodeOf(schema, block, draft, new Set()).content);
  }
  const start = block.start ?? null;
  const was = node.attrs as { block: string; dir: string | null; start: number | null };
  const dir = row.new.dir ?? null;
  const turned = row.old.dir === row.new.dir ? was.dir : dir;
  if (was.block !== block.block || was.dir !== turned || (block.block.startsWith('ordered') && was.start !== start)) {
    tr.setNodeMarkup(pos, undefined, { ...was, block: block.block, dir: turned, start });
  }
  return tr;
}

/** The pieces of one paragraph, from its end. */
function pieces(tr: Transaction, begin: number, all: readonly ComparedPiece[], schema: Schema, draft: SharedDraft): void {
  let at = begin + all.reduce((sum, piece) => sum + lengthOf(contentOf([piece], 'old')), 0);
  for (const piece of all.toReversed()) {
    const length = lengthOf(contentOf([piece], 'old'));
    at -= length;
    if (piece.is === 'out') tr.delete(at, at + length);
    else if (piece.is === 'in') tr.insert(at, nodesOf(piece.content, schema, draft));
    else if (piece.is === 'styled') restyle(tr, at, piece.new, schema);
    // A footnote that says something else comes as another.
    else if (piece.is === 'note' && differs(piece)) tr.replaceWith(at, at + 1, nodesOf(contentOf([piece], 'new'), schema, draft));
  }
}

function restyle(tr: Transaction, begin: number, content: readonly Inline[], schema: Schema): void {
  let at = begin;
  for (const inline of content) {
    const end = at + lengthOf([inline]);
    if (inline.type === 'text') {
      const { text: _words, ...look } = inline;
      tr.removeMark(at, end);
      for (const mark of marksOf(schema, attributesOf({ text: '', ...lettersOf(look) }))) tr.addMark(at, end, mark);
    }
    at = end;
  }
}

function nodesOf(content: readonly Inline[], schema: Schema, draft: SharedDraft): Fragment {
  return nodeOf(schema, { block: PARAGRAPH, content: pastedContent(content) }, draft, new Set()).content;
}

function differs({ paragraphs }: ComparedNote): boolean {
  return paragraphs.some(({ old, new: next, pieces: all }) => old === undefined || next === undefined || old.dir !== next.dir || all.some(({ is }) => is !== 'same'));
}

/** The paragraphs of a document that a text has, in order: those that say something. */
export function standingIn(doc: Node, draft: SharedDraft): Standing[] {
  const found: Standing[] = [];
  doc.forEach((node, pos) => {
    if (saidBy(node, draft).replaceAll('\n', ' ').trim() !== '') found.push({ node, pos });
  });
  return found;
}

/** What a paragraph of the draft says, its footnotes within it, as the server reads it. */
function saidBy(node: Node, draft: SharedDraft): string {
  let said = '';
  node.forEach((child) => {
    if (child.isText) said += child.text ?? '';
    else if (child.type.name === 'break') said += '\n';
    else if (child.type.name === 'footnote') {
      const words = draft.note(String(child.attrs.id)).toString().split('\n').map(plain).filter((line) => line.trim() !== '');
      if (words.length > 0) said += `[${words.join('|')}]`;
    }
  });
  return plain(said);
}

function saidOf({ content }: Block): string {
  const note = (paragraphs: readonly NoteParagraph[]) =>
    paragraphs.map(({ content: words }) => words.map((piece) => (piece.type === 'text' ? piece.text : SOFT_RETURN)).join('')).join('|');
  return plain(content.map((inline) => (inline.type === 'text' ? inline.text : inline.type === 'break' ? '\n' : `[${plain(note(inline.content))}]`)).join(''));
}

/** As the server settles words (`server/text/from_draft.rs`). */
const plain = (words: string) =>
  words
    .replaceAll(/[\u200B\uFEFF]/gu, '')
    .replaceAll(/[\t\r\u0085\u2029]/gu, ' ')
    // oxlint-disable-next-line no-control-regex -- those are what goes
    .replaceAll(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F]/gu, '')
    .normalize('NFC');

/** A paragraph unit for unit, as the document counts it. */
export function rawOf(node: Node): string {
  let raw = '';
  node.forEach((child) => {
    raw += child.isText ? (child.text ?? '') : child.type.name === 'break' ? '\n' : child.type.name === 'footnote' ? '\uFFFC' : '\uFFFD';
  });
  return raw;
}

/** The same of a text's. */
export const rawPiece = (inline: Inline) => (inline.type === 'text' ? inline.text : inline.type === 'break' ? '\n' : '\uFFFC');
const lengthOf = (content: readonly Inline[]) => content.reduce((sum, inline) => sum + rawPiece(inline).length, 0);
