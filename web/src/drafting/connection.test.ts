// A whole conversation with a pretended server: no network, real documents, the real provider.
import { createDecoder, readVarUint, readVarUint8Array } from 'lib0/decoding';
import { createEncoder } from 'lib0/encoding';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { VERSION } from '../text/draft';
import { applyAwarenessUpdate, Awareness } from 'y-protocols/awareness';
import { readSyncMessage, writeSyncStep2 } from 'y-protocols/sync';
import { applyUpdate, Doc, encodeStateAsUpdate } from 'yjs';
import { frameOf } from './acknowledge';
import type { Found } from './cause';
import { DraftConnection } from './connection';
import { newest, PretendedSocket, sockets } from './pretended-server';

function join(mayEdit = true) {
  // What the server would say over HTTP.
  const server: { found: Found; asked: number } = { found: 'writes', asked: 0 };
  const inquire = () => {
    server.asked += 1;
    return Promise.resolve(server.found);
  };
  const opening = { draft: '01DRAFT', person: '01ANA', mayEdit, inquire };
  const connection = new DraftConnection(opening, 'ws://server', PretendedSocket as unknown as typeof WebSocket);
  const write = (words: string) => connection.doc.getText('t').insert(0, words);
  return { connection, write, server };
}

/** Connected, in step with an empty draft, and cut off with words that nobody else has. */
async function cutOff() {
  const joined = join();
  newest().opens();
  newest().asksAndAnswers(new Doc());
  await settled();
  newest().closes(1006);
  joined.write('my words');
  await vi.advanceTimersByTimeAsync(1_000);
  return joined;
}

/** The socket opens, and takes what it is brought. */
async function isTakenIn(connection: DraftConnection) {
  const server = new Doc();
  newest().opens();
  newest().asksAndAnswers(server);
  await settled();
  expect(connection.snapshot().saved).toBe('saving');
  newest().commits(1);
  expect(connection.snapshot()).toMatchObject({ saved: 'saved', unsaved: false, ending: undefined });
  const answer = newest().sent.find((bytes) => frameOf(bytes).kind === 'answer') as Uint8Array;
  applyUpdate(server, answer.slice(3));
  return server.getText('t').toJSON();
}

const settled = () => Promise.resolve();

beforeEach(() => {
  sockets.length = 0;
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('an open draft', () => {
  it('asks for acknowledgements and says "Saved" only when what it sent is committed', async () => {
    const { connection, write } = join();
    expect(newest().url).toBe(`ws://server/collab/01DRAFT?ack=1&text=${VERSION}&person=01ANA`);
    newest().opens();
    newest().asksAndAnswers(new Doc());
    await settled();
    expect(connection.snapshot()).toMatchObject({ saved: 'saved', met: true });

    write('a');
    write('b');
    expect(newest().updates()).toBe(2);
    newest().commits(1);
    expect(connection.snapshot().saved).toBe('saving');
    newest().commits(2);
    expect(connection.snapshot().saved).toBe('saved');
    connection.leave();
  });

  it('shows itself so that somebody who never met it takes it in', async () => {
    const { connection } = join();
    newest().opens();
    newest().asksAndAnswers(new Doc());
    await settled();
    const other = new Awareness(new Doc());
    for (const bytes of newest().sent.filter(([kind]) => kind === 1)) {
      const decoder = createDecoder(bytes);
      readVarUint(decoder);
      applyAwarenessUpdate(other, readVarUint8Array(decoder), undefined);
    }
    expect([...other.getStates().keys()]).toContain(connection.doc.clientID);
    other.destroy();
  });

  it('carries what was written offline in one answer, without a gap before it', async () => {
    const server = new Doc();
    const { connection, write } = join();
    newest().opens();
    newest().asksAndAnswers(server);
    await settled();
    newest().closes(1006);
    write('offline');
    expect(connection.snapshot()).toMatchObject({ saved: 'offline-unkept', unsaved: true });

    await vi.advanceTimersByTimeAsync(1_000);
    newest().opens();
    write('early ');
    expect(newest().updates()).toBe(0);
    newest().asksAndAnswers(server);
    await settled();
    expect(newest().updates()).toBe(1);
    expect(connection.snapshot().saved).toBe('saving');
    newest().commits(1);
    expect(connection.snapshot().saved).toBe('saved');

    const answer = newest().sent.find((bytes) => frameOf(bytes).kind === 'answer') as Uint8Array;
    applyUpdate(server, answer.slice(3));
    expect(server.getText('t').toJSON()).toBe('early offline');
    connection.leave();
  });

  it('that is frozen does not come back by itself, and keeps the words that are not saved', async () => {
    const { connection, write, server } = join();
    newest().opens();
    newest().asksAndAnswers(new Doc());
    await settled();
    write('last words');
    server.found = 'settled';
    newest().closes(4423, 'draft-frozen');
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sockets).toHaveLength(1);
    expect(connection.snapshot()).toMatchObject({ ending: 'frozen', unsaved: true });
    expect(connection.doc.getText('t').toJSON()).toBe('last words');

    connection.again();
    expect(sockets).toHaveLength(2);
    expect(connection.snapshot().ending).toBeUndefined();
    connection.leave();
  });

  it('sends no update at all for somebody who may only read', async () => {
    const server = new Doc();
    server.getText('t').insert(0, 'text');
    const { connection, write } = join(false);
    newest().opens();
    newest().asksAndAnswers(server);
    await settled();
    expect(connection.doc.getText('t').toJSON()).toBe('text');
    write('forbidden');
    newest().asksAndAnswers(server);
    await settled();
    expect(newest().updates()).toBe(0);
    expect(connection.snapshot().unsaved).toBe(false);
    expect(encodeStateAsUpdate(server).length).toBeGreaterThan(2);
    connection.leave();
  });
});

describe('a page that was cut off', () => {
  const causes = [
    ['signed-out', 'signed-out'],
    ['another-person', 'foreign-client'],
    ['no-right', 'no-right'],
    ['settled', 'frozen'],
    ['reads', 'no-right'],
  ] as const;

  it.each(causes)('and finds %s says so, keeps its words, and saves them when that is over', async (found, ending) => {
    const { connection, write, server } = await cutOff();
    server.found = found;
    newest().isRefused();
    await vi.advanceTimersByTimeAsync(0);
    expect(connection.snapshot()).toMatchObject({ ending, unsaved: true });
    const attempts = sockets.length;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sockets).toHaveLength(attempts);
    // An input method may finish a word while the page says that it cannot go on.
    write('still ');
    connection.look();
    await vi.advanceTimersByTimeAsync(0);
    expect(connection.snapshot()).toMatchObject({ ending, unsaved: true });

    server.found = 'writes';
    connection.look();
    await vi.advanceTimersByTimeAsync(0);
    expect(sockets).toHaveLength(attempts + 1);
    expect(await isTakenIn(connection)).toBe('still my words');
    connection.leave();
  });

  it('and finds nothing at all is offline and tries on', async () => {
    const { connection, server } = await cutOff();
    server.found = 'unreachable';
    newest().isRefused();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sockets.length).toBeGreaterThan(2);
    expect(connection.snapshot()).toMatchObject({ ending: undefined, saved: 'offline-unkept' });
    connection.leave();
  });

  it('and finds the text frozen when it is back is told before writing on', async () => {
    const { connection, server } = await cutOff();
    server.found = 'settled';
    newest().opens();
    await vi.advanceTimersByTimeAsync(0);
    expect(connection.snapshot()).toMatchObject({ ending: 'frozen', unsaved: true });
    connection.leave();
  });

  it('and whose text is opened again after it learned that it was frozen saves its words', async () => {
    const { connection, server } = await cutOff();
    server.found = 'settled';
    newest().isRefused();
    await vi.advanceTimersByTimeAsync(0);
    // The page has read the statement meanwhile: nobody may edit it.
    connection.allow(false);
    server.found = 'writes';
    connection.look();
    await vi.advanceTimersByTimeAsync(0);
    expect(await isTakenIn(connection)).toBe('my words');
    connection.leave();
  });

  it('never calls words saved that it may not send', async () => {
    const { connection, server } = await cutOff();
    server.found = 'unreachable';
    connection.allow(false);
    newest().opens();
    newest().asksAndAnswers(new Doc());
    await settled();
    expect(newest().updates()).toBe(0);
    expect(connection.snapshot()).toMatchObject({ saved: 'saving', unsaved: true });
    connection.leave();
  });

  it.each([true, false])('comes back and asks what it may do now when that has changed, whether it wrote before or not', async (mayEdit) => {
    const { connection, server } = join(mayEdit);
    newest().opens();
    newest().asksAndAnswers(new Doc());
    await settled();
    server.found = mayEdit ? 'reads' : 'writes';
    newest().closes(1012, 'seat-changed');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(sockets).toHaveLength(2);
    newest().opens();
    newest().asksAndAnswers(new Doc());
    await settled();
    expect(server.asked).toBe(1);
    expect(connection.snapshot()).toMatchObject({ ending: undefined, unsaved: false });
    connection.leave();
  });

  it('saves what is written after a right has risen, though the server asked before and was not answered', async () => {
    const { connection, write } = join(false);
    const server = new Doc();
    server.getText('t').insert(0, 'two words');
    newest().opens();
    newest().asksAndAnswers(server);
    await settled();
    // What was deleted is part of every answer.
    server.getText('t').delete(0, 4);
    newest().closes(1006);
    await vi.advanceTimersByTimeAsync(1_000);
    newest().opens();
    newest().says((encoder) => writeSyncStep2(encoder, server));
    newest().asksAndAnswers(server);
    await settled();
    connection.allow(true);
    expect(sockets).toHaveLength(3);
    newest().opens();
    newest().asksAndAnswers(server);
    await settled();
    write('my ');
    newest().commits(newest().updates());
    expect(connection.snapshot()).toMatchObject({ saved: 'saved', unsaved: false });
    connection.leave();
  });

  it('keeps the words of somebody whose right has fallen, and sends them when it rises again', async () => {
    const { connection, write, server } = join();
    newest().opens();
    newest().asksAndAnswers(new Doc());
    await settled();
    newest().closes(1012, 'seat-changed');
    write('my words');
    server.found = 'reads';
    await vi.advanceTimersByTimeAsync(1_000);
    newest().opens();
    await vi.advanceTimersByTimeAsync(0);
    expect(connection.snapshot()).toMatchObject({ ending: 'no-right', unsaved: true });
    expect(connection.doc.getText('t').toJSON()).toBe('my words');
    server.found = 'writes';
    connection.look();
    await vi.advanceTimersByTimeAsync(0);
    expect(await isTakenIn(connection)).toBe('my words');
    connection.leave();
  });

  it('does not come back on its own from what no answer explains', async () => {
    const { connection, write } = join();
    newest().opens();
    newest().asksAndAnswers(new Doc());
    await settled();
    write('words');
    // The client id belongs to somebody else in this draft, whoever is signed in.
    newest().closes(4409, 'client-id-of-another-person');
    await vi.advanceTimersByTimeAsync(0);
    connection.look();
    connection.wake();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(sockets).toHaveLength(1);
    expect(connection.snapshot()).toMatchObject({ ending: 'foreign-client', unsaved: true });
    connection.leave();
  });

  it('asks nobody for ever, but again as soon as somebody looks at it', async () => {
    const { connection, server } = await cutOff();
    server.found = 'signed-out';
    newest().isRefused();
    for (let looks = 0; looks < 500; looks += 1) {
      connection.look();
      // oxlint-disable-next-line no-await-in-loop -- one look after the other
      await vi.advanceTimersByTimeAsync(5_000);
    }
    const { asked } = server;
    expect(asked).toBeLessThan(200);
    connection.wake();
    await vi.advanceTimersByTimeAsync(0);
    expect(server.asked).toBe(asked + 1);
    connection.leave();
  });
});

describe('a page without a network', () => {
  it('says so at once, and what is written then is not called saving', async () => {
    const { connection, write, server } = join();
    newest().opens();
    newest().asksAndAnswers(new Doc());
    await settled();
    server.found = 'unreachable';
    connection.isCutOff();
    expect(connection.snapshot().saved).toBe('offline');
    write('words');
    expect(connection.snapshot()).toMatchObject({ saved: 'offline-unkept', unsaved: true });
    connection.leave();
  });
});

describe('a page that wakes up', () => {
  it('leaves a socket alone that has just spoken', async () => {
    const { connection } = join();
    newest().opens();
    newest().asksAndAnswers(new Doc());
    await settled();
    await vi.advanceTimersByTimeAsync(20_000);
    newest().commits(0);
    connection.wake();
    expect(sockets).toHaveLength(1);
    connection.leave();
  });

  it('gives up a socket that looks open and has been silent, and comes back at once', async () => {
    const { connection } = join();
    newest().opens();
    newest().asksAndAnswers(new Doc());
    await settled();
    // Asleep: no timer runs, the clock goes on.
    vi.setSystemTime(Date.now() + 60 * 3_600_000);
    connection.wake();
    expect(sockets).toHaveLength(2);
    expect(connection.snapshot().saved).toBe('offline');
    newest().opens();
    newest().asksAndAnswers(new Doc());
    await settled();
    expect(connection.snapshot().saved).toBe('saved');
    connection.leave();
  });

  it('does not wait for its next attempt, nor spoils one that has just begun', async () => {
    const { connection, server } = await cutOff();
    server.found = 'unreachable';
    for (let refusals = 0; refusals < 8; refusals += 1) {
      newest().isRefused();
      // oxlint-disable-next-line no-await-in-loop -- one attempt after the other
      await vi.advanceTimersByTimeAsync(15_000);
    }
    newest().isRefused();
    const attempts = sockets.length;
    connection.wake();
    expect(sockets).toHaveLength(attempts + 1);
    connection.wake();
    expect(sockets).toHaveLength(attempts + 1);
    connection.leave();
  });

  it('a text too long for one answer goes act by act, each once, and is saved when all are committed', async () => {
    const { connection, write } = join();
    sockets[0]?.opens();
    sockets[0]?.asksAndAnswers(new Doc());
    await settled();
    sockets[0]?.closes(1006);
    for (let part = 0; part < 5; part += 1) write('x'.repeat(100_000));
    await vi.advanceTimersByTimeAsync(2_000);
    const again = sockets.at(-1);
    again?.opens();
    again?.asksAndAnswers(new Doc());
    await settled();
    const sent = again?.sent.filter((bytes) => frameOf(bytes).kind === 'update') ?? [];
    expect(again?.updates()).toBe(5);
    const server = new Doc();
    for (const bytes of sent) readSyncMessage(createDecoder(bytes.slice(1)), createEncoder(), server, 'net');
    expect(server.getText('t').length).toBe(500_000);
    again?.commits(4);
    expect(connection.snapshot().saved).toBe('saving');
    again?.commits(5);
    expect(connection.snapshot().saved).toBe('saved');
  });

  it('an act too large by itself goes in parts, while connected and after, and is saved when all are committed', async () => {
    const { connection } = join();
    newest().opens();
    newest().asksAndAnswers(new Doc());
    await settled();
    const body = connection.doc.getText('t');
    const writes = () =>
      connection.doc.transact(() => {
        for (let line = 0; line < 100; line += 1) body.insert(body.length, 'words '.repeat(1_000), { bold: line % 2 === 0 });
      });
    writes();
    const [parts, largest] = [newest().updates(), Math.max(...newest().sent.map(({ length }) => length))];
    expect(parts).toBeGreaterThan(2);
    expect(largest).toBeLessThan(256 * 1024);
    newest().commits(parts - 1);
    expect(connection.snapshot().saved).toBe('saving');
    newest().commits(parts);
    expect(connection.snapshot().saved).toBe('saved');
  });
});
