// A whole conversation with a pretended server: no network, real documents, the real provider.
import { createEncoder, toUint8Array, writeVarUint } from 'lib0/encoding';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { writeSyncStep1, writeSyncStep2 } from 'y-protocols/sync';
import { applyUpdate, Doc, encodeStateAsUpdate } from 'yjs';
import { frameOf } from './acknowledge';
import { DraftConnection } from './connection';

let sockets: PretendedSocket[] = [];

class PretendedSocket {
  static readonly OPEN = 1;
  readonly OPEN = 1;
  readyState = 0;
  binaryType = '';
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: Uint8Array }) => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;
  onerror: (() => void) | null = null;
  readonly sent: Uint8Array[] = [];
  constructor(readonly url: string) {
    sockets.push(this);
  }
  send(data: Uint8Array) {
    this.sent.push(data);
  }
  close() {
    this.readyState = 3;
  }
  // What the server does:
  opens() {
    this.readyState = 1;
    this.onopen?.();
  }
  asksAndAnswers(server: Doc) {
    this.says((encoder) => writeSyncStep1(encoder, server));
    this.says((encoder) => writeSyncStep2(encoder, server));
  }
  commits(updates: number) {
    const encoder = createEncoder();
    writeVarUint(encoder, 120);
    writeVarUint(encoder, updates);
    this.onmessage?.({ data: toUint8Array(encoder) });
  }
  closes(code: number, reason = '') {
    this.readyState = 3;
    this.onclose?.({ code, reason });
  }
  updates(): number {
    return this.sent.filter((bytes) => ['answer', 'update'].includes(frameOf(bytes).kind)).length;
  }
  private says(write: (encoder: ReturnType<typeof createEncoder>) => void) {
    const encoder = createEncoder();
    writeVarUint(encoder, 0);
    write(encoder);
    this.onmessage?.({ data: toUint8Array(encoder) });
  }
}

function join(mayEdit = true) {
  const connection = new DraftConnection('01DRAFT', mayEdit, 'ws://server', PretendedSocket as unknown as typeof WebSocket);
  const write = (words: string) => connection.doc.getText('t').insert(0, words);
  return { connection, write };
}

const settled = () => Promise.resolve();
const newest = (): PretendedSocket => sockets.at(-1) as PretendedSocket;

beforeEach(() => {
  sockets = [];
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('an open draft', () => {
  it('asks for acknowledgements and says "Saved" only when what it sent is committed', async () => {
    const { connection, write } = join();
    expect(newest().url).toBe('ws://server/collab/01DRAFT?ack=1');
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

  it('carries what was written offline in one answer, without a gap before it', async () => {
    const server = new Doc();
    const { connection, write } = join();
    newest().opens();
    newest().asksAndAnswers(server);
    await settled();
    newest().closes(1006);
    write('offline');
    expect(connection.snapshot()).toMatchObject({ saved: 'offline-unsaved', unsaved: true });

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
    const { connection, write } = join();
    newest().opens();
    newest().asksAndAnswers(new Doc());
    await settled();
    write('last words');
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
