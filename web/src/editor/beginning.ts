// What is seen where nothing is written yet: a draft of nothing but its title says how one begins, and a block without a letter runs as
// the language of the statement does until its first letter decides. Decorations only; nothing is stored.
import { Extension } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { Plugin } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import { PARAGRAPH } from '../text/draft';

/** `hint` stands in the one empty paragraph of a text that has only begun. */
export function beginning(hint: string): Extension {
  return Extension.create({
    name: 'beginning',
    addProseMirrorPlugins: () => [
      new Plugin<DecorationSet>({
        state: {
          init: (_config, { doc }) => drawn(doc, hint),
          apply: (tr, before) => (tr.docChanged ? drawn(tr.doc, hint) : before),
        },
        props: {
          decorations(state) {
            return this.getState(state);
          },
        },
      }),
    ],
  });
}

function drawn(doc: Node, hint: string): DecorationSet {
  const found: Decoration[] = [];
  const begun = hasOnlyBegun(doc);
  doc.forEach((block, offset) => {
    if (/\p{L}/u.test(block.textContent)) return;
    const isHere = begun && block.attrs.block === PARAGRAPH;
    found.push(Decoration.node(offset, offset + block.nodeSize, { class: 'letterless', ...(isHere ? { 'data-hint': hint } : {}) }));
  });
  return DecorationSet.create(doc, found);
}

/** Besides its title the text has one paragraph, and that is empty. */
export function hasOnlyBegun(doc: Node): boolean {
  const further = doc.children.filter(({ attrs }) => attrs.block !== 'title');
  return further.length === 1 && further[0]?.attrs.block === PARAGRAPH && further[0].content.size === 0;
}
