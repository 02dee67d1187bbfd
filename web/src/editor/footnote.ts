// Footnotes: a mark in the line that carries its own text. Numbers are drawn by a CSS counter, in the order of the text.
import { mergeAttributes, Node } from '@tiptap/core';
import { NodeSelection } from '@tiptap/pm/state';
import { FootnoteView, type FootnoteStorage, type FootnoteWords } from './footnote-view';

declare module '@tiptap/core' {
  interface Commands<ReturnType> {
    footnote: {
      insertFootnote: () => ReturnType;
    };
  }
  interface Storage {
    footnote: FootnoteStorage;
  }
}

export const Footnote = Node.create<{ words: FootnoteWords }, FootnoteStorage>({
  name: 'footnote',
  group: 'inline',
  inline: true,
  // An atom, so that it is selected, moved and deleted whole. Text only: a footnote holds no footnote.
  atom: true,
  content: 'text*',
  selectable: true,

  addOptions() {
    return { words: { label: 'Footnote', hint: '', done: 'Done', remove: 'Remove' } };
  },

  addStorage() {
    return { enterNext: false };
  },

  parseHTML() {
    return [{ tag: 'span[data-footnote]' }];
  },

  renderHTML({ HTMLAttributes }) {
    return ['span', mergeAttributes(HTMLAttributes, { 'data-footnote': '' }), 0];
  },

  addNodeView() {
    return ({ node, view, getPos }) => new FootnoteView(node, view, getPos, this.options.words, this.storage);
  },

  addCommands() {
    return {
      insertFootnote:
        () =>
        ({ state, tr, dispatch }) => {
          const { $to } = state.selection;
          if (!$to.parent.inlineContent || $to.parent.type === this.type) return false;
          if (!$to.parent.canReplaceWith($to.index(), $to.index(), this.type)) return false;
          if (dispatch) {
            tr.insert($to.pos, this.type.create());
            tr.setSelection(NodeSelection.create(tr.doc, $to.pos));
            this.storage.enterNext = true;
          }
          return true;
        },
    };
  },

  addKeyboardShortcuts() {
    return {
      'Mod-Alt-f': () => this.editor.commands.insertFootnote(),
      // On a selected footnote, Enter goes into its text.
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
