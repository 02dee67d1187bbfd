// A search that goes on while people write: what is found is found anew a moment after each change, and where one has come to stays
// where it is. Replacing is done on the text as it stands at that moment, in one act, so that nobody who writes loses a letter.
import type { Editor } from '@tiptap/core';
import type { Transaction } from '@tiptap/pm/state';
import type { Apart } from '../../text/folding';
import { afterAPause } from '../after-a-pause';
import type { SharedDraft } from '../binding/shared';
import { goToFootnote, jump } from '../go';
import type { NoteWords } from '../lines';
import { drawFinds } from './finds';
import { replaceInBody, replaceInNotes, Search, type Match } from './search';

export interface Standing {
  matches: readonly Match[];
  /** Which of them one has come to, from 0; -1 where there is none. */
  at: number;
}

// Soon enough to be the answer to what was written; not between two letters.
const PAUSE_MS = 200;
const AT_LATEST_MS = 1_000;

/** A place in the text, by which one of the matches is found again. */
interface Anchor {
  /** Of the match, or of the number of its footnote. */
  pos: number;
  note: string | undefined;
  /** In a footnote's words. */
  at: number;
}

export class Finder {
  private readonly search = new Search();
  private readonly words: NoteWords;
  private readonly told = new Set<() => void>();
  private readonly again = afterAPause(() => this.finds(), PAUSE_MS, AT_LATEST_MS);
  private sought = '';
  private apart: Apart = { case: false, forms: false };
  private anchor: Anchor;
  private standing: Standing = { matches: [], at: -1 };

  constructor(
    private readonly editor: Editor,
    private readonly draft: SharedDraft,
  ) {
    this.words = draft.words(editor.schema);
    this.anchor = { pos: editor.state.selection.from, note: undefined, at: 0 };
  }

  /** Follows what is written from now on. Returns how to stop. */
  begins(): () => void {
    const { draft, editor, again, follows } = this;
    draft.doc.on('update', again.soon);
    editor.on('transaction', follows);
    return () => {
      again.never();
      draft.doc.off('update', again.soon);
      editor.off('transaction', follows);
      if (!editor.isDestroyed) drawFinds(editor.view, [], undefined);
    };
  }

  readonly subscribe = (tell: () => void): (() => void) => {
    this.told.add(tell);
    return () => this.told.delete(tell);
  };

  readonly snapshot = (): Standing => this.standing;

  /** Looks for other words, from where one is. */
  asks(sought: string, apart: Apart): void {
    [this.sought, this.apart] = [sought, apart];
    this.finds();
    this.shows();
  }

  /** The next match (1) or the one before (-1), round the ends. */
  goes(by: 1 | -1): void {
    this.finds();
    const { matches, at } = this.standing;
    if (matches.length === 0) return;
    this.comes((at + by + matches.length) % matches.length);
    this.shows();
  }

  /** Puts one's caret where one has come to. */
  enters(): void {
    const { current } = this;
    if (current === undefined) return;
    if (current.line.note === undefined) jump(this.editor, current.from, current.to);
    else goToFootnote(this.editor, current.line.pos);
  }

  /** Replaces the match one has come to, and comes to the next. */
  replaces(words: string): boolean {
    this.finds();
    const { current } = this;
    if (current === undefined || !this.replace([current], words)) return false;
    // What was put there may hold what is sought: it is not found again at once.
    const { note, pos } = current.line;
    this.anchor = note === undefined ? { pos: current.from + words.length, note, at: 0 } : { pos, note, at: current.at + words.length };
    this.finds();
    this.shows();
    return true;
  }

  /** Replaces all that is found, as one act. How many. */
  replacesAll(words: string): number {
    this.finds();
    const { matches } = this.standing;
    return matches.length > 0 && this.replace(matches, words) ? matches.length : 0;
  }

  private get current(): Match | undefined {
    return this.standing.matches[this.standing.at];
  }

  private replace(matches: readonly Match[], words: string): boolean {
    const { editor, draft } = this;
    if (!editor.isEditable || editor.view.composing) return false;
    const tr = replaceInBody(editor.state, matches, words);
    const notes = replaceInNotes(matches, words);
    draft.alone(() => {
      if (tr !== undefined) editor.view.dispatch(tr);
      for (const [note, changes] of notes) draft.rewriteNote(note, changes);
    });
    this.finds();
    return true;
  }

  private readonly follows = ({ transaction }: { transaction: Transaction }): void => {
    if (!transaction.docChanged) return;
    this.anchor = { ...this.anchor, pos: transaction.mapping.map(this.anchor.pos, -1) };
    this.again.soon();
  };

  private finds(): void {
    const { editor } = this;
    if (editor.isDestroyed) return;
    const matches = this.search.in(editor.state.doc, this.words, this.sought, this.apart);
    const next = matches.findIndex((match) => !this.isBefore(match));
    // Behind the last comes the first.
    this.comes(Math.max(next, 0), matches);
  }

  /** Whether a match stands before the anchor. Footnotes come after the block they stand in. */
  private isBefore({ line, from, at }: Match): boolean {
    const { pos, note, at: noted } = this.anchor;
    const { doc } = this.editor.state;
    const block = doc.resolve(Math.min(pos, doc.content.size)).index(0) + 1;
    if (line.block !== block) return line.block < block;
    if (note === undefined) return line.note === undefined && from < pos;
    return line.note === undefined || line.pos < pos || (line.pos === pos && at < noted);
  }

  private comes(at: number, matches = this.standing.matches): void {
    const { view } = this.editor;
    const current = matches[at];
    if (current !== undefined) this.anchor = anchorOf(current);
    this.standing = { matches, at: current === undefined ? -1 : at };
    // Drawing anew would break what an input method composes.
    if (view.composing) this.again.soon();
    else drawFinds(view, matches, current);
    for (const tell of this.told) tell();
  }

  private shows(): void {
    const { current, editor } = this;
    if (current === undefined) return;
    const { node } = editor.view.domAtPos(current.line.note === undefined ? current.from : current.line.pos);
    const place = node instanceof Element ? node : node.parentElement;
    (place?.querySelector('.found.now') ?? place)?.scrollIntoView({ block: 'center' });
  }
}

function anchorOf({ line, from, at }: Match): Anchor {
  return line.note === undefined ? { pos: from, note: undefined, at: 0 } : { pos: line.pos, note: line.note, at };
}
