// One editor on one text of a shared draft: what is typed here is written there, what comes from there is shown here, and undo takes
// back one's own. The selection of an act comes back with its undo.
import { Extension } from '@tiptap/core';
import { Plugin, PluginKey, TextSelection, type EditorState, type Transaction } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import { answerDeleted } from './binding/answering';
import { Binding, FROM_TEXT } from './binding/binding';
import { spanOf, standOf, type Stand } from './binding/carets';
import { planOf } from './binding/suggested';
import { bound } from './keys';
import { looks } from './looks';
import type { Sheet } from './sheet';
import { Suggests } from './suggesting';

declare module '@tiptap/core' {
  interface Commands<ReturnType> {
    sharing: { undo: () => ReturnType; redo: () => ReturnType };
  }
}

export type { Sheet } from './sheet';

// Past the moment at which an editor reads what a composition left behind, and before others' words are taken in (drafting/intake.ts).
const AFTER_COMPOSING_MS = 40;

/** What was done here and is not written yet, last first. */
interface Done {
  tr: Transaction;
  before: Done | undefined;
}

const DONE = new PluginKey<Done | undefined>('done');

/** `around` adds to the shared act what belongs to a transaction: the words of a footnote that it brings. */
export function sharing(sheet: Sheet, around?: (transactions: readonly Transaction[]) => void): Extension {
  const { draft } = sheet;
  const { undo } = draft;
  const suggests = new Suggests(sheet);
  return Extension.create({
    name: 'sharing',
    dispatchTransaction({ transaction, next }) {
      next(suggests.instead(this.editor.view, transaction));
    },
    addProseMirrorPlugins: () => [
      looks(sheet),
      new Plugin<Done | undefined>({
        key: DONE,
        state: {
          init: () => undefined,
          apply: (tr, done) => (isOwn(tr) ? { tr, before: done } : done),
        },
        view: (view) => new Sharing(view, sheet, suggests, around),
      }),
    ],
    addCommands: () => ({
      undo: () => (props) => takesBack(props, undo.undoStack, () => draft.takeBack()),
      redo: () => (props) => takesBack(props, undo.redoStack, () => draft.bringBack()),
    }),
    addKeyboardShortcuts() {
      const { commands } = this.editor;
      // Taken even where there is nothing to undo: the browser's own undo knows nothing of the others.
      const back = () => commands.undo() || true;
      const forth = () => commands.redo() || true;
      return bound({ undo: back, redo: forth });
    },
  });
}

/** A key meets the caret where the page shows it, also where the browser has not told of it yet: keys can come faster than that. */
export const Prompt = Extension.create({
  name: 'prompt',
  priority: 1000,
  addProseMirrorPlugins: () => [
    new Plugin({
      props: {
        handleKeyDown: (view) => {
          flush(view);
          return false;
        },
      },
    }),
  ],
});

/** Tells when a word of an input method is begun and ended. */
export function composing(onCompose: (is: boolean) => void): Extension {
  const says = (is: boolean) => () => {
    onCompose(is);
    return false;
  };
  return Extension.create({
    name: 'composing',
    addProseMirrorPlugins: () => [
      new Plugin({ props: { handleDOMEvents: { compositionstart: says(true), compositionupdate: says(true), compositionend: says(false) } } }),
    ],
  });
}

function takesBack({ tr, dispatch }: { tr: Transaction; dispatch: unknown }, stack: unknown[], act: () => void): boolean {
  // It comes as a change of the text, in a transaction of its own.
  tr.setMeta('preventDispatch', true);
  if (stack.length === 0) return false;
  if (dispatch !== undefined) act();
  return true;
}

interface StackEvent {
  stackItem: { meta: Map<unknown, unknown> };
  origin: unknown;
  type: 'undo' | 'redo';
}

class Sharing {
  private readonly binding: Binding;
  private written: Done | undefined;
  /** Where one stood before the act that is being written. */
  private stood: Stand | undefined;
  private readonly forget: () => void;

  constructor(
    private readonly view: EditorView,
    private readonly sheet: Sheet,
    private readonly suggests: Suggests,
    around?: (transactions: readonly Transaction[]) => void,
  ) {
    this.binding = new Binding(sheet.text, view, around);
    sheet.draft.tracks(this.binding);
    // An editor is made before it is shown; not from within its own making.
    queueMicrotask(() => {
      if (!view.isDestroyed) this.binding.meet();
    });
    this.forget = sheet.draft.beforeOthers(() => {
      flush(view);
      suggests.releases(this.binding);
    });
    view.dom.addEventListener('compositionend', this.ended);
    sheet.draft.undo.on('stack-item-added', this.remember);
    sheet.draft.undo.on('stack-item-popped', this.comeBack);
  }

  update(view: EditorView, before: EditorState): void {
    const done = DONE.getState(view.state);
    const transactions: Transaction[] = [];
    for (let one = done; one !== undefined && one !== this.written; one = one.before) transactions.unshift(one.tr);
    if (transactions.length === 0) return;
    this.written = done;
    if (done !== undefined) done.before = undefined;
    this.stood = this.stand(before);
    // Breaking a line, joining two or styling one is an act of its own; letters go on from it.
    if (transactions.some(changesBlocks)) this.sheet.draft.next();
    this.writes(transactions);
  }

  /** Proposed words that an editor takes away are answered in the same act. */
  private writes(transactions: readonly Transaction[]): void {
    const { draft } = this.sheet;
    if (transactions.some((tr) => planOf(tr) !== undefined)) this.binding.wrote(transactions);
    else
      draft.doc.transact(({ deleteSet }) => {
        this.binding.wrote(transactions);
        answerDeleted(draft, deleteSet.clients);
      }, this.binding);
  }

  destroy(): void {
    this.view.dom.removeEventListener('compositionend', this.ended);
    this.suggests.releases(this.binding);
    this.binding.leave();
    this.forget();
    this.sheet.draft.undo.off('stack-item-added', this.remember);
    this.sheet.draft.undo.off('stack-item-popped', this.comeBack);
  }

  private readonly ended = (): void => {
    setTimeout(() => {
      if (!this.view.isDestroyed && !this.view.composing) this.suggests.releases(this.binding);
    }, AFTER_COMPOSING_MS);
  };

  private stand({ doc, selection: { anchor, head } }: EditorState): Stand | undefined {
    try {
      return standOf(this.sheet.text, this.sheet.root, doc, { anchor, head });
    } catch {
      return undefined;
    }
  }

  private readonly remember = ({ stackItem, origin, type }: StackEvent): void => {
    if (origin === this.binding) stackItem.meta.set('stood', this.stood);
    // What undo did can be done again from where one stands now.
    else if (type === 'redo' && this.view.hasFocus()) stackItem.meta.set('stood', this.stand(this.view.state));
  };

  private readonly comeBack = ({ stackItem }: StackEvent): void => {
    const stood = stackItem.meta.get('stood') as Stand | undefined;
    if (stood?.root !== this.sheet.root) return;
    const { state } = this.view;
    const span = spanOf(this.sheet.text, state.doc, stood);
    if (span === undefined) return;
    const selection = TextSelection.between(state.doc.resolve(span.anchor), state.doc.resolve(span.head));
    this.view.dispatch(state.tr.setSelection(selection).scrollIntoView());
  };
}

/** Takes in what the browser has done and the editor has not read yet. Not part of the view's declared face, but of every version of it. */
export function flush(view: EditorView): void {
  const { domObserver } = view as unknown as { domObserver?: { flush: () => void } };
  if (!view.isDestroyed && !view.composing) domObserver?.flush();
}

/** Whether it is to be written. What was struck changes no document. */
function isOwn(tr: Transaction): boolean {
  return planOf(tr) !== undefined || (tr.docChanged && tr.getMeta(FROM_TEXT) !== true);
}

function changesBlocks({ before, doc }: Transaction): boolean {
  return before.childCount !== doc.childCount || before.children.some((block, at) => block !== doc.child(at) && !block.sameMarkup(doc.child(at)));
}
