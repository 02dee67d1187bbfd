// A page and the device it keeps its draft on: what is kept when, and what another page finds there.
import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { beforeEach, expect, it, vi } from 'vitest';
import { Doc, encodeStateAsUpdate, mergeUpdates } from 'yjs';
import { Database } from '../device/database';
import { Device, TEXT_BYTES_MAX } from '../device/device';
import { Keeper, UNSENT_BYTES_MAX } from './keeper';
import { Unsent, type Act } from './unsent';
import { wordsIn } from './words-in';

const WHOSE = { person: 'ana', draft: 'library' };
let device: Device;

beforeEach(async () => {
  device = new Device(new Database(new IDBFactory()));
  await device.meets({ id: 'ana', name: 'Ana' });
  await device.keepsStatement(WHOSE, { title: 't', language: 'en', nextEdition: 'Rev.1' });
});

const typed = (words: string) => {
  const doc = new Doc();
  doc.getText('draft').insert(0, words);
  return encodeStateAsUpdate(doc);
};
const act = (words: string): Act => ({ update: typed(words), sentAs: undefined, row: undefined });
const wordsOf = (updates: Uint8Array[]) => (updates.length === 0 ? '' : wordsIn([mergeUpdates(updates)]));

it('words are called kept when the device has completed writing them, and not before', async () => {
  const keeper = new Keeper(device, WHOSE);
  await keeper.load();
  const said: string[] = [];
  keeper.whenChanged(() => said.push(keeper.kept));
  keeper.wrote(act('one'));
  expect(keeper.kept).toBe('keeping');
  await vi.waitFor(() => expect(keeper.kept).toBe('kept'));
  expect(said).toEqual(['keeping', 'kept']);
  expect(await device.unsent('ana')).toHaveLength(1);
});

it('the next page finds them, and what is committed is part of the text', async () => {
  const first = new Keeper(device, WHOSE);
  await first.load();
  first.settles(() => typed('the text'));
  const words = act(' and mine');
  first.wrote(words);
  await vi.waitFor(() => expect(words.row).toBeDefined());

  const second = new Keeper(device, WHOSE);
  const found = await second.load();
  expect(wordsOf(found.texts)).toBe('the text');
  expect(wordsOf(found.unsent.map(({ update }) => update))).toBe('and mine');
  second.has(undefined);
  second.committed(found.unsent);
  second.hurries();
  await vi.waitFor(async () => expect(await device.unsent('ana')).toEqual([]));
  expect((await new Keeper(device, WHOSE).load()).texts).toHaveLength(2);
});

it('two pages keep beside each other, and neither takes away what is not committed', async () => {
  const [one, other] = [new Keeper(device, WHOSE), new Keeper(device, WHOSE)];
  await Promise.all([one.load(), other.load()]);
  const [mine, yours] = [act('mine'), act('yours')];
  one.wrote(mine);
  other.wrote(yours);
  await vi.waitFor(() => expect([one.kept, other.kept]).toEqual(['kept', 'kept']));
  expect((await one.more()).map(({ row }) => row)).toEqual([yours.row]);
  expect(await one.more()).toEqual([]);
  one.committed([mine]);
  one.hurries();
  await vi.waitFor(async () => expect((await device.unsent('ana')).map(({ row }) => row)).toEqual([yours.row]));
});

it('words that are committed before the device was asked are not written as unsent', async () => {
  const keeper = new Keeper(device, WHOSE);
  await keeper.load();
  const [first, second] = [act('first'), act('second')];
  keeper.wrote(first);
  keeper.wrote(second);
  keeper.committed([first, second]);
  keeper.hurries();
  await vi.waitFor(() => expect(first.row).toBeDefined());
  await vi.waitFor(async () => expect(await device.unsent('ana')).toEqual([]));
  expect(second.row).toBeUndefined();
});

it('a device without room says so and keeps what it can again; one that fails is not called one that keeps', async () => {
  const full = { draft: device.draft.bind(device), discards: device.discards.bind(device), keeps: vi.fn<Device['keeps']>().mockRejectedValueOnce(new DOMException('', 'QuotaExceededError')) };
  full.keeps.mockImplementation((change) => device.keeps(change));
  const keeper = new Keeper(full, WHOSE);
  await keeper.load();
  keeper.wrote(act('one'));
  await vi.waitFor(() => expect(keeper.kept).toBe('full'));
  keeper.wrote(act('two'));
  await vi.waitFor(() => expect(keeper.kept).toBe('kept'));
  expect(await device.unsent('ana')).toHaveLength(2);

  const broken = new Keeper({ draft: () => Promise.reject(new Error('private')), discards: () => Promise.reject(new Error('private')), keeps: () => Promise.reject(new Error('private')) }, WHOSE);
  await broken.load();
  expect(broken.kept).toBe('not');
});

it('a device that failed once is asked again with the next words, and has them all', async () => {
  const keeps = vi.fn<Device['keeps']>().mockImplementation((change) => device.keeps(change));
  keeps.mockRejectedValueOnce(new DOMException('', 'InvalidStateError'));
  const keeper = new Keeper({ draft: device.draft.bind(device), discards: device.discards.bind(device), keeps }, WHOSE);
  await keeper.load();
  keeper.wrote(act('one'));
  await vi.waitFor(() => expect(keeper.kept).toBe('not'));
  keeper.wrote(act('two'));
  await vi.waitFor(() => expect(keeper.kept).toBe('kept'));
  expect(wordsOf((await device.unsent('ana')).map(({ update }) => update))).toMatch(/one.*two|two.*one/u);
});

it('own words have a ceiling, and nothing that builds on what was left out is kept', async () => {
  const keeper = new Keeper(device, WHOSE);
  await keeper.load();
  keeper.wrote({ ...act(''), update: new Uint8Array(UNSENT_BYTES_MAX + 1) });
  const next = act('next');
  keeper.wrote(next);
  expect(keeper.kept).toBe('full');
  keeper.hurries();
  expect(await device.unsent('ana')).toEqual([]);
});

it('for whoever may not write no text is kept, and the device is not asked again and again', async () => {
  await device.forgetsDraft(WHOSE);
  const keeper = new Keeper(device, WHOSE);
  await keeper.load();
  const whole = vi.fn(() => typed('the text'));
  keeper.settles(whole);
  keeper.hurries();
  await vi.waitFor(() => expect(keeper.kept).toBe('kept'));
  keeper.settles(whole);
  expect(whole).toHaveBeenCalledTimes(1);
  expect((await device.draft(WHOSE)).texts).toEqual([]);
});

it('a text that came in many parts is one piece again, and one that is too long is not kept', async () => {
  const keeper = new Keeper(device, WHOSE);
  await keeper.load();
  keeper.settles(() => typed('the text'));
  for (let part = 0; part < 501; part += 1) {
    keeper.comes(typed('x'));
    keeper.hurries();
    // oxlint-disable-next-line no-await-in-loop -- each in a transaction of its own
    await vi.waitFor(async () => expect((await device.draft(WHOSE)).texts.length).toBeGreaterThan(part), { interval: 1 });
  }
  keeper.settles(() => typed('all of it'));
  keeper.hurries();
  await vi.waitFor(async () => expect((await device.draft(WHOSE)).texts).toHaveLength(1));

  const long = new Keeper(device, WHOSE);
  await long.load();
  long.settles(() => new Uint8Array(TEXT_BYTES_MAX + 1));
  long.hurries();
  await vi.waitFor(async () => expect((await device.draft(WHOSE)).texts).toEqual([]));
  long.comes(typed('more'));
  long.hurries();
  expect((await device.draft(WHOSE)).texts).toEqual([]);
});

it('words of an earlier description of a text stay on the device and out of the document', async () => {
  await device.keeps({ ...WHOSE, version: 0, wrote: [typed('of before')] });
  expect((await new Keeper(device, WHOSE).load()).unsent).toEqual([]);
  expect(await device.unsent('ana')).toHaveLength(1);
});

it('what was written is read from updates alone, without what was deleted again and without its neighbours', () => {
  const doc = new Doc();
  doc.getText('draft').insert(0, 'The text of others.');
  const acts = new Unsent();
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(acts.wrote(update).update));
  for (const [at, letter] of [...'minex'].entries()) doc.getText('draft').insert(9 + at, letter);
  doc.getText('draft').delete(13, 1);
  doc.getText('draft').insert(0, 'also ');
  expect(wordsIn(updates)).toBe('mine … also');
});

it('a page that slept while its text was taken away keeps the whole text again when it wakes', async () => {
  const keeper = new Keeper(device, WHOSE);
  await keeper.load();
  keeper.settles(() => typed('the text'));
  await vi.waitFor(async () => expect((await device.draft(WHOSE)).texts).toHaveLength(1), { timeout: 3_000 });
  await device.isLeftAlone();
  await device.meets({ id: 'ana', name: 'Ana' });
  await device.keepsStatement(WHOSE, { title: 't', language: 'en', nextEdition: 'Rev.1' });
  keeper.comes(typed('goes on'));
  keeper.hurries();
  await vi.waitFor(async () => {
    keeper.settles(() => typed('the text goes on'));
    keeper.hurries();
    expect(wordsOf((await device.draft(WHOSE)).texts.map(({ update }) => update))).toBe('the text goes on');
  }, { timeout: 3_000 });
});
