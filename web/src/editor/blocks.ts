// What keys and commands do to blocks. A block becomes another by its attribute alone, so that whoever writes in it at that moment
// writes on undisturbed.
import { Extension } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { NodeSelection, Plugin, Selection, TextSelection, type EditorState, type Transaction } from '@tiptap/pm/state';
import { blockOf, levelsOf, PARAGRAPH, shapeOf, type Direction, type Shape } from '../text/draft';
import type { BlockAttributes } from './binding/attributes';
import { bound } from './keys';
import { looksIn } from './looks';

declare module '@tiptap/core' {
  interface Commands<ReturnType> {
    blocks: {
      /** `heading:2` and its like, for every block that is chosen. */
      setBlock: (block: string) => ReturnType;
      /** The same, and back to a paragraph where all are it already. */
      toggleBlock: (block: string) => ReturnType;
      /** None: as the letters run. */
      setDirection: (dir: Direction | null) => ReturnType;
      /** One level further in (1) or out (-1). */
      indent: (by: 1 | -1) => ReturnType;
    };
  }
}

type Act = (state: EditorState) => Transaction | undefined;

export const Blocks = Extension.create<{ paragraphsOnly: boolean }, { leaves: boolean }>({
  name: 'blocks',
  priority: 200,

  addOptions() {
    return { paragraphsOnly: false };
  },

  /** Escape was the last key: the next Tab leaves the text, wherever one is. */
  addStorage() {
    return { leaves: false };
  },

  addCommands() {
    // A command's state gives the one transaction of its chain, so what is done to `state.tr` is done.
    const does =
      (act: Act) =>
      ({ state }: { state: EditorState }) =>
        act(state) !== undefined;
    const { paragraphsOnly } = this.options;
    const kinds = (act: Act) => does((state) => (paragraphsOnly ? undefined : act(state)));
    return {
      setBlock: (block) => kinds((state) => setBlock(state, block)),
      toggleBlock: (block) => kinds((state) => toggleBlock(state, block)),
      setDirection: (dir) => does((state) => setDirection(state, dir)),
      indent: (by) => kinds((state) => indent(state, by)),
    };
  },

  addKeyboardShortcuts() {
    const key = (act: Act) => () => {
      const { state, view } = this.editor;
      const tr = act(state);
      if (tr === undefined) return false;
      view.dispatch(tr.scrollIntoView());
      return true;
    };
    const everywhere = { ...bound({ 'next-block': key(enter) }), Backspace: key(backspace), Delete: key(deleteForward) };
    if (this.options.paragraphsOnly) return everywhere;
    return {
      ...everywhere,
      ...bound({
        // Only where a level changes; otherwise, and after Escape, Tab leaves the editor, so that nobody is caught in it.
        in: key((state) => (this.storage.leaves ? undefined : indent(state, 1))),
        out: key((state) => (this.storage.leaves ? undefined : indent(state, -1))),
        paragraph: key((state) => setBlock(state, PARAGRAPH)),
        title: key((state) => setBlock(state, 'title')),
        'heading-1': key((state) => setBlock(state, 'heading:1')),
        'heading-2': key((state) => setBlock(state, 'heading:2')),
        'heading-3': key((state) => setBlock(state, 'heading:3')),
        'numbered-1': key((state) => setBlock(state, 'numbered:1')),
        'numbered-2': key((state) => setBlock(state, 'numbered:2')),
        'numbered-3': key((state) => setBlock(state, 'numbered:3')),
        ordered: key((state) => toggleBlock(state, 'ordered:1')),
        bullet: key((state) => toggleBlock(state, 'bullet:1')),
        quotation: key((state) => toggleBlock(state, 'quotation')),
      }),
    };
  },

  addProseMirrorPlugins() {
    const { storage } = this;
    const hears = (key: string) => {
      if (key !== 'Tab' && key !== 'Shift') storage.leaves = key === 'Escape';
      return false;
    };
    const forgets = () => {
      storage.leaves = false;
      return false;
    };
    return [new Plugin({ props: { handleKeyDown: (_view, { key }) => hears(key), handleDOMEvents: { blur: forgets } } })];
  },
});

/** The blocks that are chosen: their places, and what they are to whoever writes. */
function chosen(state: EditorState): { attrs: BlockAttributes; pos: number }[] {
  const { doc, selection } = state;
  const looks = looksIn(state);
  const found: { attrs: BlockAttributes; pos: number }[] = [];
  doc.nodesBetween(selection.from, selection.to, (block, pos) => {
    if (block.type.name === 'block') found.push({ attrs: looks(block, pos), pos });
    return false;
  });
  return found;
}

function change(state: EditorState, to: (attrs: BlockAttributes) => Partial<BlockAttributes>): Transaction | undefined {
  const { tr } = state;
  for (const { attrs, pos } of chosen(state)) set(tr, pos, attrs, to(attrs));
  return tr.docChanged ? tr : undefined;
}

function set(tr: Transaction, pos: number, was: BlockAttributes, is: Partial<BlockAttributes>): void {
  for (const key of ['block', 'dir', 'start'] as const) if (key in is && was[key] !== is[key]) tr.setNodeAttribute(pos, key, is[key]);
}

export function setBlock(state: EditorState, block: string): Transaction | undefined {
  return change(state, (old) => ({ block, start: shapeOf(block)?.kind === 'ordered' ? old.start : null }));
}

export function toggleBlock(state: EditorState, block: string): Transaction | undefined {
  const kind = shapeOf(block)?.kind;
  const already = chosen(state).every(({ attrs }) => shapeOf(attrs.block)?.kind === kind);
  return setBlock(state, already ? PARAGRAPH : block);
}

export function setDirection(state: EditorState, dir: Direction | null): Transaction | undefined {
  return change(state, () => ({ dir }));
}

/** A list item or numbered paragraph moves in or out; words under an item stay words under it. */
export function indent(state: EditorState, by: 1 | -1): Transaction | undefined {
  return change(state, ({ block }) => {
    const shape = shapeOf(block);
    const level = (shape?.level ?? 0) + by;
    const may = shape !== undefined && shape.level > 0 && shape.kind !== 'heading' && level >= 1 && level <= levelsOf(shape.kind);
    return may ? { block: blockOf({ kind: shape.kind, level }) } : {};
  });
}

function here(state: EditorState): { block: Node; attrs: BlockAttributes; pos: number; shape: Shape | undefined } | undefined {
  const { $from } = state.selection;
  if ($from.depth === 0) return undefined;
  const [block, pos] = [$from.node(1), $from.before(1)];
  const attrs = looksIn(state)(block, pos);
  return { block, attrs, pos, shape: shapeOf(attrs.block) };
}

/**
 * Enter: the next block of the same kind. In an empty one it steps out, level by level; after a heading comes a paragraph. It takes no
 * footnote away that is selected: there it leads into its words.
 */
export function enter(state: EditorState): Transaction | undefined {
  const at = here(state);
  if (at === undefined || state.selection instanceof NodeSelection) return undefined;
  const { block, attrs, pos, shape } = at;
  const { tr } = state;
  if (block.content.size === 0 && attrs.block !== PARAGRAPH) {
    const out = shape !== undefined && shape.level > 1 && shape.kind !== 'heading' ? blockOf({ ...shape, level: shape.level - 1 }) : PARAGRAPH;
    return tr.setNodeAttribute(pos, 'block', out).setNodeAttribute(pos, 'start', null);
  }
  tr.deleteSelection();
  const $at = tr.selection.$from;
  if ($at.depth === 0) return undefined;
  const isHeading = shape?.kind === 'heading' || shape?.kind === 'title';
  // Before the first letter: an empty block goes in front, and the one with the words is not touched.
  if ($at.parentOffset === 0 && $at.parent.content.size > 0) {
    const above = { ...attrs, ...(isHeading ? { block: PARAGRAPH } : {}) };
    tr.insert($at.before(), state.schema.node('block', above));
    return attrs.start === null ? tr : tr.setNodeAttribute(tr.selection.$from.before(), 'start', null);
  }
  const next = isHeading && $at.parentOffset === $at.parent.content.size ? { ...attrs, block: PARAGRAPH } : attrs;
  // The first half is what the whole was to whoever writes.
  set(tr, $at.before(), $at.parent.attrs as BlockAttributes, attrs);
  tr.split($at.pos, 1, [{ type: $at.parent.type, attrs: { ...next, start: null } }]);
  return tr.setSelection(TextSelection.near(tr.doc.resolve($at.pos + 1)));
}

/**
 * Backspace before the first letter takes the number, the bullet or the style away and keeps the words. In a paragraph it joins
 * the words to the block before; an empty block there simply goes.
 */
export function backspace(state: EditorState): Transaction | undefined {
  const at = here(state);
  if (at === undefined || !state.selection.empty || state.selection.$from.parentOffset > 0) return undefined;
  const { attrs, pos } = at;
  if (attrs.block !== PARAGRAPH) return state.tr.setNodeAttribute(pos, 'block', PARAGRAPH).setNodeAttribute(pos, 'start', null);
  const before = state.doc.resolve(pos).nodeBefore;
  if (before === null) return undefined;
  return before.content.size === 0 ? state.tr.delete(pos - before.nodeSize, pos) : state.tr.join(pos);
}

/** Delete after the last letter brings the next block's words here; an empty block here simply goes. */
export function deleteForward(state: EditorState): Transaction | undefined {
  const at = here(state);
  if (at === undefined || !state.selection.empty || state.selection.$from.parentOffset < at.block.content.size) return undefined;
  const end = at.pos + at.block.nodeSize;
  if (state.doc.resolve(end).nodeAfter === null) return undefined;
  if (at.block.content.size > 0) return state.tr.join(end);
  const tr = state.tr.delete(at.pos, end);
  return tr.setSelection(Selection.near(tr.doc.resolve(at.pos), 1));
}
