// The passages that threads are about, underlined with dots where they stand now. What is drawn is around letters and never between
// them, so no caret, no word that is composed and no line is broken by it; and nothing of it is in the document.
//
// While one writes, what is drawn moves with the letters. After a pause it is looked for anew by its letters' ids: words that came back
// by undo are the passage again.
import { Extension } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { Plugin, PluginKey } from '@tiptap/pm/state';
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view';
import type { Editor } from '@tiptap/react';
import { BODY, noteOf, noteRoot } from '../text/draft';
import { afterAPause } from './after-a-pause';
import { anchorOf, Passages, type Anchor, type Stretch } from './binding/anchors';
import { besideLetter, indexOf, placeAt } from './binding/places';
import type { SharedDraft } from './binding/shared';
import { goToFootnote, jump } from './go';
import { flush, type Sheet } from './sharing';

declare module '@tiptap/core' {
  interface Storage {
    remarked: { sheet: Sheet };
  }
}

/** A passage of one of the draft's texts. */
export interface Passage extends Anchor {
  root: string;
}

export interface Marked extends Passage {
  /** The thread's. */
  id: string;
}

/** Where a passage stands, and where that is in the order of the whole. */
export interface Standing extends Stretch {
  root: string;
  order: number;
}

export interface Shown {
  standing: ReadonlyMap<string, Standing>;
  /** The thread one looks at. */
  chosen: string | undefined;
}

// Soon enough after a pause, never between two letters.
const PAUSE_MS = 250;
const AT_LATEST_MS = 1_000;

/** Which passages are marked on this page, told to its editors and to the list beside them. */
export class Remarked {
  private marked: readonly Marked[] = [];
  private shown: Shown = { standing: new Map(), chosen: undefined };
  private readonly listeners = new Set<() => void>();
  private readonly again = afterAPause(() => this.find(), PAUSE_MS, AT_LATEST_MS);

  constructor(private readonly draft: SharedDraft) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    if (this.listeners.size === 0) this.draft.doc.on('update', this.again.soon);
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size > 0) return;
      this.draft.doc.off('update', this.again.soon);
      this.again.never();
    };
  };

  readonly snapshot = (): Shown => this.shown;

  /** What is drawn may have missed something: a word was being composed. */
  readonly late = (): void => this.again.soon();

  marks(marked: readonly Marked[]): void {
    if (JSON.stringify(marked) === JSON.stringify(this.marked)) return;
    this.marked = marked;
    this.find();
  }

  choose(chosen: string | undefined): void {
    if (chosen === this.shown.chosen) return;
    this.tell({ ...this.shown, chosen });
  }

  private find(): void {
    // What a page shows and has not written yet is looked through, too.
    this.draft.settle();
    const texts = new Map<string, Passages>();
    const text = (root: string) => {
      const note = noteOf(root);
      const known = texts.get(root) ?? new Passages(note === undefined ? this.draft.body : this.draft.note(note));
      texts.set(root, known);
      return known;
    };
    // Only where this draft has such a text: what is told comes from others' pages.
    const roots = new Set([BODY, ...this.draft.noteIds().map(noteRoot)]);
    const standing = new Map<string, Standing>();
    for (const { id, root, ...anchor } of this.marked) {
      if (!roots.has(root)) continue;
      const found = text(root).find(anchor);
      const note = noteOf(root);
      // A footnote that is referred to nowhere is not read by anybody.
      const order = note === undefined ? found?.from : text(BODY).notes.get(note);
      if (found !== undefined && order !== undefined) standing.set(id, { ...found, root, order });
    }
    this.tell({ ...this.shown, standing });
  }

  private tell(shown: Shown): void {
    this.shown = shown;
    for (const listener of this.listeners) listener();
  }
}

const KEY = new PluginKey<DecorationSet>('remarked');

/** Draws the passages of one text. */
export function remarked(marks: Remarked, sheet: Sheet): Extension {
  return Extension.create({
    name: 'remarked',
    addStorage: () => ({ sheet }),
    addProseMirrorPlugins: () => [
      new Plugin<DecorationSet>({
        key: KEY,
        state: {
          init: (_config, { doc }) => drawn(marks.snapshot(), sheet, doc),
          apply: (tr, before) => (tr.getMeta(KEY) === 'anew' ? drawn(marks.snapshot(), sheet, tr.doc) : before.map(tr.mapping, tr.doc)),
        },
        props: {
          decorations: (state) => KEY.getState(state),
          // The caret goes where one clicked, all the same.
          handleClick: (view, pos) => {
            marks.choose(threadAt(view, pos));
            return false;
          },
          handleDOMEvents: {
            compositionend: () => {
              marks.late();
              return false;
            },
          },
        },
        view: (view) => ({ destroy: marks.subscribe(() => draw(view, marks, sheet)) }),
      }),
    ],
  });
}

/** What is chosen in an editor, as a thread can be opened on it; nothing where no letter is chosen. */
export function chosenIn(editor: Editor): Passage | undefined {
  const { draft, text, root } = editor.storage.remarked.sheet;
  draft.settle();
  const { doc, selection } = editor.state;
  const anchor = anchorOf(text, indexOf(doc, selection.from), indexOf(doc, selection.to));
  return anchor === undefined ? undefined : { root, ...anchor };
}

/** Goes to a passage, or to the footnote it is in; `asReader` leaves the caret where it is. */
export function goToPassage(editor: Editor, { root, from, to, order }: Standing, asReader = false): void {
  const { doc } = editor.state;
  const [start, end] = [placeAt(doc, root === BODY ? from : order)?.pos, placeAt(doc, to - 1)?.pos];
  if (start === undefined) return;
  if (asReader) reveal(editor, start);
  else if (root === BODY) jump(editor, start, (end ?? start) + 1);
  else goToFootnote(editor, start);
}

function reveal(editor: Editor, pos: number): void {
  const { node } = editor.view.domAtPos(pos);
  (node instanceof Element ? node : node.parentElement)?.scrollIntoView({ block: 'center' });
}

function draw(view: EditorView, marks: Remarked, sheet: Sheet): void {
  // What is composed is not drawn anew under its input method; it is when the word is done.
  if (view.isDestroyed || view.composing) return;
  const now = KEY.getState(view.state);
  if (now !== undefined && same(now, drawn(marks.snapshot(), sheet, view.state.doc))) return;
  // Drawing puts the browser's selection where the editor knows it; what the browser has not told yet would be lost.
  flush(view);
  view.dispatch(view.state.tr.setMeta(KEY, 'anew').setMeta('addToHistory', false));
}

function same(one: DecorationSet, other: DecorationSet): boolean {
  const told = (set: DecorationSet) => set.find().map(({ from, to, spec }) => `${from} ${to} ${String(spec.thread)} ${String(spec.chosen)}`).toSorted().join('\n');
  return told(one) === told(other);
}

function drawn({ standing, chosen }: Shown, { root }: Sheet, doc: Node): DecorationSet {
  const all: Decoration[] = [];
  for (const [thread, place] of standing) {
    if (place.root !== root) continue;
    const [start, end] = [placeAt(doc, place.from)?.pos, placeAt(doc, place.to - 1)?.pos];
    if (start === undefined || end === undefined) continue;
    const isChosen = thread === chosen;
    const look = { class: isChosen ? 'remarked chosen' : 'remarked' };
    all.push(Decoration.inline(besideLetter(doc, start), end + 1, look, { thread, chosen: isChosen }));
  }
  return DecorationSet.create(doc, all);
}

/** The thread whose passage this is; of several, the one with the shortest. */
function threadAt(view: EditorView, pos: number): string | undefined {
  const found = KEY.getState(view.state)?.find(pos, pos) ?? [];
  const shortest = found.toSorted((one, other) => one.to - one.from - (other.to - other.from))[0];
  return shortest === undefined ? undefined : String(shortest.spec.thread);
}
