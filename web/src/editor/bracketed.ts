// The brackets of a draft as its page shows them: where each stands, which one is looked at, and who stands behind which words. The
// signs are drawn by the mark's own style around letters; the names of those behind an alternative stand at its end, before the sign
// that closes it. Nothing of that is in the document.
import { Extension } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { Plugin, PluginKey } from '@tiptap/pm/state';
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view';
import type { Editor } from '@tiptap/react';
import { BODY, newBracketId, noteOf, noteRoot } from '../text/draft';
import { afterAPause } from './after-a-pause';
import { Passages } from './binding/anchors';
import { answerDeleted } from './binding/answering';
import { addAlternative, bracket, bracketsIn, keep, lift, type Bracket } from './binding/brackets';
import { besideLetter, indexOf } from './binding/places';
import type { SharedDraft } from './binding/shared';
import { flush, type Sheet } from './sharing';

/** A bracket of one of the draft's texts, and where that is in the order of the whole. */
export interface Standing extends Bracket {
  root: string;
  order: number;
}

export interface ShownBrackets {
  standing: readonly Standing[];
  /** The bracket one looks at. */
  chosen: string | undefined;
  /** By bracket and alternative (`alternativeKey`), those who stand behind it, in words. */
  behind: ReadonlyMap<string, string>;
}

export function alternativeKey(id: string, alternative: number | string): string {
  return `${id} ${alternative}`;
}

// Soon enough after a pause, never between two letters.
const PAUSE_MS = 250;
const AT_LATEST_MS = 1_000;

export class Bracketed {
  private shown: ShownBrackets = { standing: [], chosen: undefined, behind: new Map() };
  private readonly listeners = new Set<() => void>();
  private readonly again = afterAPause(() => this.find(), PAUSE_MS, AT_LATEST_MS);

  constructor(private readonly draft: SharedDraft) {}

  readonly subscribe = (listener: () => void): (() => void) => {
    if (this.listeners.size === 0) {
      this.draft.doc.on('update', this.again.soon);
      this.again.soon();
    }
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size > 0) return;
      this.draft.doc.off('update', this.again.soon);
      this.again.never();
    };
  };

  readonly snapshot = (): ShownBrackets => this.shown;

  choose(chosen: string | undefined): void {
    if (chosen !== this.shown.chosen) this.tell({ ...this.shown, chosen });
  }

  /** Who stands behind which words, as it was told. */
  stand(behind: ReadonlyMap<string, string>): void {
    if (JSON.stringify([...behind]) !== JSON.stringify([...this.shown.behind])) this.tell({ ...this.shown, behind });
  }

  /** Puts what is chosen in an editor into a bracket, and answers which; nothing where no word is chosen. */
  begin(editor: Editor): string | undefined {
    const { text } = editor.storage.remarked.sheet;
    this.draft.settle();
    const { doc, selection } = editor.state;
    const id = newBracketId();
    const isMade = this.acts(() => bracket(text, { from: indexOf(doc, selection.from), to: indexOf(doc, selection.to) }, id));
    if (isMade) this.choose(id);
    return isMade ? id : undefined;
  }

  add(id: string, words: string): boolean {
    return this.acts(() => this.texts(id).some((text) => addAlternative(text, id, words)));
  }

  lift(id: string): void {
    this.acts(() => this.texts(id).every((text) => lift(text, id)));
  }

  /** Keeps one alternative, if its bracket still says what was `seen`. */
  keep(seen: Standing, alternative: number): boolean {
    this.find();
    const now = this.shown.standing.find(({ id }) => id === seen.id);
    if (now === undefined || saidBy(now) !== saidBy(seen)) return false;
    return this.acts(() => this.texts(seen.id).map((text) => keep(text, seen.id, alternative)).includes(true));
  }

  /** One act, that one undo takes back. What it takes away of proposed words is answered in it. */
  private acts(act: () => boolean): boolean {
    const { draft } = this;
    // Whoever proposes formats nothing.
    if (draft.mode !== 'edit') return false;
    let isDone = false;
    draft.decides(() =>
      draft.doc.transact(({ deleteSet }) => {
        isDone = act();
        answerDeleted(draft, deleteSet.clients);
      }, draft),
    );
    this.find();
    return isDone;
  }

  private texts(id: string) {
    const roots = new Set(this.shown.standing.filter((one) => one.id === id).map(({ root }) => root));
    return [...roots].map((root) => this.text(root));
  }

  private text(root: string) {
    const note = noteOf(root);
    return note === undefined ? this.draft.body : this.draft.note(note);
  }

  private find(): void {
    this.draft.settle();
    const { notes } = new Passages(this.draft.body);
    const orderOf = (root: string, from: number) => {
      const note = noteOf(root);
      return note === undefined ? from : notes.get(note);
    };
    const standing = [BODY, ...this.draft.noteIds().map(noteRoot)].flatMap((root) =>
      bracketsIn(this.text(root)).flatMap((one): Standing[] => {
        const order = orderOf(root, one.from);
        // A footnote that is referred to nowhere is not read by anybody.
        return order === undefined ? [] : [{ ...one, root, order }];
      }),
    );
    standing.sort((one, other) => one.order - other.order || one.from - other.from);
    if (JSON.stringify(standing) !== JSON.stringify(this.shown.standing)) this.tell({ ...this.shown, standing });
  }

  private tell(shown: ShownBrackets): void {
    this.shown = shown;
    for (const listener of this.listeners) listener();
  }
}

/** What a bracket says in all its alternatives. */
function saidBy({ alternatives }: Bracket): string {
  return JSON.stringify(alternatives.map(({ number, words }) => [number, words]));
}

const KEY = new PluginKey<DecorationSet>('bracketed');

/** Draws who stands behind the alternatives of one text. */
export function bracketed(brackets: Bracketed, sheet: Sheet): Extension {
  return Extension.create({
    name: 'bracketed',
    addProseMirrorPlugins: () => [
      new Plugin<DecorationSet>({
        key: KEY,
        state: {
          init: (_config, { doc }) => drawn(brackets.snapshot(), doc),
          apply: (tr, before) => (tr.docChanged || tr.getMeta(KEY) === 'anew' ? drawn(brackets.snapshot(), tr.doc) : before),
        },
        props: {
          decorations: (state) => KEY.getState(state),
          // The caret goes where one clicked, all the same.
          handleClick: (view, pos) => {
            brackets.choose(bracketAt(brackets, sheet, view, pos));
            return false;
          },
        },
        view: (view) => ({ destroy: brackets.subscribe(() => draw(view, brackets)) }),
      }),
    ],
  });
}

function draw(view: EditorView, brackets: Bracketed): void {
  // What is composed is not drawn anew under its input method; the next letter draws it.
  if (view.isDestroyed || view.composing) return;
  if (told(KEY.getState(view.state)) === told(drawn(brackets.snapshot(), view.state.doc))) return;
  flush(view);
  view.dispatch(view.state.tr.setMeta(KEY, 'anew').setMeta('addToHistory', false));
}

function told(set: DecorationSet | undefined): string {
  return (set?.find() ?? []).map(({ from, to, spec }) => `${from} ${to} ${String(spec.told)}`).join('\n');
}

function drawn({ behind, chosen }: ShownBrackets, doc: Node): DecorationSet {
  const all: Decoration[] = [];
  const last = new Map<string, number>();
  doc.descendants((node, pos) => {
    if (!node.isInline) return true;
    for (const { type, attrs } of node.marks) {
      if (type.name !== 'bracket') continue;
      const id = String(attrs.id);
      last.set(alternativeKey(id, String(attrs.alternative)), pos + node.nodeSize);
      if (id === chosen) all.push(Decoration.inline(pos, pos + node.nodeSize, { class: 'bracket-chosen' }, { told: 'chosen' }));
    }
    return false;
  });
  for (const [key, end] of last) {
    const names = behind.get(key);
    if (names !== undefined) all.push(Decoration.inline(besideLetter(doc, end - 1), end, { class: 'bracket-behind', 'data-behind': names }, { told: names }));
  }
  return DecorationSet.create(doc, all);
}

/** The bracket that one clicked in; of several, the shortest. */
function bracketAt(brackets: Bracketed, { root }: Sheet, { state: { doc } }: EditorView, pos: number): string | undefined {
  const $pos = doc.resolve(pos);
  const within = new Set([$pos.nodeBefore, $pos.nodeAfter].flatMap((node) => node?.marks ?? []).map(({ attrs }) => String(attrs.id)));
  const found = brackets.snapshot().standing.filter((one) => one.root === root && within.has(one.id));
  return found.toSorted((one, other) => one.to - one.from - (other.to - other.from))[0]?.id;
}
