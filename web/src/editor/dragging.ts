// Words that are dragged. Within a draft they move, with the footnotes among them, or are copied with Ctrl held (Alt on a Mac), and one
// undo takes it back; out of a footnote they move into the text. What comes from another page or program is pasted where it is let go.
import { Extension } from '@tiptap/core';
import { dropCursor } from '@tiptap/pm/dropcursor';
import { Fragment, Slice, type Mark, type Node } from '@tiptap/pm/model';
import { Plugin, TextSelection, type EditorState, type Transaction } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import type { SharedDraft } from './binding/shared';
import { carry } from './copying';
import { insertBlocks } from './insertion';
import { brings, type Options } from './pasting';

/** Whose words are in the hand; there is one mouse. */
let hand: { view: EditorView; draft: SharedDraft } | undefined;

export function dragging(options: Options): Extension {
  return Extension.create({
    name: 'dragging',
    priority: 300,
    addProseMirrorPlugins: () => [
      dropCursor({ color: false, class: 'drop-cursor' }),
      new Plugin({
        props: {
          handleDOMEvents: {
            drop(view, event) {
              if (event.dataTransfer === null) return false;
              event.preventDefault();
              lets(view, event, event.dataTransfer, options);
              return true;
            },
          },
        },
        view: (view) => new Dragging(view, options.draft),
      }),
    ],
  });
}

class Dragging {
  constructor(
    private readonly view: EditorView,
    private readonly draft: SharedDraft,
  ) {
    // After ProseMirror's own listener, which knows what was taken hold of.
    view.dom.addEventListener('dragstart', this.takes);
    view.dom.addEventListener('dragend', this.ends);
  }

  destroy(): void {
    this.view.dom.removeEventListener('dragstart', this.takes);
    this.view.dom.removeEventListener('dragend', this.ends);
    if (hand?.view === this.view) hand = undefined;
  }

  private readonly takes = ({ dataTransfer }: DragEvent): void => {
    const { view, draft } = this;
    if (view.dragging === null || dataTransfer === null || view.state.selection.empty) return;
    carry(dataTransfer, view.state.selection.content(), draft);
    hand = { view, draft };
    // A word that was drawn anew while it was in the hand says nothing when it is let go; a hand that moves freely does.
    document.addEventListener('pointermove', this.ends, { once: true, capture: true });
  };

  private readonly ends = (): void => {
    hand = undefined;
  };
}

/** What is dragged is let go here. */
function lets(view: EditorView, event: DragEvent, data: DataTransfer, options: Options): void {
  const from = hand?.draft === options.draft && hand.view.editable && !copies(event) ? hand.view : undefined;
  hand = undefined;
  view.dragging = null;
  const at = view.posAtCoords({ left: event.clientX, top: event.clientY })?.pos;
  if (at === undefined || !view.editable) return;
  // A footnote's number let go in its own words, which stand open only while it is selected.
  if (from !== view && from?.dom.contains(view.dom) === true) return;
  options.draft.alone(() => {
    if (from === view) {
      const tr = moved(view.state, at);
      if (tr !== undefined) view.dispatch(tr.scrollIntoView());
    } else {
      // First out of where it was: a footnote's own editor closes when one goes elsewhere.
      from?.dispatch(from.state.tr.deleteSelection());
      view.dispatch(view.state.tr.setSelection(TextSelection.near(view.state.doc.resolve(at))));
      brings(view, data, options);
    }
  });
  view.focus();
}

function copies(event: DragEvent): boolean {
  return /Mac|iPhone|iPad/u.test(navigator.platform) ? event.altKey : event.ctrlKey;
}

/** What is selected stands at another place instead, and stays selected; nothing where it is let go on itself. */
export function moved({ selection, doc, tr }: EditorState, at: number): Transaction | undefined {
  if (selection.empty || (at >= selection.from && at <= selection.to)) return undefined;
  const isMoved = isOutside(doc, selection.from, selection.to);
  const content = withoutBrackets(selection.content().content, isMoved);
  const words = withoutBrackets(doc.slice(selection.from, selection.to).content, isMoved);
  tr.deleteSelection();
  const to = tr.mapping.map(at);
  tr.setSelection(TextSelection.near(tr.doc.resolve(to)));
  const start = tr.selection.from;
  const { $from, $to } = selection;
  if (!$from.sameParent($to) || $from.depth === 0) return insertBlocks(tr, [...content.content]);
  tr.replaceSelection(new Slice(words, 0, 0));
  return tr.setSelection(TextSelection.create(tr.doc, start, start + selection.to - selection.from));
}

/** Whether a bracket has words outside the range, too: one that is moved whole goes along, part of one is moved as plain words. */
function isOutside(doc: Node, from: number, to: number): (mark: Mark) => boolean {
  const outside = new Set<string>();
  doc.descendants((node, pos) => {
    if (node.isInline && (pos < from || pos + node.nodeSize > to)) for (const { type, attrs } of node.marks) if (type.name === 'bracket') outside.add(String(attrs.id));
    return true;
  });
  return ({ type, attrs }) => type.name === 'bracket' && outside.has(String(attrs.id));
}

function withoutBrackets(content: Fragment, goes: (mark: Mark) => boolean): Fragment {
  const one = (node: Node): Node => (node.isInline ? node.mark(node.marks.filter((mark) => !goes(mark))) : node.copy(withoutBrackets(node.content, goes)));
  return Fragment.fromArray(content.content.map(one));
}
