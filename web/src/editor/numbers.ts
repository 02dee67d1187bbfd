// Draws the numbers: each block that has one carries it as an attribute, for the stylesheet and for readers' voices, and words that go on
// under an item know what they are under. Each item of a list is drawn in a list of its own, since none is stored; it says how deep it
// stands and which it is of how many. Decorations only; nothing is stored.
import { Extension } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { Plugin } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import { shapeOf, type Shape } from '../text/draft';
import { Numbering } from '../text/numbering';
import { attributesOf } from './block';

export const Numbers = Extension.create({
  name: 'numbers',
  addProseMirrorPlugins: () => [
    new Plugin<DecorationSet>({
      state: {
        init: (_config, { doc }) => numbersOf(doc),
        apply(tr, drawn) {
          if (!tr.docChanged) return drawn;
          // Letters change no number; most of what happens in a text is letters.
          if (!sameBlocks(tr.before, tr.doc)) return numbersOf(tr.doc);
          let all = true;
          const moved = drawn.map(tr.mapping, tr.doc, { onRemove: () => (all = false) });
          return all ? moved : numbersOf(tr.doc);
        },
      },
      props: {
        decorations(state) {
          return this.getState(state);
        },
      },
    }),
  ],
});

function sameBlocks(before: Node, now: Node): boolean {
  const same = (one: Node, other: Node) => one === other || one.sameMarkup(other);
  return before.childCount === now.childCount && before.children.every((block, at) => same(block, now.child(at)));
}

function numbersOf(doc: Node): DecorationSet {
  const numbering = new Numbering();
  const drawn: Decoration[] = [];
  const shapes = doc.children.map(({ attrs }) => shapeOf(attrs.block));
  const items = itemsOf(shapes);
  let above: 'numbered' | 'list' | undefined;
  doc.forEach((block, offset, at) => {
    const shape = shapes[at];
    const item = items[at];
    const { label, number } = numbering.next(shape, block.attrs.start as number | null);
    const attributes: Record<string, string> = {};
    const draws = (of: Record<string, string>) => drawn.push(Decoration.node(offset, offset + block.nodeSize, of));
    if (label !== undefined) attributes['data-label'] = label;
    // For readers' voices, which know a list by it.
    if (shape?.kind === 'ordered') attributes.start = String(number);
    if (shape?.kind !== 'continuation') above = shape?.kind === 'numbered' ? 'numbered' : isItem(shape) ? 'list' : undefined;
    else if (above !== undefined) attributes['data-under'] = above;
    if (item !== undefined) {
      draws({ 'aria-level': String(item.level), 'aria-posinset': String(item.nth), 'aria-setsize': String(item.list.items) });
      draws({ nodeName: shape?.kind === 'ordered' ? 'ol' : 'ul', ...attributesOf(block), ...attributes });
    } else if (Object.keys(attributes).length > 0) {
      draws(attributes);
    }
  });
  return DecorationSet.create(doc, drawn);
}

const isItem = (shape: Shape | undefined): boolean => shape?.kind === 'bullet' || shape?.kind === 'ordered';

interface Item {
  level: number;
  nth: number;
  /** Counted to its end by the time all are known. */
  list: { kind: string; items: number };
}

/** Which list each block is an item of, by the rule of the settled text (parts/text-nesting.ts); nothing for what is none. */
export function itemsOf(shapes: readonly (Shape | undefined)[]): (Item | undefined)[] {
  let open: (Item['list'] | undefined)[] = [];
  return shapes.map((shape) => {
    if (shape === undefined || !isItem(shape)) {
      // What goes on under an item ends the lists that stand deeper than it.
      open = shape?.kind === 'continuation' ? open.slice(0, shape.level + 1) : [];
      return undefined;
    }
    const { kind, level } = shape;
    const before = open[level];
    const list = before?.kind === kind ? before : { kind, items: 0 };
    open = [...Array.from({ length: level }, (_, at) => open[at]), list];
    list.items += 1;
    return { level, nth: list.items, list };
  });
}
