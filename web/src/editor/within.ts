// Keys that lead to the beginning or the end of what one writes, and beyond, stay within the words of a footnote: a browser goes on in
// the text around them, and the footnote closes under one's hands. The way out is Escape.
import { Extension } from '@tiptap/core';
import { Plugin, Selection, TextSelection } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';

type Way = 'up' | 'down' | 'left' | 'right';

const ARROWS: Partial<Record<string, Way>> = { ArrowUp: 'up', ArrowDown: 'down', ArrowLeft: 'left', ArrowRight: 'right' };
const FAR: Partial<Record<string, 'up' | 'down'>> = { PageUp: 'up', PageDown: 'down' };
const ENDS: Partial<Record<string, 'up' | 'down'>> = { Home: 'up', End: 'down' };

export const Within = Extension.create({
  name: 'within',
  // Before what the editor itself does with arrows.
  priority: 900,
  addProseMirrorPlugins: () => [
    new Plugin({
      props: {
        handleKeyDown(view, { key, shiftKey, ctrlKey, metaKey, altKey }) {
          const far = FAR[key] ?? (ctrlKey || metaKey ? (ENDS[key] ?? (metaKey ? vertical(ARROWS[key]) : undefined)) : undefined);
          if (far !== undefined) return goes(view, far, shiftKey);
          const way = ARROWS[key];
          if (way === undefined || altKey || !isAtEdge(view, way)) return false;
          return way === 'up' || way === 'down' ? goes(view, way, shiftKey) : view.state.selection.empty;
        },
      },
    }),
  ],
});

const vertical = (way: Way | undefined) => (way === 'up' || way === 'down' ? way : undefined);

/** The next line, or letter, that way is outside. */
function isAtEdge(view: EditorView, way: Way): boolean {
  const { doc, selection } = view.state;
  if (!view.endOfTextblock(way)) return false;
  const at = selection.$head.index(0);
  const runsBack = selection.$head.depth > 0 && getComputedStyle(view.domAtPos(selection.head).node.parentElement ?? view.dom).direction === 'rtl';
  const isFirst = way === 'up' || (way === 'left' && !runsBack) || (way === 'right' && runsBack);
  return isFirst ? at === 0 : at === doc.childCount - 1;
}

function goes(view: EditorView, way: 'up' | 'down', keepsAnchor: boolean): boolean {
  const { doc, selection, tr } = view.state;
  const end = way === 'up' ? Selection.atStart(doc) : Selection.atEnd(doc);
  view.dispatch(tr.setSelection(keepsAnchor ? TextSelection.between(selection.$anchor, end.$head) : end).scrollIntoView());
  return true;
}
