// A footnote's place in the line. Its words are a text of their own (binding/shared.ts); here stands only which, so that taking the
// number away takes nobody's words away. Numbers are drawn by a CSS counter, in the order of the text, and told by note-numbers.ts.
import { Node } from '@tiptap/core';
import { NodeSelection } from '@tiptap/pm/state';
import { bound } from './keys';
import { FootnoteView, type FootnoteDesk, type FootnoteStorage } from './footnote-view';

declare module '@tiptap/core' {
  interface Commands<ReturnType> {
    footnote: {
      insertFootnote: () => ReturnType;
      /** Puts the number of a footnote back whose words are still there. */
      putFootnoteBack: (id: string) => ReturnType;
    };
  }
  interface Storage {
    footnote: FootnoteStorage;
  }
}

export const Footnote = Node.create<{ desk: FootnoteDesk | undefined }, FootnoteStorage>({
  name: 'footnote',
  group: 'inline',
  inline: true,
  // An atom, so that it is selected, moved and deleted whole.
  atom: true,
  selectable: true,

  addOptions() {
    return { desk: undefined };
  },

  addStorage() {
    return { enterNext: false, parted: undefined };
  },

  addAttributes() {
    return { id: { default: null } };
  },

  renderHTML({ node }) {
    return ['span', { 'data-footnote': node.attrs.id }];
  },

  addNodeView() {
    const { desk } = this.options;
    if (desk === undefined) return null;
    return ({ node, decorations, view, getPos }) => new FootnoteView({ node, decorations, view, getPos, desk, storage: this.storage });
  },

  addCommands() {
    return {
      insertFootnote:
        () =>
        ({ state, tr, dispatch }) => {
          const { desk } = this.options;
          const { $to } = state.selection;
          if (desk === undefined || !$to.parent.inlineContent) return false;
          if (dispatch) {
            // Undo takes it away without the words typed just before.
            desk.draft.next();
            tr.insert($to.pos, this.type.create({ id: desk.draft.idForNew() }));
            tr.setSelection(NodeSelection.create(tr.doc, $to.pos));
            this.storage.enterNext = true;
          }
          return true;
        },
      putFootnoteBack:
        (id) =>
        ({ state, tr, dispatch }) => {
          if (!state.selection.$to.parent.inlineContent) return false;
          if (dispatch) tr.insert(state.selection.to, this.type.create({ id })).scrollIntoView();
          return true;
        },
    };
  },

  addKeyboardShortcuts() {
    return {
      ...bound({ footnote: () => this.editor.commands.insertFootnote() }),
      // On a selected footnote, Enter goes into its words.
      Enter: () => {
        const { selection } = this.editor.state;
        if (!(selection instanceof NodeSelection) || selection.node.type !== this.type) return false;
        const place = this.editor.view.nodeDOM(selection.from);
        place?.dispatchEvent(new CustomEvent('footnote-enter'));
        return true;
      },
    };
  },
});
