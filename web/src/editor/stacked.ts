// Signs stacked on one letter without end. Nobody writes so, but it can be sent, and a browser's time for laying them out grows with
// the square of their number: a hundred thousand stop a page. Beyond some they stand in the text and are not drawn; before freezing
// they are named like all that cannot be seen.
import { Extension } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { Plugin } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';

/** More than any script stacks. */
const DRAWN_MAX = 16;
const STACKED = new RegExp(`(?<=\\p{M}{${DRAWN_MAX}})\\p{M}+`, 'gu');

export const Stacked = Extension.create({
  name: 'stacked',
  addProseMirrorPlugins: () => [
    new Plugin<DecorationSet>({
      state: {
        init: (_config, { doc }) => hidden(doc),
        apply: (tr, drawn) => (tr.docChanged ? hidden(tr.doc) : drawn),
      },
      props: {
        decorations(state) {
          return this.getState(state);
        },
      },
    }),
  ],
});

/** The same words without the signs that are not drawn. */
export function unstacked(words: string): string {
  return words.replaceAll(STACKED, '');
}

function hidden(doc: Node): DecorationSet {
  const found: Decoration[] = [];
  doc.forEach((block, offset) => {
    for (const [from, to] of stackedIn(block)) found.push(Decoration.inline(offset + 1 + from, offset + 1 + to, { class: 'stacked' }));
  });
  return found.length === 0 ? DecorationSet.empty : DecorationSet.create(doc, found);
}

// A block that did not change is the same block.
const KNOWN = new WeakMap<Node, [from: number, to: number][]>();

function stackedIn(block: Node): [from: number, to: number][] {
  let found = KNOWN.get(block);
  if (found === undefined) {
    const words = block.textBetween(0, block.content.size, undefined, '\uFFFC');
    found = Array.from(words.matchAll(STACKED), ({ 0: signs, index }) => [index, index + signs.length]);
    KNOWN.set(block, found);
  }
  return found;
}
