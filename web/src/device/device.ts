// What this device keeps for the people who use it, so that a draft opens and its writer's words survive without a server.
//
// Two kinds of things, told apart everywhere. What a person wrote and no commit covers exists nowhere else: it stays until it
// is saved, until that person signs out, or for thirty days. Everything else (who is signed in, the committed text, a title) is
// the server's, and may stay here only as long as the server would show it: it goes when a session has ended or a right was
// taken, when somebody else signs in, and after a week without a word from the server. Nobody is shown another's.
import { answer, Database, OF, TABLES, type Table } from './database';

const DAY_MS = 24 * 3600 * 1000;
// The longest a session lives (server/accounts/limits.rs, SESSION_SECONDS_MAX).
const TEXT_MS_MAX = 7 * DAY_MS;
/** Unsent words of somebody who does not come back. */
const UNSENT_MS_MAX = 30 * DAY_MS;
/** Of one draft, its committed text: as much as a draft may hold (server/drafting/limits.rs, DOCUMENT_BYTES_MAX). */
export const TEXT_BYTES_MAX = 8 * 1024 * 1024;

export interface Whose {
  person: string;
  draft: string;
}

export interface KeptPerson {
  id: string;
  name: string;
}

/** What a draft's page needs of its statement. It is kept for those who may write, and the text only beside it. */
export interface KeptStatement {
  title: string;
  language: string;
  nextEdition: string;
}

/** One update of a draft's document, under the description of a text that was in force. */
export interface Row extends Whose {
  row: number;
  version: number;
  at: number;
  update: Uint8Array;
}

export interface Change extends Whose {
  version: number;
  /** Own words that no commit covers. */
  wrote?: readonly Uint8Array[];
  /** What is committed: a stretch of the text, or all of it where it replaces the rows there are. */
  came?: readonly Uint8Array[];
  whole?: boolean;
  /** Rows of own words that are committed by now. */
  saved?: readonly number[];
  /** Nothing is connected: what was written exists nowhere else, and is on the disk before it is called kept. */
  onlyHere?: boolean;
}

export class Device {
  /** Signed out on this page: an answer that was still on its way brings nothing back. */
  private gone: string | undefined;

  constructor(
    private readonly database = new Database(),
    private readonly now: () => number = Date.now,
  ) {}

  /** The server says who is signed in. Whatever it showed to somebody else goes. */
  async meets(person: KeptPerson): Promise<void> {
    if (this.gone === person.id) return;
    const before = await this.who();
    await this.database.does(TABLES, 'readwrite', async (table) => {
      if (before?.id !== person.id) await this.forgetTexts(table);
      table('seen').put({ id: person.id, name: person.name, at: this.now() }, 'person');
      await sweep(table('unsent'), this.now() - UNSENT_MS_MAX);
      const kept = await answer<(Whose & { at: number })[]>(table('statements').getAll());
      for (const { person: whose, draft, at } of kept) if (at < this.now() - TEXT_MS_MAX) await forgetDraft(table, { person: whose, draft });
    });
  }

  /** The server has listed what this person may write: of everything else only own unsent words stay. */
  async keepsOnly(person: string, drafts: readonly string[]): Promise<void> {
    await this.database.does(['statements', 'texts'], 'readwrite', async (table) => {
      const kept = (await answer(table('statements').getAllKeys(ofPerson(person)))) as [string, string][];
      for (const [, draft] of kept) if (!drafts.includes(draft)) await forgetDraft(table, { person, draft });
    });
  }

  /** Who was signed in when the server last said so; nobody once that is longer ago than a session lives. */
  async who(): Promise<KeptPerson | undefined> {
    const seen = await this.database.does(['seen'], 'readonly', (table) => answer<(KeptPerson & { at: number }) | undefined>(table('seen').get('person')));
    if (seen === undefined) return undefined;
    if (seen.at >= this.now() - TEXT_MS_MAX) return { id: seen.id, name: seen.name };
    await this.isLeftAlone();
    return undefined;
  }

  /** The session has ended: own unsent words stay, everything else goes. */
  async isLeftAlone(): Promise<void> {
    await this.database.does(TABLES, 'readwrite', (table) => this.forgetTexts(table));
  }

  /** The person signs out: nothing of theirs stays, and nothing that was shown to anybody. */
  async forgets(person: string): Promise<void> {
    this.gone = person;
    await this.database.does(TABLES, 'readwrite', async (table) => {
      await this.forgetTexts(table);
      await removed(table('unsent'), ofPerson(person));
    });
  }

  /** The person may not see this draft any more, or it is none: own unsent words stay. */
  async forgetsDraft({ person, draft }: Whose): Promise<void> {
    await this.database.does(['statements', 'texts'], 'readwrite', (table) => forgetDraft(table, { person, draft }));
  }

  async keepsStatement({ person, draft }: Whose, kept: KeptStatement): Promise<void> {
    await this.database.does(['seen', 'statements'], 'readwrite', async (table) => {
      if (await isHere(table, person)) table('statements').put({ person, draft, ...kept, at: this.now() });
    });
  }

  async statement({ person, draft }: Whose): Promise<KeptStatement | undefined> {
    return this.database.does(['statements'], 'readonly', (table) => answer<KeptStatement | undefined>(table('statements').get([person, draft])));
  }

  async draft({ person, draft }: Whose): Promise<{ texts: Row[]; unsent: Row[] }> {
    return this.database.does(['texts', 'unsent'], 'readonly', async (table) => {
      const rows = (name: Table) => answer<Row[]>(table(name).index(OF).getAll(IDBKeyRange.only([person, draft])));
      const [texts, unsent] = await Promise.all([rows('texts'), rows('unsent')]);
      return { texts, unsent };
    });
  }

  /** All that this person wrote and no commit covers. */
  async unsent(person: string): Promise<Row[]> {
    return this.database.does(['unsent'], 'readonly', (table) => answer<Row[]>(table('unsent').index(OF).getAll(ofPerson(person))));
  }

  async discards(rows: readonly number[]): Promise<void> {
    await this.database.does(['unsent'], 'readwrite', async (table) => {
      for (const row of rows) table('unsent').delete(row);
    });
  }

  /**
   * Keeps a change whole. Answers under which rows own words stand, and what became of the text: it is refused once the
   * person's session has ended or their right was taken, however late this change comes; and a stretch of it lacks its base
   * where the text was taken away meanwhile, by another page of this browser while this one slept.
   */
  async keeps({ person, draft, version, wrote = [], came = [], whole = false, saved = [], onlyHere = false }: Change): Promise<{ rows: number[]; text: 'kept' | 'refused' | 'baseless' }> {
    const act = async (table: (name: Table) => IDBObjectStore) => {
      const isMet = (await isHere(table, person)) && (await answer(table('statements').get([person, draft]))) !== undefined;
      const isBased = whole || came.length === 0 || (await answer(table('texts').index(OF).count(IDBKeyRange.only([person, draft])))) > 0;
      const text: 'kept' | 'refused' | 'baseless' = !isMet ? 'refused' : isBased ? 'kept' : 'baseless';
      const row = (update: Uint8Array) => ({ person, draft, version, at: this.now(), update });
      const rows: number[] = [];
      // oxlint-disable-next-line no-await-in-loop -- in the order written
      for (const update of wrote) rows.push((await answer(table('unsent').add(row(update)))) as number);
      if (text === 'kept' && whole) await removed(table('texts'), IDBKeyRange.only([person, draft]));
      if (text === 'kept') for (const update of came) table('texts').add(row(update));
      for (const one of saved) table('unsent').delete(one);
      return { rows, text };
    };
    return this.database.does(TABLES, 'readwrite', act, onlyHere ? 'strict' : 'relaxed');
  }

  private async forgetTexts(table: (name: Table) => IDBObjectStore): Promise<void> {
    for (const name of ['seen', 'statements', 'texts'] as const) table(name).clear();
  }
}

async function forgetDraft(table: (name: Table) => IDBObjectStore, { person, draft }: Whose): Promise<void> {
  table('statements').delete([person, draft]);
  await removed(table('texts'), IDBKeyRange.only([person, draft]));
}

async function isHere(table: (name: Table) => IDBObjectStore, person: string): Promise<boolean> {
  return (await answer<KeptPerson | undefined>(table('seen').get('person')))?.id === person;
}

function ofPerson(person: string): IDBKeyRange {
  // An array sorts after every string.
  return IDBKeyRange.bound([person], [person, []]);
}

async function removed(rows: IDBObjectStore, range: IDBKeyRange): Promise<void> {
  for (const row of await answer(rows.index(OF).getAllKeys(range))) rows.delete(row);
}

async function sweep(rows: IDBObjectStore, before: number): Promise<void> {
  await new Promise<void>((done, failed) => {
    const request = rows.openCursor();
    request.addEventListener('error', () => failed(request.error));
    request.addEventListener('success', () => {
      const cursor = request.result;
      // Rows stand in the order in which they were written.
      if (cursor === null || (cursor.value as Row).at >= before) return done();
      cursor.delete();
      cursor.continue();
    });
  });
}
