// The tables kept on this device, and one way to read and write them. A browser may have none (a private window, a rule of
// the machine's owner), may refuse to write (no room left), or may close them under us; each is an error here and a sentence
// on the page.
//
// What stands in them is a danger to whoever is searched, so there is no table for anything that a draft can be opened without.

export const NAME = 'undersigned';
const VERSION = 1;

/** `seen`: who was signed in last. `statements`: what a draft's page needs of its statement. `texts`: what is committed of drafts.
 * `unsent`: what a person wrote and no commit covers. */
export type Table = 'seen' | 'statements' | 'texts' | 'unsent';
export const TABLES: readonly Table[] = ['seen', 'statements', 'texts', 'unsent'];

/** Where the rows of a person, or of one draft of a person, are found. */
export const OF = 'of';

const OPEN_MS_MAX = 3_000;

export class Database {
  private opening: Promise<IDBDatabase> | undefined;
  private isLate = false;

  constructor(private readonly factory: IDBFactory | undefined = ofBrowser()) {}

  /** Everything `act` asks for, or nothing of it; resolves when the transaction is complete. `strict` is on the disk then. */
  async does<T>(
    tables: readonly Table[],
    mode: 'readonly' | 'readwrite',
    act: (table: (name: Table) => IDBObjectStore) => Promise<T>,
    durability: IDBTransactionDurability = 'relaxed',
  ): Promise<T> {
    const database = await this.opened();
    const transaction = database.transaction([...tables], mode, { durability });
    const ended = new Promise<void>((done, failed) => {
      transaction.addEventListener('complete', () => done());
      transaction.addEventListener('abort', () => failed(transaction.error ?? new DOMException('The transaction was given up.', 'AbortError')));
    });
    try {
      const found = await act((name) => transaction.objectStore(name));
      await ended;
      return found;
    } catch (failure) {
      ended.catch(() => undefined);
      try {
        transaction.abort();
      } catch {
        // It has ended by itself.
      }
      throw failure;
    }
  }

  private opened(): Promise<IDBDatabase> {
    this.opening ??= this.open().then(
      (database) => {
        this.isLate = false;
        return database;
      },
      (failure: unknown) => {
        this.opening = undefined;
        throw failure;
      },
    );
    return this.inTime(this.opening);
  }

  /** Some browsers have left a question for their tables unanswered; no page waits long for that, and the next one not at all. */
  private async inTime(opening: Promise<IDBDatabase>): Promise<IDBDatabase> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_opened, failed) => {
      timer = setTimeout(
        () => {
          this.isLate = true;
          failed(new DOMException('The tables did not open in time.', 'TimeoutError'));
        },
        this.isLate ? 0 : OPEN_MS_MAX,
      );
    });
    return Promise.race([opening, late]).finally(() => clearTimeout(timer));
  }

  private open(): Promise<IDBDatabase> {
    const { factory } = this;
    if (factory === undefined) return Promise.reject(new DOMException('This browser keeps nothing.', 'NotSupportedError'));
    return new Promise((opened, failed) => {
      const request = factory.open(NAME, VERSION);
      request.addEventListener('upgradeneeded', () => lay(request.result));
      request.addEventListener('error', () => failed(request.error));
      request.addEventListener('success', () => {
        const database = request.result;
        const closed = () => {
          this.opening = undefined;
        };
        // A page of a newer version wants to change the tables: it goes first.
        database.addEventListener('versionchange', () => {
          database.close();
          closed();
        });
        database.addEventListener('close', closed);
        opened(database);
      });
    });
  }
}

/** Whether this browser has tables of ours at all; one that does not say may have. */
export async function haveTables(factory: IDBFactory | undefined = ofBrowser()): Promise<boolean> {
  if (factory === undefined) return false;
  const all = await factory.databases?.().catch(() => undefined);
  return all === undefined || all.some(({ name }) => name === NAME);
}

function lay(database: IDBDatabase): void {
  database.createObjectStore('seen');
  database.createObjectStore('statements', { keyPath: ['person', 'draft'] });
  for (const rows of ['texts', 'unsent']) {
    database.createObjectStore(rows, { keyPath: 'row', autoIncrement: true }).createIndex(OF, ['person', 'draft']);
  }
}

export function answer<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((done, failed) => {
    request.addEventListener('success', () => done(request.result));
    request.addEventListener('error', () => failed(request.error));
  });
}

/** A browser that forbids it may throw at the mere mention. */
function ofBrowser(): IDBFactory | undefined {
  try {
    return globalThis.indexedDB ?? undefined;
  } catch {
    return undefined;
  }
}
