// A server for tests of what a page does: no network, real documents, the real provider's frames.
import { createEncoder, toUint8Array, writeVarUint } from 'lib0/encoding';
import { writeSyncStep1, writeSyncStep2 } from 'y-protocols/sync';
import type { Doc } from 'yjs';
import { frameOf } from './acknowledge';

/** Every socket that was opened, in order. */
export const sockets: PretendedSocket[] = [];

export const newest = (): PretendedSocket => sockets.at(-1) as PretendedSocket;

export class PretendedSocket {
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
  /** The door stays shut; a browser is told no more than this. */
  isRefused() {
    this.closes(1006);
  }
  updates(): number {
    return this.sent.filter((bytes) => ['answer', 'update'].includes(frameOf(bytes).kind)).length;
  }
  says(write: (encoder: ReturnType<typeof createEncoder>) => void) {
    const encoder = createEncoder();
    writeVarUint(encoder, 0);
    write(encoder);
    this.onmessage?.({ data: toUint8Array(encoder) });
  }
}
