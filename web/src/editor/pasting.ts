// The clipboard and the text. What other programs hand over is read in a document of its own (paste/), and comes in as blocks of ours;
// what is copied goes out as they like it, and as we like it again. A long text goes in by parts, each small enough for one update.
import { Extension } from '@tiptap/core';
import { Fragment, Slice, type Mark, type Node, type Schema } from '@tiptap/pm/model';
import { Plugin, TextSelection, type Transaction } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import type { Text } from 'yjs';
import { isNote, readHtml, readPlain, writeHtml, writePlain, type LeftOut, type Letters, type NoteRef, type Pasted, type PastedBlock } from '../paste';
import { isDirection, isNoteId, isStart, PARAGRAPH, shapeOf } from '../text/draft';
import { addressOf } from '../text/link';
import { documentOf, inlineOf, type Stretch } from './binding/reading';
import type { SharedDraft } from './binding/shared';
import { BREAK, MARK } from './binding/units';

/** A payload beyond this is a book; Word's for a statement of thirty pages has about 400 kB. */
const PAYLOAD_CHARS_MAX = 4_000_000;
/** Words that a draft has room for, with much to spare. */
const LETTERS_MAX = 1_000_000;
/** One part: with three bytes a letter and its formats it stays below what one update may hold. */
const PART_LETTERS_MAX = 40_000;

export type PasteReport = { left: LeftOut[] } | 'too-long';

interface Options {
  draft: SharedDraft;
  /** Of a footnote: paragraphs only, and no footnotes. */
  inNote: boolean;
  /** What came of it; often nothing was left out. */
  onPaste: (report: PasteReport) => void;
}

export function pasting({ draft, inNote, onPaste }: Options): Extension {
  return Extension.create({
    name: 'pasting',
    priority: 300,
    addProseMirrorPlugins: () => [
      new Plugin({
        props: {
          handlePaste: (view, event) => {
            if (event.clipboardData === null) return false;
            return brings(view, event.clipboardData);
          },
          handleDrop: (view, event, _slice, moved) => {
            if (moved || event.dataTransfer === null) return false;
            const at = view.posAtCoords({ left: event.clientX, top: event.clientY });
            if (at === null) return false;
            view.dispatch(view.state.tr.setSelection(TextSelection.near(view.state.doc.resolve(at.pos))));
            return brings(view, event.dataTransfer);
          },
          handleDOMEvents: {
            copy: (view, event) => takes(view, event),
            cut: (view, event) => {
              if (!takes(view, event)) return false;
              if (view.editable) view.dispatch(view.state.tr.deleteSelection().scrollIntoView());
              return true;
            },
          },
        },
      }),
    ],
  });

  function brings(view: EditorView, data: DataTransfer): boolean {
    if (!view.editable) return true;
    const [html, plain] = [data.getData('text/html'), data.getData('text/plain')];
    if (html === '' && plain === '') {
      if (data.files.length > 0) onPaste({ left: ['images'] });
      return data.files.length > 0;
    }
    if (html.length > PAYLOAD_CHARS_MAX || plain.length > LETTERS_MAX) {
      onPaste('too-long');
      return true;
    }
    if (linksSelection(view, plain)) return true;
    const pasted = html === '' ? readPlain(plain) : readHtml(html);
    const fits = inNote ? asNote(pasted) : pasted;
    if (fits.blocks.reduce((sum, { content }) => sum + lettersIn(content), 0) > LETTERS_MAX) {
      onPaste('too-long');
      return true;
    }
    draft.alone(() => insert(view, fits, draft));
    onPaste({ left: fits.left });
    return true;
  }

  function takes(view: EditorView, event: ClipboardEvent): boolean {
    const { selection } = view.state;
    if (selection.empty || event.clipboardData === null) return false;
    const { blocks, open } = copied(selection.content(), draft);
    event.preventDefault();
    event.clipboardData.setData('text/html', writeHtml(blocks, open));
    event.clipboardData.setData('text/plain', writePlain(blocks));
    return true;
  }
}

/** An address pasted over chosen words becomes their link. */
function linksSelection(view: EditorView, plain: string): boolean {
  const { selection, schema, tr } = view.state;
  const words = plain.trim();
  const href = /\s/u.test(words) ? undefined : addressOf(words);
  if (selection.empty || href === undefined || !/^(https?:\/\/|mailto:|www\.)/iu.test(words)) return false;
  view.dispatch(tr.addMark(selection.from, selection.to, schema.mark('link', { href })));
  return true;
}

/** In a footnote there are paragraphs, and no footnotes. */
function asNote({ blocks, left, open }: Pasted): Pasted {
  const plain = blocks.map(({ content, dir }): PastedBlock => ({ block: PARAGRAPH, ...(dir === undefined ? {} : { dir }), content: content.filter((one) => !isNote(one)) }));
  const had = blocks.some(({ content }) => content.some(isNote));
  return { blocks: plain, open, left: had && !left.includes('notes') ? [...left, 'notes'] : left };
}

function lettersIn(content: PastedBlock['content']): number {
  return content.reduce((sum, one) => sum + (isNote(one) ? one.note.reduce((all, block) => all + lettersIn(block.content), 1) : one.text.length), 1);
}

// ---- into the text

function insert(view: EditorView, { blocks, open }: Pasted, draft: SharedDraft): void {
  const { schema } = view.state;
  const referred = new Set<string>();
  view.state.tr.deleteSelection().doc.descendants((node) => {
    if (node.type.name === 'footnote') referred.add(String(node.attrs.id));
    return true;
  });
  const nodes = blocks.map((block) => nodeOf(schema, block, draft, referred));
  const [only] = nodes;
  if (only === undefined) return;
  // One paragraph melts into the one it is pasted in; what that is stays.
  if (nodes.length === 1 && (open || only.attrs.block === PARAGRAPH)) {
    const tr = view.state.tr.replaceSelection(new Slice(only.content, 0, 0));
    const { $from } = tr.selection;
    if (only.attrs.dir !== null && $from.depth > 0 && $from.parent.content.size === only.content.size) tr.setNodeAttribute($from.before(), 'dir', only.attrs.dir);
    view.dispatch(tr.scrollIntoView());
    return;
  }
  for (const [at, part] of parts(nodes).entries()) view.dispatch(insertBlocks(view.state.tr, part, at > 0).scrollIntoView());
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

function nodeOf(schema: Schema, { block, dir, start, content }: PastedBlock, draft: SharedDraft, referred: Set<string>): Node {
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
  const made = draft.idForNew((text) => writeNote(text, note));
  referred.add(made);
  return made;
}

function writeNote(text: Text, note: PastedBlock[]): void {
  for (const { dir, content } of note.length === 0 ? [{ block: PARAGRAPH, content: [] } as PastedBlock] : note) {
    for (const one of content) if (!isNote(one)) text.insert(text.length, one.text.replaceAll(MARK, ' '), attributesOf(one));
    text.insert(text.length, MARK, isDirection(dir) ? { dir } : {});
  }
}

function attributesOf({ bold, italic, link, lang }: Letters): Record<string, unknown> {
  return { ...(bold ? { bold } : {}), ...(italic ? { italic } : {}), ...(link === undefined ? {} : { link }), ...(lang === undefined ? {} : { lang }) };
}

// ---- out of the text

/** The whole text in plain letters, with its numbers and the words of its footnotes. */
export function plainText(doc: Node, draft: SharedDraft): string {
  return writePlain(doc.children.map((block) => blockOf(block, draft)));
}

function copied({ content }: Slice, draft: SharedDraft): { blocks: PastedBlock[]; open: boolean } {
  const blocks = content.content.filter(({ type }) => type.name === 'block');
  if (blocks.length === 0) return { blocks: [{ block: PARAGRAPH, content: lettersOf(content.content, draft) }], open: true };
  return { blocks: blocks.map((block) => blockOf(block, draft)), open: blocks.length === 1 };
}

function blockOf({ attrs, children }: Node, draft: SharedDraft): PastedBlock {
  const { block, dir, start } = attrs as { block: string; dir: unknown; start: unknown };
  return {
    block: shapeOf(block) === undefined ? PARAGRAPH : block,
    ...(isDirection(dir) ? { dir } : {}),
    ...(isStart(start) ? { start } : {}),
    content: lettersOf(children, draft),
  };
}

function lettersOf(nodes: readonly Node[], draft: SharedDraft): PastedBlock['content'] {
  return nodes.flatMap((node): PastedBlock['content'] => {
    if (node.type.name === 'footnote') {
      const id = String(node.attrs.id);
      return [{ id, note: documentOf(node.type.schema, draft.note(id).toDelta() as Stretch[]).children.map((block) => blockOf(block, draft)) }];
    }
    const text = node.isText ? (node.text ?? '') : node.type.name === 'break' ? BREAK : '';
    return text === '' ? [] : [{ text, ...looks(node.marks) }];
  });
}

function looks(marks: readonly Mark[]): Omit<Letters, 'text'> {
  const found: Omit<Letters, 'text'> = {};
  for (const { type, attrs } of marks) {
    if (type.name === 'bold' || type.name === 'italic') found[type.name] = true;
    if (type.name === 'link') found.link = String(attrs.href);
    if (type.name === 'lang') found.lang = String(attrs.lang);
  }
  return found;
}

