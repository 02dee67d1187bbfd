// Numbered paragraphs, as the UN writes them: 1., 2. … through the whole text, and (a), (b) … under each.
// The document keeps only the level; the numbers are drawn by CSS counters here and given by the server at freezing,
// so that two people who insert a paragraph at once never disagree about a number.
import { InputRule, mergeAttributes, Node } from '@tiptap/core';
import { TextSelection, type EditorState, type Transaction } from '@tiptap/pm/state';

export type NumberLevel = 1 | 2;

declare module '@tiptap/core' {
  interface Commands<ReturnType> {
    numberedParagraph: {
      setNumbered: (level: NumberLevel) => ReturnType;
    };
  }
}

export const NumberedParagraph = Node.create({
  name: 'numberedParagraph',
  group: 'block',
  content: 'inline*',
  defining: true,

  addAttributes() {
    return {
      level: {
        default: 1,
        parseHTML: (element) => (element.dataset.numbered === '2' ? 2 : 1),
        renderHTML: ({ level }) => ({ 'data-numbered': level === 2 ? '2' : '1' }),
      },
    };
  },

  parseHTML() {
    return [{ tag: 'p[data-numbered]', priority: 60 }];
  },

  renderHTML({ HTMLAttributes }) {
    return ['p', mergeAttributes(HTMLAttributes), 0];
  },

  addCommands() {
    return {
      setNumbered:
        (level) =>
        ({ commands }) =>
          commands.setNode(this.name, { level }),
    };
  },

  addKeyboardShortcuts() {
    const run = (act: (state: EditorState) => Transaction | undefined) => () => {
      const { state, view } = this.editor;
      const tr = act(state);
      if (tr === undefined) return false;
      view.dispatch(tr.scrollIntoView());
      return true;
    };
    return {
      Enter: run(nextParagraph),
      Backspace: run(dropNumber),
      // Only where the level changes; otherwise Tab leaves the editor, so that nobody is caught in it.
      Tab: run((state) => setLevel(state, 2)),
      'Shift-Tab': run((state) => setLevel(state, 1)),
      'Mod-Alt-7': () => this.editor.commands.setNumbered(1),
      'Mod-Alt-8': () => this.editor.commands.setNumbered(2),
    };
  },

  addInputRules() {
    const rule = (find: RegExp, level: NumberLevel) =>
      new InputRule({
        find,
        handler: ({ state, range }) => {
          const { $from } = state.selection;
          if ($from.parent.type.name !== 'paragraph') return;
          state.tr.setNodeMarkup($from.before(), this.type, { ...$from.parent.attrs, level }).delete(range.from, range.to);
        },
      });
    return [rule(/^1\.\s$/u, 1), rule(/^\(a\)\s$/u, 2)];
  },
});

/** Enter: the next paragraph has the next number; Enter in an empty one steps out, level by level. */
export function nextParagraph(state: EditorState): Transaction | undefined {
  const here = numberedHere(state);
  if (here === undefined) return undefined;
  const { $from, $to } = state.selection;
  if (!$from.sameParent($to)) return undefined;
  if (here.node.content.size === 0) {
    if (here.node.attrs.level === 2) return state.tr.setNodeMarkup(here.pos, undefined, { ...here.node.attrs, level: 1 });
    return asParagraph(state, here.pos);
  }
  const tr = state.tr.deleteSelection();
  const at = tr.selection.from;
  tr.split(at, 1, [{ type: here.node.type, attrs: here.node.attrs }]);
  return tr.setSelection(TextSelection.near(tr.doc.resolve(at + 1)));
}

/** Backspace before the first letter takes the number away and keeps the words. */
export function dropNumber(state: EditorState): Transaction | undefined {
  const here = numberedHere(state);
  if (here === undefined || !state.selection.empty || state.selection.$from.parentOffset > 0) return undefined;
  return asParagraph(state, here.pos);
}

export function setLevel(state: EditorState, level: NumberLevel): Transaction | undefined {
  const tr = state.tr;
  state.doc.nodesBetween(state.selection.from, state.selection.to, (node, pos) => {
    if (node.type.name === 'numberedParagraph' && node.attrs.level !== level) {
      tr.setNodeMarkup(pos, undefined, { ...node.attrs, level });
    }
  });
  return tr.docChanged ? tr : undefined;
}

function numberedHere({ selection: { $from } }: EditorState) {
  return $from.parent.type.name === 'numberedParagraph' ? { node: $from.parent, pos: $from.before() } : undefined;
}

function asParagraph(state: EditorState, pos: number): Transaction {
  const node = state.doc.nodeAt(pos);
  return state.tr.setNodeMarkup(pos, state.schema.nodes.paragraph, { dir: node?.attrs.dir ?? null });
}
