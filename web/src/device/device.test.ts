// What stands on the device after what happened, read as whoever takes the device would read it: every table, every row.
import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { beforeEach, expect, it, vi } from 'vitest';
import { answer, Database, TABLES } from './database';
import { Device } from './device';

const DAY_MS = 24 * 3600 * 1000;
const ANA = { person: 'ana', draft: 'library' };
const BEN = { person: 'ben', draft: 'library' };
const ABOUT = { title: 'Keep the library open', language: 'en', nextEdition: 'Rev.1' };
const words = (text: string) => new TextEncoder().encode(text);

let now: number;
let database: Database;
let device: Device;

beforeEach(() => {
  now = Date.parse('2026-02-06T16:00:00Z');
  database = new Database(new IDBFactory());
  device = new Device(database, () => now);
});

/** All that is written anywhere. */
async function dump(): Promise<string> {
  const rows = await Promise.all(TABLES.map((name) => database.does([name], 'readonly', (table) => answer<unknown[]>(table(name).getAll()))));
  return JSON.stringify(rows, (_key, value: unknown) => (ArrayBuffer.isView(value) ? new TextDecoder().decode(value) : value));
}

/** Ana is signed in, has a draft open, and wrote something that nobody has. */
async function anaWrites() {
  await device.meets({ id: 'ana', name: 'Ana Example' });
  await device.keepsStatement(ANA, ABOUT);
  return device.keeps({ ...ANA, version: 1, wrote: [words('own words')], came: [words('words of others')], whole: true });
}

it('a draft is read as it was kept', async () => {
  const { rows, text } = await anaWrites();
  expect(text).toBe('kept');
  const { texts, unsent } = await device.draft(ANA);
  expect(texts.map(({ update }) => update)).toEqual([words('words of others')]);
  expect(unsent.map(({ row, update }) => ({ row, update }))).toEqual([{ row: rows[0], update: words('own words') }]);
  expect(await device.statement(ANA)).toMatchObject(ABOUT);
});

it('own words that are committed are own unsent words no longer, and the text replaces its parts', async () => {
  const { rows } = await anaWrites();
  await device.keeps({ ...ANA, version: 1, saved: rows, came: [words('all of it')], whole: true });
  const { texts, unsent } = await device.draft(ANA);
  expect(texts.map(({ update }) => update)).toEqual([words('all of it')]);
  expect(unsent).toEqual([]);
});

it('when the session has ended own unsent words stay, and nothing else, however late it comes', async () => {
  await anaWrites();
  await device.isLeftAlone();
  const late = await device.keeps({ ...ANA, version: 1, wrote: [words('typed on')], came: [words('words of others, late')] });
  expect(late.text).toBe('refused');
  const found = await dump();
  expect(found).toContain('own words');
  expect(found).toContain('typed on');
  for (const gone of ['words of others', 'Keep the library open', 'Ana Example']) expect(found).not.toContain(gone);
});

it('a page that slept while its text was taken away and came back puts no stretch where its base is missing', async () => {
  await anaWrites();
  await device.isLeftAlone();
  await device.meets({ id: 'ana', name: 'Ana Example' });
  await device.keepsStatement(ANA, ABOUT);
  const late = await device.keeps({ ...ANA, version: 1, came: [words('goes on')] });
  expect(late.text).toBe('baseless');
  expect((await device.draft(ANA)).texts).toEqual([]);
  expect((await device.keeps({ ...ANA, version: 1, came: [words('all of it')], whole: true })).text).toBe('kept');
});

it('a right that was taken takes the text with it, and what comes late is not kept', async () => {
  await anaWrites();
  await device.forgetsDraft(ANA);
  await device.keeps({ ...ANA, version: 1, came: [words('words of others, late')] });
  const found = await dump();
  expect(found).toContain('own words');
  expect(found).not.toContain('words of others');
  expect(found).not.toContain('Keep the library open');
});

it('whoever else signs in is shown nothing of it, and takes nothing away', async () => {
  await anaWrites();
  await device.meets({ id: 'ben', name: 'Ben Example' });
  expect(await device.draft(BEN)).toEqual({ texts: [], unsent: [] });
  expect(await device.unsent('ben')).toEqual([]);
  expect(await dump()).not.toContain('words of others');
  await device.forgets('ben');
  expect(await device.unsent('ana')).toHaveLength(1);
});

it('signing out leaves nothing', async () => {
  await anaWrites();
  await device.forgets('ana');
  expect(await dump()).toBe('[[],[],[],[]]');
});

it('names that begin alike are different people', async () => {
  await anaWrites();
  await device.keeps({ person: 'anabel', draft: 'library', version: 1, wrote: [words('of Anabel')] });
  await device.forgets('ana');
  expect(await device.unsent('anabel')).toHaveLength(1);
});

it('the text stays a week without a word from the server, own unsent words thirty days', async () => {
  await anaWrites();
  now += 7 * DAY_MS;
  expect(await device.who()).toEqual({ id: 'ana', name: 'Ana Example' });
  now += 1;
  expect(await device.who()).toBeUndefined();
  expect(await dump()).not.toContain('words of others');
  now += 22 * DAY_MS;
  await device.meets({ id: 'ben', name: 'Ben Example' });
  expect(await device.unsent('ana')).toHaveLength(1);
  now += 2 * DAY_MS;
  await device.meets({ id: 'ben', name: 'Ben Example' });
  expect(await device.unsent('ana')).toEqual([]);
});

it('a change that fails leaves nothing of itself', async () => {
  await anaWrites();
  const before = await dump();
  const unclonable = (() => undefined) as unknown as Uint8Array;
  await expect(device.keeps({ ...ANA, version: 1, wrote: [words('half'), unclonable] })).rejects.toThrow();
  expect(await dump()).toBe(before);
});

it('a browser that keeps nothing says so', async () => {
  const { indexedDB } = globalThis;
  globalThis.indexedDB = undefined as unknown as IDBFactory;
  await expect(new Device(new Database()).who()).rejects.toThrow('This browser keeps nothing.');
  globalThis.indexedDB = indexedDB;
});

it('what the server lists is all that stays of texts, for this person', async () => {
  await anaWrites();
  await device.keepsOnly('anabel', []);
  await device.keepsOnly('ana', ['library']);
  expect(await dump()).toContain('words of others');
  await device.keepsOnly('ana', ['another']);
  const found = await dump();
  expect(found).toContain('own words');
  expect(found).not.toContain('words of others');
  expect(found).not.toContain('Keep the library open');
});

it('a text the server has not shown for a week goes, though its writer is here every day', async () => {
  await anaWrites();
  for (let day = 0; day < 8; day += 1) {
    now += DAY_MS;
    // oxlint-disable-next-line no-await-in-loop -- one day after another
    await device.meets({ id: 'ana', name: 'Ana Example' });
  }
  expect(await dump()).not.toContain('words of others');
  expect(await device.unsent('ana')).toHaveLength(1);
});

it('an answer that was on its way when somebody signed out brings nothing back', async () => {
  await anaWrites();
  await device.forgets('ana');
  await device.meets({ id: 'ana', name: 'Ana Example' });
  await device.keepsStatement(ANA, ABOUT);
  expect(await dump()).toBe('[[],[],[],[]]');
  await device.meets({ id: 'ben', name: 'Ben Example' });
  expect(await device.who()).toEqual({ id: 'ben', name: 'Ben Example' });
});

it('tables that never open are waited for once, and not long', async () => {
  vi.useFakeTimers();
  try {
    const silent = { open: () => new EventTarget() } as unknown as IDBFactory;
    const never = new Device(new Database(silent));
    const first = never.who().catch((failure: DOMException) => failure.name);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(await first).toBe('TimeoutError');
    const second = never.who().catch((failure: DOMException) => failure.name);
    await vi.advanceTimersByTimeAsync(0);
    expect(await second).toBe('TimeoutError');
  } finally {
    vi.useRealTimers();
  }
});
