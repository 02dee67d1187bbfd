// Which client id a page writes under. Yjs takes a new one per page load, and a draft keeps every id for ever; so a page takes one up
// again that this browser used for this draft and person before, as long as no other page has it (a Web Lock) and everything written
// under it was stored: what was written and never arrived must not meet other words in its place.
//
// Taken up only when the text has come from the server: a document that receives letters under its own id takes another in silence,
// and what stands on this device may be older than what the page before it sent. Until then a page writes under an id of its own.
//
// What a page proposes it writes under another id (editor/binding/proposer.ts), which is taken up in the same way.
import { IDS } from '../device/here';

/** Ids kept for one draft and person; more pages than this at once write under new ones. */
const KEPT_MAX = 8;

type Kept = Record<string, 'stored' | 'writing'>;

export interface Shelf {
  getItem: (key: string) => string | null;
  setItem: (key: string, value: string) => void;
}

type Locks = Pick<LockManager, 'request'>;

/** Whose id it is: the document's, or the one beside it. */
export interface Writer {
  clientID: number;
}

interface Whose {
  draft: string;
  person: string;
  /** Ids for what else than editing. */
  kind?: 'asks';
}

export class Lease {
  private readonly key: string;
  private held: string | undefined;
  private stored = true;
  private release: (() => void) | undefined;
  private isLeft = false;

  constructor(
    private readonly writer: Writer,
    { draft, person, kind }: Whose,
    private readonly shelf: Shelf | undefined = shelfOf(),
    private readonly locks: Locks | undefined = globalThis.navigator?.locks,
  ) {
    this.key = `${IDS}${draft} ${person}${kind === undefined ? '' : ` ${kind}`}`;
  }

  /** The text has come; from now on the page writes under an id of its own. */
  async takeUp(): Promise<void> {
    if (this.held !== undefined || this.locks === undefined || this.shelf === undefined || this.isLeft) return;
    this.held = '';
    const free = Object.entries(this.kept()).filter(([, state]) => state === 'stored');
    for (const [id] of free) if (await this.locked(id)) return;
    const own = String(this.writer.clientID);
    await this.locked(own);
  }

  /** Everything written is stored, or not. */
  isStored(stored: boolean): void {
    if (stored === this.stored) return;
    this.stored = stored;
    this.note();
  }

  leave(): void {
    this.isLeft = true;
    this.release?.();
  }

  /** Whether the id is ours now. What was written before under another stays its writer's. */
  private locked(id: string): Promise<boolean> {
    return new Promise((answer) => {
      const hold = (lock: Lock | null): Promise<void> | undefined => {
        // Another page may have written under it since it was read.
        const may = lock !== null && !this.isLeft && (this.kept()[id] ?? 'stored') === 'stored';
        answer(may);
        if (!may) return undefined;
        this.held = id;
        this.writer.clientID = Number(id);
        this.note();
        return new Promise((done) => {
          this.release = done;
        });
      };
      this.locks?.request(`${this.key} ${id}`, { ifAvailable: true }, hold).catch(() => answer(false));
    });
  }

  private note(): void {
    if (this.held === undefined || this.held === '') return;
    const others = Object.entries(this.kept()).filter(([id]) => id !== this.held);
    const kept = Object.fromEntries([[this.held, this.stored ? 'stored' : 'writing'], ...others].slice(0, KEPT_MAX));
    try {
      this.shelf?.setItem(this.key, JSON.stringify(kept));
    } catch {
      // A full or forbidden shelf only means that the next page takes a new id.
    }
  }

  private kept(): Kept {
    try {
      const read: unknown = JSON.parse(this.shelf?.getItem(this.key) ?? '{}');
      const sound = Object.entries(read as object).filter(([id, state]) => /^\d{1,15}$/u.test(id) && (state === 'stored' || state === 'writing'));
      return Object.fromEntries(sound) as Kept;
    } catch {
      return {};
    }
  }
}

function shelfOf(): Shelf | undefined {
  try {
    return globalThis.localStorage;
  } catch {
    return undefined;
  }
}
