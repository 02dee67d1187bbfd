// The direction of a block. A block without one follows its first strong letter (`dir="auto"`), so an Arabic quotation
// in an English text needs nothing; only a drafter's own choice is kept in the document.
import { Extension } from '@tiptap/core';

export type Direction = 'ltr' | 'rtl' | null;

declare module '@tiptap/core' {
  interface Commands<ReturnType> {
    blockDirection: {
      setDirection: (dir: Direction) => ReturnType;
    };
  }
}

const BLOCKS = ['paragraph', 'heading', 'numberedParagraph'];

export const BlockDirection = Extension.create({
  name: 'blockDirection',

  addGlobalAttributes() {
    return [
      {
        types: BLOCKS,
        attributes: {
          dir: {
            default: null,
            parseHTML: (element) => {
              const dir = element.getAttribute('dir');
              return dir === 'ltr' || dir === 'rtl' ? dir : null;
            },
            renderHTML: ({ dir }) => ({ dir: dir === 'ltr' || dir === 'rtl' ? dir : 'auto' }),
          },
        },
      },
    ];
  },

  addCommands() {
    return {
      setDirection:
        (dir) =>
        ({ state, tr, dispatch }) => {
          let changed = false;
          state.doc.nodesBetween(state.selection.from, state.selection.to, (node, pos) => {
            if (!BLOCKS.includes(node.type.name) || node.attrs.dir === dir) return;
            tr.setNodeMarkup(pos, undefined, { ...node.attrs, dir });
            changed = true;
          });
          if (changed) dispatch?.(tr);
          return changed;
        },
    };
  },
});
