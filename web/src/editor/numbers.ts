// Draws the numbers: each block that has one carries it as an attribute, for the stylesheet and for readers' voices, and words that go on
// under an item know what they are under. Decorations only; nothing is stored.
import { Extension } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { Plugin } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import { shapeOf } from '../text/draft';
import { Numbering } from '../text/numbering';

export const Numbers = Extension.create({
  name: 'numbers',
  addProseMirrorPlugins: () => [
    new Plugin<DecorationSet>({
      state: {
        init: (_config, { doc }) => numbersOf(doc),
        // Letters change no number; most of what happens in a text is letters.
        apply: (tr, drawn) => (!tr.docChanged ? drawn : sameBlocks(tr.before, tr.doc) ? drawn.map(tr.mapping, tr.doc) : numbersOf(tr.doc)),
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
  const same = (one: Node, other: Node) => one === other || (one.attrs.block === other.attrs.block && one.attrs.start === other.attrs.start);
  return before.childCount === now.childCount && before.children.every((block, at) => same(block, now.child(at)));
}

function numbersOf(doc: Node): DecorationSet {
  const numbering = new Numbering();
  const drawn: Decoration[] = [];
  let above: 'numbered' | 'list' | undefined;
  doc.forEach((block, offset) => {
    const shape = shapeOf(block.attrs.block);
    const { label, number } = numbering.next(shape, block.attrs.start as number | null);
    const attributes: Record<string, string> = {};
    if (label !== undefined) attributes['data-label'] = label;
    // For readers' voices, which know a list by it.
    if (shape?.kind === 'ordered') attributes.start = String(number);
    if (shape?.kind !== 'continuation') above = shape?.kind === 'numbered' ? 'numbered' : shape?.kind === 'bullet' || shape?.kind === 'ordered' ? 'list' : undefined;
    else if (above !== undefined) attributes['data-under'] = above;
    if (Object.keys(attributes).length > 0) drawn.push(Decoration.node(offset, offset + block.nodeSize, attributes));
  });
  return DecorationSet.create(doc, drawn);
}
