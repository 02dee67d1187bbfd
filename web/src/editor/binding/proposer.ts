// Who proposes on this page: a client id of its own beside the one that is edited under. What such an id brings is proposed and no
// more (text/asks.ts), so everything that is proposed is written here, and nothing else is.
//
// The id begins with whose it is. What it brings from then on belongs to the suggestion that it named last. Neither is ever deleted,
// also not by undo: letters would lose whose they are.
import { ContentEmbed, type Doc, type Item, type Text } from 'yjs';
import { askOf, embedOfAsk } from '../../text/asks';

export class Proposer {
  /** The id that is written under. A lease may put another in its place, between two acts. */
  clientID = randomId();
  /** One's own handle in this draft; nobody proposes before it is known. */
  own: string | undefined;
  /** The suggestion that is being written. */
  private under: string | undefined;

  constructor(
    private readonly doc: Doc,
    private readonly asks: Text,
  ) {}

  /** Which suggestion the present transaction belongs to; none while one edits. */
  get writing(): string | undefined {
    return this.under;
  }

  /** One outermost transaction in which everything belongs to this suggestion. */
  runs(sid: string, act: () => void, origin: unknown): void {
    if (this.under === sid) {
      act();
      return;
    }
    this.as(sid, (begin) =>
      this.doc.transact(() => {
        begin();
        act();
      }, origin),
    );
  }

  /** The same for what makes an outermost transaction of its own. */
  lets<Done>(sid: string, act: () => Done): Done {
    return this.as(sid, (begin) => {
      this.doc.transact(begin, this);
      return act();
    });
  }

  private as<Done>(sid: string, act: (begin: () => void) => Done): Done {
    const { doc, own } = this;
    // The id of a document may change between transactions and never within one: letters would stand under clocks that are not theirs.
    if (isBusy(doc)) throw new Error('a proposal is written in a transaction of its own');
    if (own === undefined) throw new Error('whose proposal it is must be known first');
    if ((this.handleOf(this.clientID) ?? own) !== own) this.clientID = randomId();
    const editing = doc.clientID;
    doc.clientID = this.clientID;
    this.under = sid;
    try {
      return act(() => this.begins(own, sid));
    } finally {
      doc.clientID = editing;
      this.under = undefined;
    }
  }

  /** Whose proposing id this is; nothing for one that edits, and for one that has not begun. */
  handleOf(client: number): string | undefined {
    const first = this.doc.store.clients.get(client)?.[0] as Item | undefined;
    const ask = first?.content instanceof ContentEmbed ? askOf(first.content.embed) : undefined;
    return ask?.is === 'by' && first?.parent === this.asks ? ask.handle : undefined;
  }

  /** What comes now within the transaction belongs to this suggestion, of the same writer. */
  names(sid: string): void {
    if (this.last() !== sid) this.asks.insertEmbed(this.asks.length, embedOfAsk({ is: 'begin', sid }), {});
  }

  private begins(own: string, sid: string): void {
    if (this.handleOf(this.clientID) === undefined) this.asks.insertEmbed(this.asks.length, embedOfAsk({ is: 'by', handle: own }), {});
    this.names(sid);
  }

  /** The suggestion that this id named last. */
  private last(): string | undefined {
    const structs = this.doc.store.clients.get(this.clientID) ?? [];
    for (let at = structs.length - 1; at >= 0; at -= 1) {
      const { content } = structs[at] as Item;
      const ask = content instanceof ContentEmbed ? askOf(content.embed) : undefined;
      if (ask?.is === 'begin') return ask.sid;
    }
    return undefined;
  }
}

/** Whether an item says whose what follows is. */
export function isOpening({ content }: Item): boolean {
  const ask = content instanceof ContentEmbed ? askOf(content.embed) : undefined;
  return ask?.is === 'by' || ask?.is === 'begin';
}

function isBusy(doc: Doc): boolean {
  return (doc as unknown as { _transaction: unknown })._transaction !== null;
}

function randomId(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
}
