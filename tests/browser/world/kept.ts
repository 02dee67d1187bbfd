// What a browser keeps of a person, as whoever takes the machine would read it: every table, every cache, every key.
import { expect } from '@playwright/test';
import type { Person } from './people.ts';

export interface Kept {
  /** All of it, letters as they stand. */
  text: string;
  /** How many rows each table has. */
  rows: Record<string, number>;
  caches: string[];
}

/** Read on a page of the same house that is not the person's work. */
export async function keptBy(person: Person): Promise<Kept> {
  const { context, page } = person;
  const shown = page.url().startsWith('http') ? page : await context.newPage();
  return shown.evaluate(async () => {
    const rows: Record<string, number> = {};
    const found: string[] = Object.entries(localStorage).flat();
    const letters = (value: unknown): unknown => (ArrayBuffer.isView(value) ? new TextDecoder().decode(value) : value);
    const answer = <T>(request: IDBRequest<T>) => new Promise<T>((done, failed) => ((request.onsuccess = () => done(request.result)), (request.onerror = () => failed(request.error))));
    for (const { name } of await indexedDB.databases()) {
      const database = await answer(indexedDB.open(name ?? ''));
      for (const table of Array.from(database.objectStoreNames)) {
        const all = await answer(database.transaction(table).objectStore(table).getAll());
        rows[table] = all.length;
        found.push(JSON.stringify(all, (_key, value: unknown) => letters(value)));
      }
      database.close();
    }
    const names = await caches.keys();
    for (const name of names) {
      const cache = await caches.open(name);
      for (const request of await cache.keys()) {
        found.push(request.url);
        const kept = await cache.match(request);
        if (/html|json|text/u.test(kept?.headers.get('content-type') ?? '') && !/\.(?:js|css)$/u.test(request.url)) found.push((await kept?.text()) ?? '');
      }
    }
    return { text: found.join('\n'), rows, caches: names };
  });
}

/** The program's own files are on the device, and so is the text. */
export async function isReadyForTheRoad(person: Person, words: string): Promise<void> {
  await person.page.evaluate(async () => void (await navigator.serviceWorker.ready));
  await expect.poll(async () => (await keptBy(person)).text, { message: 'the text is on the device' }).toContain(words);
}
