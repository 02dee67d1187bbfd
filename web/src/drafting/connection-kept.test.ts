// An open draft on a device that keeps it: what a page shows before any server was heard, and what it owes the server afterwards.
import { IDBFactory } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { beforeEach, expect, it, vi } from 'vitest';
import { applyUpdate, Doc } from 'yjs';
import { Database } from '../device/database';
import { Device } from '../device/device';
import { frameOf } from './acknowledge';
import type { Found } from './cause';
import { DraftConnection } from './connection';
import { Keeper } from './keeper';
import { newest, PretendedSocket, sockets } from './pretended-server';

const WHOSE = { person: '01ANA', draft: '01DRAFT' };
let device: Device;
let server: Doc;
let open: DraftConnection[];

beforeEach(async () => {
  sockets.length = 0;
  open = [];
  device = new Device(new Database(new IDBFactory()));
  await isLetIn();
  server = new Doc();
  server.getText('t').insert(0, 'The text.');
  return () => open.forEach((one) => one.leave());
});

async function isLetIn() {
  await device.meets({ id: '01ANA', name: 'Ana' });
  await device.keepsStatement(WHOSE, { title: 't', language: 'en', nextEdition: 'Rev.1' });
}

/** A page, once it has read the device. */
async function page({ mayEdit = true, found = 'writes' as Found } = {}): Promise<DraftConnection> {
  const before = sockets.length;
  const opening = { ...WHOSE, mayEdit, inquire: () => Promise.resolve(found), keeper: new Keeper(device, WHOSE) };
  const opened = new DraftConnection(opening, 'ws://server', PretendedSocket as unknown as typeof WebSocket);
  open.push(opened);
  await vi.waitFor(() => expect(sockets.length).toBeGreaterThan(before));
  return opened;
}

const textOf = (one: DraftConnection) => one.doc.getText('t').toJSON();
const settled = () => new Promise((done) => setTimeout(done));

async function meetsTheServer(one: DraftConnection) {
  newest().opens();
  newest().asksAndAnswers(server);
  await vi.waitFor(() => expect(one.snapshot().met).toBe(true));
  await settled();
}

/** A page that had the text, was cut off, wrote, and is gone. */
async function aPageOfBefore(words: string) {
  const before = await page();
  await meetsTheServer(before);
  before.hurries();
  await vi.waitFor(async () => expect((await device.draft(WHOSE)).texts).toHaveLength(1));
  newest().closes(1006);
  before.doc.getText('t').insert(0, words);
  await vi.waitFor(() => expect(before.snapshot().saved).toBe('offline-kept'));
  before.leave();
}

it('a page shows text and words from the device before any server, and says that they are kept', async () => {
  await aPageOfBefore('Mine. ');
  const next = await page();
  expect(textOf(next)).toBe('Mine. The text.');
  expect(next.snapshot()).toMatchObject({ met: true, unsaved: true, saved: 'offline-kept' });
  expect(newest().sent).toEqual([]);
});

it('what the device had goes to the server in one answer, and nothing else of it', async () => {
  await aPageOfBefore('Mine. ');
  const next = await page();
  await meetsTheServer(next);
  expect(next.snapshot().saved).toBe('saving');
  const carried = newest().sent.filter((bytes) => ['answer', 'update'].includes(frameOf(bytes).kind));
  expect(carried.map((bytes) => frameOf(bytes).kind)).toEqual(['answer']);
  applyUpdate(server, (carried[0] as Uint8Array).slice(3));
  expect(server.getText('t').toJSON()).toBe('Mine. The text.');
  newest().commits(1);
  expect(next.snapshot()).toMatchObject({ saved: 'saved', unsaved: false });
  next.hurries();
  await vi.waitFor(async () => expect(await device.unsent('01ANA')).toEqual([]));
});

it('words that had arrived without their acknowledgement are saved without being sent again', async () => {
  await aPageOfBefore('Mine. ');
  for (const { update } of await device.unsent('01ANA')) applyUpdate(server, update);
  const next = await page();
  await meetsTheServer(next);
  expect(newest().updates()).toBe(0);
  expect(next.snapshot()).toMatchObject({ saved: 'saved', unsaved: false });
  next.hurries();
  await vi.waitFor(async () => expect(await device.unsent('01ANA')).toEqual([]));
  expect(textOf(next)).toBe('Mine. The text.');
});

it('words whose text was taken from the device wait for the server, and are saved with it', async () => {
  await aPageOfBefore('Mine. ');
  await device.isLeftAlone();
  const next = await page();
  expect(next.snapshot()).toMatchObject({ met: false, unsaved: true });
  await isLetIn();
  await meetsTheServer(next);
  expect(textOf(next)).toBe('Mine. The text.');
  newest().commits(1);
  expect(next.snapshot().saved).toBe('saved');
  next.hurries();
  await vi.waitFor(async () => expect((await device.draft(WHOSE)).texts).toHaveLength(1));
});

it('whoever may not write any more is told so, and their words are neither sent nor lost', async () => {
  await aPageOfBefore('Mine. ');
  const next = await page({ mayEdit: false, found: 'reads' });
  await meetsTheServer(next);
  await vi.waitFor(() => expect(next.snapshot()).toMatchObject({ ending: 'no-right', unsaved: true }));
  expect(newest().updates()).toBe(0);
  expect(await device.unsent('01ANA')).toHaveLength(1);
});

it('a page without a server takes in what another page of the same person keeps, and sends it when that one is gone', async () => {
  await aPageOfBefore('Mine. ');
  const [one, other] = [await page(), await page()];
  other.doc.getText('t').insert(0, 'Also mine. ');
  await vi.waitFor(async () => expect(await device.unsent('01ANA')).toHaveLength(2));
  other.leave();
  await one.hears();
  await vi.waitFor(() => expect(textOf(one)).toBe('Also mine. Mine. The text.'));
  sockets[1]?.opens();
  sockets[1]?.asksAndAnswers(server);
  await settled();
  const answer = sockets[1]?.sent.find((bytes) => frameOf(bytes).kind === 'answer') as Uint8Array;
  applyUpdate(server, answer.slice(3));
  expect(server.getText('t').toJSON()).toBe('Also mine. Mine. The text.');
});

it('a person who signs out leaves a page that owes nothing and keeps nothing', async () => {
  await aPageOfBefore('Mine. ');
  const next = await page();
  await device.forgets('01ANA');
  next.forgets();
  expect(next.snapshot()).toMatchObject({ ending: 'signed-out', unsaved: false });
  next.doc.getText('t').insert(0, 'late ');
  await settled();
  expect(await device.unsent('01ANA')).toEqual([]);
});
