// One draft as it is shared: its texts, what is proposed for them, and the undo of what was written here. Knows no editor.
//
// Undo takes back one's own acts by their meaning, also while others write; acts that follow closely are one. Texts never clean
// themselves up: Yjs would let a page that only reads delete formats that have become superfluous, in its reader's name.
//
// Whoever writes here edits the text, or proposes what it might say (`mode`). What is proposed is written under another client id.
import type { Node, Schema, Slice } from '@tiptap/pm/model';
import type { Transaction } from '@tiptap/pm/state';
import { Text, type Doc, type UndoManager } from 'yjs';
import { ASKS, BODY, FATES, newNoteId, noteOf, noteRoot } from '../../text/draft';
import type { Attributes } from './attributes';
import { Proposer } from './proposer';
import { documentOf, type Stretch } from './reading';
import { Undoing } from './undoing';
import type { Operation } from './operations';
import { MARK, type Unit } from './units';
import { perform } from './writing';

/** What becomes of what is written: text, or a suggestion. */
export type Mode = 'edit' | 'suggest';

export class SharedDraft {
  readonly body: Text;
  /** What is proposed, and what was answered; embeds of text/asks.ts and nothing else. */
  readonly asks: Text;
  readonly fates: Text;
  readonly proposer: Proposer;
  private readonly undoing: Undoing;
  private present: Mode = 'edit';
  /** Whoever writes here may do no more than suggest. */
  onlySuggests = false;
  private readonly listeners = new Set<() => void>();
  private readonly notes = new Map<string, Text>();
  private readonly unsettled = new Set<() => void>();
  private readonly beginnings = new Map<string, readonly Unit[]>();
  /** Writes operations as a suggestion (suggesting.ts). */
  suggests: ((text: Text, operations: readonly Operation[]) => void) | undefined;

  constructor(
    readonly doc: Doc,
    /** Makes names of footnotes and suggestions. */
    readonly newId: () => string = newNoteId,
  ) {
    this.body = quiet(doc.getText(BODY));
    this.asks = quiet(doc.getText(ASKS));
    this.fates = quiet(doc.getText(FATES));
    this.proposer = new Proposer(doc, this.asks);
    this.undoing = new Undoing(doc, [this.body, this.asks, this.fates], this);
  }

  /** Where undo is listened to. It is asked for by `takeBack` and `bringBack`. */
  get undo(): UndoManager {
    return this.undoing.manager;
  }

  get mode(): Mode {
    return this.present;
  }

  mayOnlySuggest(is: boolean): void {
    this.onlySuggests = is;
  }

  turnTo(mode: Mode): void {
    if (mode === this.present) return;
    // What was done until now was done in the other way.
    this.settle();
    this.present = mode;
    for (const listener of this.listeners) listener();
  }

  /** Calls this when the mode, or whose this page is, has changed. Returns how to stop. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** The handle under which this page's person writes this draft; nothing before the server has told it. */
  get own(): string | undefined {
    return this.proposer.own;
  }

  writesAs(handle: string | undefined): void {
    if (handle === this.proposer.own) return;
    this.proposer.own = handle;
    for (const listener of this.listeners) listener();
  }

  /**
   * Writes one act of a suggestion, in one transaction that is nobody else's: what it brings into the texts is proposed. `origin`
   * decides who can take it back; by default this page's undo can.
   */
  propose(sid: string, act: () => void, origin: unknown = this): void {
    this.proposer.runs(sid, act, origin);
  }

  /** Answers suggestions, one act that is taken back as one. */
  decides(act: () => void): void {
    this.settle();
    this.alone(() => this.doc.transact(act, this));
  }

  /** Calls this before anything of others is taken in. Returns how to stop. */
  beforeOthers(settle: () => void): () => void {
    this.unsettled.add(settle);
    return () => this.unsettled.delete(settle);
  }

  /** Editors write down what their page already shows: a letter just typed, a caret just placed. What comes then meets nothing half done. */
  settle(): void {
    for (const settle of this.unsettled) settle();
  }

  /** Acts of this origin can be undone here. */
  tracks(origin: object): void {
    this.undo.addTrackedOrigin(origin);
  }

  /** The words of a footnote; empty for one that nobody wrote yet. */
  note(id: string): Text {
    let text = this.notes.get(id);
    if (text === undefined) {
      text = quiet(this.doc.getText(noteRoot(id)));
      this.notes.set(id, text);
      this.undo.addToScope(text);
    }
    return text;
  }

  /** Every note that has been written, referred to or not. */
  noteIds(): string[] {
    return [...this.doc.share.keys()].map(noteOf).filter((id) => id !== undefined);
  }

  /** The name of a footnote that is to be made, with these words or none. */
  idForNew(words?: readonly Unit[]): string {
    const id = this.newId();
    if (words !== undefined) this.beginnings.set(id, words);
    return id;
  }

  /** Makes the words of footnotes that come with these transactions and have none yet. Within the act that brings them. */
  readonly beginNotes = (transactions: readonly Transaction[]): void => {
    for (const { steps } of transactions) {
      for (const step of steps) {
        (step as { slice?: Slice }).slice?.content.descendants((node) => {
          const id = String(node.attrs.id);
          const words = node.type.name === 'footnote' ? this.beginningOf(id) : undefined;
          if (words !== undefined) perform(this.note(id), { is: 'insert', at: 0, units: words });
          return true;
        });
      }
    }
  };

  /** What a footnote that comes into the text begins with; nothing for one that has words. */
  beginningOf(id: string): readonly Unit[] | undefined {
    const words = this.beginnings.get(id) ?? [{ is: MARK, attributes: {} }];
    this.beginnings.delete(id);
    return this.note(id).length > 0 ? undefined : words;
  }

  /** Reads the words of footnotes. */
  words(schema: Schema): (id: string) => Node {
    return (id) => documentOf(schema, this.note(id).toDelta() as Stretch[]);
  }

  /** One act of its own: undo takes back this and nothing else. */
  alone(act: () => void): void {
    this.undoing.alone(act);
  }

  /** The act of its own that is being done now, the same as long as it lasts; nothing outside of one. */
  get whole(): object | undefined {
    return this.undoing.whole;
  }

  /** What comes now is another act than what came before, except within one that is whole. */
  next(): void {
    this.undoing.next();
  }

  /** Takes back what one did last. Whether there was anything. */
  takeBack(): boolean {
    return this.undoing.undo();
  }

  /** Does again what was taken back last. */
  bringBack(): boolean {
    return this.undoing.redo();
  }

  /** Changes a footnote's words where it is told, from their end: letters go, others come in their place. */
  rewriteNote(id: string, changes: readonly { at: number; length: number; words: string; attributes?: Attributes }[]): void {
    // In this order, as the binding does: Yjs may take the end of a format along with letters behind which others were just put.
    const operations = changes.flatMap(({ at, length, words, attributes = {} }): Operation[] => [
      ...(length > 0 ? [{ is: 'delete', at, length } as const] : []),
      ...(words === '' ? [] : [{ is: 'insert', at, units: words.split('').map((is) => ({ is, attributes })) } as const]),
    ]);
    this.does(this.note(id), operations);
  }

  /** Deletes the words of a footnote whose number is gone. */
  forgetNote(id: string): void {
    const text = this.note(id);
    this.alone(() => this.does(text, [{ is: 'delete', at: 0, length: text.length }]));
  }

  private does(text: Text, operations: readonly Operation[]): void {
    if (this.present === 'suggest' && this.suggests !== undefined) this.suggests(text, operations);
    else this.doc.transact(() => operations.forEach((operation) => perform(text, operation)), this);
  }

  leave(): void {
    this.undo.destroy();
  }
}

function quiet(text: Text): Text {
  // Yjs asks this field whether a text may need cleaning.
  Object.defineProperty(text, '_hasFormatting', { get: () => false, set() {} });
  // From the places that Yjs remembers in a text it does not see what letters look like, and takes the end of a format for superfluous
  // when the letters before it go: what follows would be bold. Without them it reads from the beginning.
  (text as unknown as { _searchMarker: null })._searchMarker = null;
  return text;
}
