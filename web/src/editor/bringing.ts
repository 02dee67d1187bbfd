// A file's text comes into the draft as its writer's own act. The server has compared the two (server/text/compare); only what differs is
// written, paragraph by paragraph from the end of the text, so that what stands before is where the comparison found it, also where words
// that go are only struck. A draft that says something else by now is left as it is, and compared again.
import type { Fragment, Schema } from '@tiptap/pm/model';
import { TextSelection, type Transaction } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import type { Block, ComparedNote, ComparedPiece, ComparedRow, Comparison, Inline } from '../api/types';
import type { PastedBlock } from '../paste';
import { PARAGRAPH } from '../text/draft';
import { hasOnlyBegun } from './beginning';
import { marksOf } from './binding/attributes';
import type { SharedDraft } from './binding/shared';
import { contentOf, lettersOf, oldOf, pastedContent, pastedOf, rawPiece, type Pair } from './compared';
import { attributesOf, insert, nodeOf } from './insertion';
import { saidOf, standingIn, type Standing } from './settled-blocks';

/** With three bytes a letter and its formats one undo, and what it brings again, stays below what one update may hold. */
const ACT_LETTERS_MAX = 40_000;

/** Writes what a file brings. False where the draft is not what it was compared with, and nothing is written. */
export function bring(view: EditorView, { rows }: Comparison, draft: SharedDraft): boolean {
  draft.settle();
  const standing = standingIn(view.state.doc, draft);
  const olds = rows.flatMap((row) => oldOf(row, rows));
  if (standing?.length !== olds.length || standing.some(({ said }, at) => said !== saidOf(olds[at] as Block))) return false;
  // An editor takes all of it back at once; what is suggested is decided paragraph by paragraph.
  if (draft.mode === 'suggest') write(view, rows, standing, draft);
  else draft.alone(() => write(view, rows, standing, draft));
  return true;
}

function write(view: EditorView, rows: readonly ComparedRow[], standing: readonly Standing[], draft: SharedDraft): void {
  const blocks = pastedOf(rows);
  const added = rows.flatMap((row, at) => (row.row === 'added' ? [blocks[at] as PastedBlock] : []));
  const { state } = view;
  // Below its title nothing stands: the empty paragraph there gives way.
  if (hasOnlyBegun(state.doc) && rows.every(({ row }) => row === 'added' || row === 'same') && added.length > 0) {
    view.dispatch(state.tr.setSelection(TextSelection.create(state.doc, state.doc.content.size - 1)));
    draft.alone(() => void insert(view, { blocks: added, left: [], open: false }, draft));
    return;
  }
  let letters = 0;
  let at = standing.length;
  const dispatches = (tr: Transaction) => {
    if (!tr.docChanged) return;
    draft.alone(() => view.dispatch(tr));
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
    if (row.row === 'removed' || row.row === 'stood') dispatches(removed(view.state.tr, here));
    else dispatches(rewritten(view.state.tr, here, row, block as PastedBlock, draft));
  }
}

/** A paragraph goes; words in it that somebody only proposes stay. */
function removed(tr: Transaction, { node, pos, at, isWhole }: Standing): Transaction {
  return isWhole ? tr.delete(pos, pos + node.nodeSize) : without(tr, at);
}

/** One paragraph as the file has it: what differs of its words, and of what it is. */
function rewritten(tr: Transaction, here: Standing, row: Pair, block: PastedBlock, draft: SharedDraft): Transaction {
  const { node, pos } = here;
  const { schema } = node.type;
  if (row.row === 'changed') {
    const old = contentOf(row.pieces, 'old');
    if (here.raw === old.map(rawPiece).join('')) pieces(tr, here, row.pieces, schema, draft);
    else {
      without(tr, here.at);
      tr.insert(beginOf(here), nodeOf(schema, block, draft, new Set()).content);
    }
  }
  const start = block.start ?? null;
  const was = node.attrs as { block: string; dir: string | null; start: number | null };
  const dir = row.old.dir === row.new.dir ? was.dir : (row.new.dir ?? null);
  if (was.block !== block.block || was.dir !== dir || (block.block.startsWith('ordered') && was.start !== start)) {
    tr.setNodeMarkup(tr.mapping.map(pos), undefined, { ...was, block: block.block, dir, start });
  }
  return tr;
}

/** The pieces of one paragraph, from its end. */
function pieces(tr: Transaction, here: Standing, all: readonly ComparedPiece[], schema: Schema, draft: SharedDraft): void {
  let at = here.at.length;
  for (const piece of all.toReversed()) {
    const end = at;
    at -= lengthOf(contentOf([piece], 'old'));
    const units = here.at.slice(at, end);
    if (piece.is === 'out') without(tr, units);
    else if (piece.is === 'in') tr.insert(behind(here, at), nodesOf(piece.content, schema, draft));
    else if (piece.is === 'styled') restyle(tr, units, piece.new, schema);
    // A footnote that says something else comes as another.
    else if (piece.is === 'note' && differs(piece)) {
      tr.insert(behind(here, end), nodesOf(contentOf([piece], 'new'), schema, draft));
      without(tr, units);
    }
  }
}

/** The marks that are how words look. */
const LOOKS = ['bold', 'italic', 'link', 'lang'];

const beginOf = ({ at, pos }: Standing) => at[0] ?? pos + 1;

/** Behind so many units of a paragraph. */
function behind(here: Standing, count: number): number {
  const last = here.at[count - 1];
  return last === undefined ? beginOf(here) : last + 1;
}

/** Takes units away, from the last; what stands between them stays. */
function without(tr: Transaction, units: readonly number[]): Transaction {
  for (const [from, to] of stretches(units).toReversed()) tr.delete(from, to);
  return tr;
}

/** Units that stand side by side. */
function stretches(units: readonly number[]): [from: number, to: number][] {
  const all: [number, number][] = [];
  for (const unit of units) {
    const last = all.at(-1);
    if (last?.[1] === unit) last[1] = unit + 1;
    else all.push([unit, unit + 1]);
  }
  return all;
}

function restyle(tr: Transaction, units: readonly number[], content: readonly Inline[], schema: Schema): void {
  let at = 0;
  for (const inline of content) {
    const end = at + lengthOf([inline]);
    if (inline.type === 'text') {
      const { text: _words, ...look } = inline;
      for (const [from, to] of stretches(units.slice(at, end))) {
        // A bracket is no look, and stays.
        for (const name of LOOKS) tr.removeMark(from, to, schema.marks[name]);
        for (const mark of marksOf(schema, attributesOf({ text: '', ...lettersOf(look) }))) tr.addMark(from, to, mark);
      }
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

const lengthOf = (content: readonly Inline[]) => content.reduce((sum, inline) => sum + rawPiece(inline).length, 0);
