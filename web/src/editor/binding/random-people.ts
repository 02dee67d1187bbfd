// Who takes part in a random run: people with a document, an undo and open editors of their own, connected or not.
import { EditorState, type Transaction } from '@tiptap/pm/state';
import type { Node } from '@tiptap/pm/model';
import { applyUpdate, Doc, type Text } from 'yjs';
import { BODY, noteRoot } from '../../text/draft';
import { looks } from '../looks';
import { SCHEMA } from '../schema';
import { Binding, FROM_TEXT } from './binding';
import { documentOf, type Stretch } from './reading';
import { SharedDraft } from './shared';
import { suggested } from './suggested';

/** One open editor on one of the draft's texts. */
export class Sheet {
  state: EditorState;
  readonly binding: Binding;

  constructor(readonly draft: SharedDraft, readonly root: string) {
    const text = root === BODY ? draft.body : draft.note(root.slice(noteRoot('').length));
    this.state = EditorState.create({ schema: SCHEMA, doc: documentOf(SCHEMA, text.toDelta() as Stretch[]), plugins: [looks({ draft, text, root })] });
    this.binding = new Binding(text, this, draft.beginNotes);
    draft.tracks(this.binding);
  }

  dispatch(tr: Transaction): void {
    const suggests = this.draft.mode === 'suggest' && tr.docChanged && tr.getMeta(FROM_TEXT) !== true;
    const shown = suggests ? suggested(this.state, tr, this.binding.text, this.draft) : tr;
    this.state = this.state.apply(shown);
    if (shown.getMeta(FROM_TEXT) !== true) this.binding.wrote([shown]);
  }

  get doc(): Node {
    return this.state.doc;
  }
}

export class Person {
  readonly doc = new Doc();
  readonly draft: SharedDraft;
  readonly body: Sheet;
  readonly notes = new Map<string, Sheet>();
  readonly outbox: Uint8Array[] = [];
  heard = 0;
  connected = true;

  constructor(readonly number: number, client: number, beginning: Uint8Array, newId?: () => string) {
    this.doc.clientID = client;
    applyUpdate(this.doc, beginning, 'net');
    this.draft = new SharedDraft(this.doc, newId);
    // Acts end where the run says so.
    (this.draft.undo as unknown as { captureTimeout: number }).captureTimeout = 1e9;
    this.body = new Sheet(this.draft, BODY);
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== 'net') this.outbox.push(update);
    });
  }

  sheet(root: string): Sheet {
    if (root === BODY) return this.body;
    let sheet = this.notes.get(root);
    if (sheet === undefined) {
      sheet = new Sheet(this.draft, root);
      this.notes.set(root, sheet);
    }
    return sheet;
  }

  /** Does something to the body as one act, without an editor. */
  acts(act: (text: Text) => void): void {
    this.draft.alone(() => this.doc.transact(() => act(this.draft.body), this.draft));
  }

  roots(): string[] {
    return [BODY, ...this.draft.noteIds().map(noteRoot)];
  }
}
