// Blocks that come into the text, pasted or dragged: where they stand, what they join, and which footnotes they bring. A long text goes
// in by parts, each small enough for one update.
import { Fragment, Slice, type Node, type Schema } from '@tiptap/pm/model';
import { TextSelection, type Transaction } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import { isNote, wordsOf, type Letters, type NoteRef, type Pasted, type PastedBlock } from '../paste';
import { isDirection, isNoteId, isStart, PARAGRAPH, shapeOf } from '../text/draft';
import { inlineOf } from './binding/reading';
import type { SharedDraft } from './binding/shared';
import { MARK, type Unit } from './binding/units';

/** One part: with three bytes a letter and its formats it stays below what one update may hold. */
const PART_LETTERS_MAX = 40_000;

/** Puts what was pasted where the selection is. Whether a title became a heading. */
export function insert(view: EditorView, { blocks, open }: Pasted, draft: SharedDraft): boolean {
  const { schema } = view.state;
  const referred = new Set<string>();
  const { doc } = view.state.tr.deleteSelection();
  doc.descendants((node) => {
    if (node.type.name === 'footnote') referred.add(String(node.attrs.id));
    return true;
  });
  const { ours, retitled } = underOneTitle(blocks, doc);
  const nodes = ours.map((block) => nodeOf(schema, block, draft, referred));
  const [only] = nodes;
  if (only === undefined) return retitled;
  // One paragraph melts into the one it is pasted in; what that is stays.
  if (nodes.length === 1 && (open || only.attrs.block === PARAGRAPH)) {
    const tr = view.state.tr.replaceSelection(new Slice(only.content, 0, 0));
    const { $from } = tr.selection;
    if (only.attrs.dir !== null && $from.depth > 0 && $from.parent.content.size === only.content.size) tr.setNodeAttribute($from.before(), 'dir', only.attrs.dir);
    view.dispatch(tr.scrollIntoView());
    return retitled;
  }
  for (const [at, part] of parts(nodes).entries()) {
    // Each is undone by itself, because what comes again with redo must be small enough, too.
    if (at > 0) draft.undo.stopCapturing();
    view.dispatch(insertBlocks(view.state.tr, part, at > 0).scrollIntoView());
  }
  return retitled;
}

/**
 * A text has one title. Another that is pasted is a heading; one in the same words, as a text written elsewhere begins with the title
 * it was given here, stands there already.
 */
export function underOneTitle(blocks: readonly PastedBlock[], doc: Node): { ours: PastedBlock[]; retitled: boolean } {
  const title = doc.children.find(({ attrs, textContent }) => attrs.block === 'title' && textContent.trim() !== '');
  const [first] = blocks;
  const same = title !== undefined && blocks.length > 1 && first?.block === 'title' && said(first) === title.textContent.trim();
  const ours = blocks.slice(same ? 1 : 0);
  let has = title !== undefined;
  let retitled = false;
  const titled = ours.map((block) => {
    if (block.block !== 'title') return block;
    retitled ||= has;
    const becomes = has ? 'heading:1' : 'title';
    has = true;
    return { ...block, block: becomes };
  });
  return { ours: titled, retitled };
}

function said({ content }: PastedBlock): string {
  return content.some(isNote) ? '' : wordsOf(content).trim();
}

/** Blocks in parts that one update holds. */
function parts(nodes: Node[]): Node[][] {
  const all: Node[][] = [];
  let letters = Infinity;
  for (const node of nodes) {
    letters += node.content.size;
    if (letters > PART_LETTERS_MAX) {
      all.push([]);
      letters = node.content.size;
    }
    all.at(-1)?.push(node);
  }
  return all;
}

/**
 * Puts blocks where the selection is. Paragraphs at the edges join the words they meet; blocks of another kind stay blocks of their
 * own, and an empty block gives way. Afterwards the caret stands at the end of what came.
 */
export function insertBlocks(tr: Transaction, nodes: Node[], goesOn = false): Transaction {
  tr.deleteSelection();
  const { $from } = tr.selection;
  const [first, last] = [nodes.at(0), nodes.at(-1)];
  if ($from.depth === 0 || first === undefined || last === undefined) return tr;
  const { parent, parentOffset } = $from;
  const [head, tail] = [parentOffset > 0, parentOffset < parent.content.size];
  if (!head && !tail && !goesOn) {
    const from = $from.before();
    tr.replaceWith(from, from + parent.nodeSize, nodes);
    return tr.setSelection(TextSelection.near(tr.doc.resolve(from + sizeOf(nodes) - 1), -1));
  }
  const joinsHead = !goesOn && head && first.attrs.block === PARAGRAPH;
  const joinsTail = tail && last.attrs.block === PARAGRAPH;
  if (!head && !goesOn && !joinsTail) {
    tr.insert($from.before(), nodes);
    return tr.setSelection(TextSelection.near(tr.doc.resolve($from.before() + sizeOf(nodes) - 1), -1));
  }
  if (!tail && !joinsHead) {
    const at = $from.after();
    tr.insert(at, nodes);
    return tr.setSelection(TextSelection.near(tr.doc.resolve(at + sizeOf(nodes) - 1), -1));
  }
  const empty = parent.type.create({ ...parent.attrs, start: null });
  const content = [...(joinsHead || !head ? [] : [empty]), ...nodes, ...(joinsTail || !tail ? [] : [empty])];
  const at = $from.pos;
  tr.replace(at, at, new Slice(Fragment.from(content), 1, 1));
  const end = at + sizeOf(content) - 2;
  return tr.setSelection(TextSelection.near(tr.doc.resolve(joinsTail || !tail ? end : end - empty.nodeSize), -1));
}

function sizeOf(nodes: Node[]): number {
  return nodes.reduce((sum, { nodeSize }) => sum + nodeSize, 0);
}

export function nodeOf(schema: Schema, { block, dir, start, content }: PastedBlock, draft: SharedDraft, referred: Set<string>): Node {
  const kind = shapeOf(block) === undefined ? PARAGRAPH : block;
  const attrs = { block: kind, dir: isDirection(dir) ? dir : null, start: kind.startsWith('ordered') && isStart(start) ? start : null };
  const inline = content.flatMap((one) => (isNote(one) ? [schema.node('footnote', { id: idOf(one, draft, referred) })] : inlineOf(schema, one.text, attributesOf(one))));
  return schema.node('block', attrs, Fragment.fromArray(inline));
}

/** A note that was cut comes back as itself; one that still stands in the text, or came from elsewhere, is a new one. */
function idOf({ id, note }: NoteRef, draft: SharedDraft, referred: Set<string>): string {
  if (isNoteId(id) && !referred.has(id) && draft.noteIds().includes(id) && draft.note(id).length > 0) {
    referred.add(id);
    return id;
  }
  const made = draft.idForNew(wordsOfNote(note));
  referred.add(made);
  return made;
}

function wordsOfNote(note: PastedBlock[]): Unit[] {
  const blocks = note.length === 0 ? [{ block: PARAGRAPH, content: [] } as PastedBlock] : note;
  return blocks.flatMap(({ dir, content }) => {
    const letters = content.flatMap((one) => (isNote(one) ? [] : one.text.replaceAll(MARK, ' ').split('').map((is): Unit => ({ is, attributes: attributesOf(one) }))));
    return [...letters, { is: MARK, attributes: isDirection(dir) ? { dir } : {} }];
  });
}

export function attributesOf({ bold, italic, link, lang }: Letters): Record<string, unknown> {
  return { ...(bold ? { bold } : {}), ...(italic ? { italic } : {}), ...(link === undefined ? {} : { link }), ...(lang === undefined ? {} : { lang }) };
}
