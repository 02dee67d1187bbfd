// Undo and redo of a draft's acts, one by one and each as it was made: what was proposed comes and goes under the id that proposes,
// what was edited under the one that edits. Yjs by itself goes on to the act before where nothing is left of the last, in the same
// transaction; that act may be of the other kind.
//
// Letters that come back are new ones, of whoever brings them back. Proposed words that one deleted or refused would come back as
// text under the id that edits; they come back as proposed ones, in one's own name.
import { UndoManager, type Doc, type Text } from 'yjs';
import { fateOf } from '../../text/asks';
import { embedsIn } from './embeds';
import { isOpening, type Proposer } from './proposer';
import { Ranges } from './ranges';

// Letters typed within this belong to one act of writing.
const ACT_MS = 500;

type Way = 'undo' | 'redo';
type Act = UndoManager['undoStack'][number];
type Deletions = Act['deletions'];

/** Of an act: the suggestion it was written in. */
const SID = Symbol('sid');
/** Of an act: it is one with the act before it. */
const ONE = Symbol('one');

export class Undoing {
  readonly manager: UndoManager;
  /** The act of its own that is being done now. */
  whole: object | undefined;
  /** The suggestion of the act before; none while one edits. */
  private last: string | undefined;
  /** What is taken back now is one with what was taken back last. */
  private goesOn = false;

  constructor(
    doc: Doc,
    scope: Text[],
    private readonly draft: { fates: Text; proposer: Proposer; onlySuggests: boolean; newId: () => string },
  ) {
    const { proposer } = draft;
    // Before Yjs, which makes one of acts that follow closely.
    doc.on('afterTransaction', (transaction) => {
      if (!this.manager.trackedOrigins.has(transaction.origin) || transaction.origin === this.manager) return;
      if (proposer.writing !== this.last) this.manager.stopCapturing();
      this.last = proposer.writing;
    });
    this.manager = new UndoManager(scope, { trackedOrigins: new Set<unknown>([draft]), captureTimeout: ACT_MS, deleteFilter: (item) => !isOpening(item) });
    this.manager.on('stack-item-added', ({ stackItem }) => {
      if (proposer.writing !== undefined) stackItem.meta.set(SID, proposer.writing);
      if (this.goesOn) stackItem.meta.set(ONE, true);
    });
  }

  /** Takes the last act back of which anything is left. Whether there was one. */
  undo(): boolean {
    return this.takes('undo');
  }

  redo(): boolean {
    return this.takes('redo');
  }

  /** One act of its own: undo takes back this and nothing else. */
  alone(act: () => void): void {
    if (this.whole !== undefined) {
      act();
      return;
    }
    this.manager.stopCapturing();
    this.manager.captureTimeout = Infinity;
    this.whole = {};
    try {
      act();
    } finally {
      this.whole = undefined;
      this.manager.captureTimeout = ACT_MS;
      this.manager.stopCapturing();
    }
  }

  /** What comes now is another act than what came before, except within one that is whole. */
  next(): void {
    if (this.whole === undefined) this.manager.stopCapturing();
  }

  private takes(way: Way): boolean {
    const stack = this.stack(way);
    let took = false;
    for (let act = stack.pop(); act !== undefined; act = stack.pop()) {
      this.goesOn = took;
      took = this.takesOne(way, act) || took;
      if (took && act.meta.get(ONE) !== true) break;
    }
    this.goesOn = false;
    return took;
  }

  private takesOne(way: Way, act: Act): boolean {
    const sid = act.meta.get(SID) as string | undefined;
    const accepted = this.accepted();
    // What was accepted is text by now, and not theirs alone to take back who proposed it.
    if (sid !== undefined) return this.proposes(sid, way, { ...act, insertions: parted(act.insertions, accepted).without });
    // Edits of before stay: whoever may only suggest by now may not take them back either.
    if (this.draft.onlySuggests) return false;
    const { text, proposed } = this.parted(act.deletions, accepted);
    const took = this.pops(way, { ...act, deletions: text });
    if (proposed.clients.size === 0 || this.draft.proposer.own === undefined) return took;
    // Another id, so another transaction.
    this.goesOn ||= took;
    return this.proposes(this.draft.newId(), way, { insertions: none(act.deletions), deletions: proposed, meta: new Map(act.meta) }) || took;
  }

  private proposes(sid: string, way: Way, act: Act): boolean {
    return this.draft.proposer.lets(sid, () => this.pops(way, act));
  }

  /** This act alone: Yjs sees no other. */
  private pops(way: Way, act: Act): boolean {
    const stack = this.stack(way);
    const others = stack.splice(0, stack.length, act);
    try {
      return (way === 'undo' ? this.manager.undo() : this.manager.redo()) !== null;
    } finally {
      stack.splice(0, stack.length, ...others);
    }
  }

  private stack(way: Way): Act[] {
    return way === 'undo' ? this.manager.undoStack : this.manager.redoStack;
  }

  private accepted(): Ranges {
    const fates = embedsIn(this.draft.fates).map(({ embed }) => fateOf(embed));
    return new Ranges(fates.flatMap((fate) => (fate?.accepted === true ? fate.of : [])));
  }

  /** What was text, or accepted as such, and what was proposed or said of a proposal. */
  private parted(deletions: Deletions, accepted: Ranges): { text: Deletions; proposed: Deletions } {
    const { within: text, without: proposed } = parted(deletions, accepted);
    for (const [client, stretches] of proposed.clients) {
      if (this.draft.proposer.handleOf(client) !== undefined) continue;
      text.clients.set(client, stretches);
      proposed.clients.delete(client);
    }
    return { text, proposed };
  }
}

function parted(set: Deletions, by: Ranges): { within: Deletions; without: Deletions } {
  const [within, without] = [none(set), none(set)];
  for (const [client, stretches] of set.clients) {
    for (const part of stretches.flatMap(({ clock, len }) => by.parts({ client, clock, len }))) {
      const { clients } = part.within ? within : without;
      clients.set(client, [...(clients.get(client) ?? []), { clock: part.clock, len: part.len }]);
    }
  }
  return { within, without };
}

function none(like: Deletions): Deletions {
  return new (like.constructor as new () => Deletions)();
}
