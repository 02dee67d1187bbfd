// A drafter with a console: a socket of their own, on which they say whatever bytes they like. They may write here, so what has to be
// judged is what the honest pages beside them show afterwards.
import { expect } from '@playwright/test';
import WebSocket from 'ws';
import * as Y from 'yjs';
import type { Person } from './people.ts';

/** What a client may send after the letter that says it is about the text. */
const STEP_1 = 0;
const STEP_2 = 1;
const UPDATE = 2;

/** The server took all that was sent, asked for what it builds on, or closed the connection with this. */
export type Verdict = 'taken' | 'asked' | { code: number; reason: string };

export class Attacker {
  /** The text as it comes; acts on it are sent as Yjs writes them. */
  readonly doc = new Y.Doc();
  private sent = 0;
  private taken = 0;
  private questions = 0;
  private answers = 0;
  private closedWith: { code: number; reason: string } | undefined;

  /** Under which id each of the others is present, by their handle. */
  readonly present = new Map<string, number>();

  private constructor(private readonly socket: WebSocket) {
    // Yjs's own clean-up would add acts to those that are meant.
    Object.defineProperty(this.body, '_hasFormatting', { get: () => false, set() {} });
    socket.binaryType = 'nodebuffer';
    socket.on('message', (bytes: Buffer) => this.hears(bytes));
    socket.on('close', (code, reason) => (this.closedWith = { code, reason: reason.toString() }));
    socket.on('error', () => undefined);
  }

  /** On a ticket of this person's, in step with the text. */
  static async joins(server: string, statement: string, person: Person): Promise<Attacker> {
    const issued = await person.context.request.post(`/api/statements/${statement}/ticket`, { data: {} });
    expect(issued.status(), await issued.text()).toBe(200);
    const { ticket } = (await issued.json()) as { ticket: string };
    const socket = new WebSocket(`${server.replace(/^http/u, 'ws')}/collab/${statement}?ack=1&ticket=${ticket}`);
    const attacker = new Attacker(socket);
    await new Promise<void>((opened, failed) => {
      socket.once('open', () => opened());
      socket.once('error', failed);
    });
    attacker.asks();
    await expect.poll(() => attacker.answers, { message: 'the attacker has the text' }).toBeGreaterThan(0);
    return attacker;
  }

  get body(): Y.Text {
    return this.doc.getText('draft');
  }

  get words(): string {
    return this.body.toString();
  }

  /** One act on the text, sent as one update, under a client id of one's choice. */
  does(act: (text: Y.Text, doc: Y.Doc) => void, client?: number): void {
    if (client !== undefined) this.doc.clientID = client;
    const updates: Uint8Array[] = [];
    const keep = (update: Uint8Array) => updates.push(update);
    this.doc.on('update', keep);
    this.doc.transact(() => act(this.body, this.doc));
    this.doc.off('update', keep);
    for (const update of updates) this.updates(update);
  }

  updates(update: Uint8Array): void {
    this.sent += 1;
    this.says(about(UPDATE, update));
  }

  /** As if the server had asked for it. */
  answersWith(update: Uint8Array): void {
    this.sent += 1;
    this.says(about(STEP_2, update));
  }

  /** For the whole text. */
  asks(): void {
    this.says(about(STEP_1, Y.encodeStateVector(new Y.Doc())));
  }

  /** What editors say of their carets: client, clock, and whatever stands for the state. */
  shows(...entries: { client?: number; clock: number; state: string }[]): void {
    const inner = entries.flatMap(({ client = this.doc.clientID, clock, state }) => [...number(client), ...number(clock), ...text(state)]);
    this.says(Buffer.from([1, ...bytes([...number(entries.length), ...inner])]));
  }

  says(frame: Uint8Array): void {
    if (this.socket.readyState === WebSocket.OPEN) this.socket.send(frame);
  }

  /** What became of all that was sent. */
  async verdict(): Promise<Verdict> {
    let verdict: Verdict | undefined;
    await expect
      .poll(
        () => {
          if (this.closedWith !== undefined) verdict = this.closedWith;
          else if (this.taken >= this.sent) verdict = 'taken';
          // The first question comes to everybody who joins.
          else if (this.questions > 1) verdict = 'asked';
          return verdict;
        },
        { message: 'the server takes it, asks or closes', intervals: [5, 10, 20, 50] },
      )
      .toBeDefined();
    return verdict ?? 'taken';
  }

  /** What the server closed the connection with, whether or not it answers. */
  async isShutOut(): Promise<{ code: number; reason: string }> {
    await expect.poll(() => this.closedWith, { message: 'the server closes the connection', intervals: [5, 10, 20, 50] }).toBeDefined();
    return this.closedWith ?? { code: 0, reason: '' };
  }

  get isOpen(): boolean {
    return this.closedWith === undefined && this.socket.readyState === WebSocket.OPEN;
  }

  leaves(): void {
    this.socket.terminate();
    this.doc.destroy();
  }

  private hears(frame: Buffer): void {
    if (frame[0] === 1) this.meets(frame);
    if (frame[0] === 120) this.taken = read(frame, 1)[0];
    if (frame[0] !== 0) return;
    const [length, at] = read(frame, 2);
    const payload = new Uint8Array(frame.subarray(at, at + length));
    if (frame[1] === STEP_1) {
      this.questions += 1;
      return;
    }
    Y.applyUpdate(this.doc, payload, 'server');
    if (frame[1] === STEP_2) this.answers += 1;
  }

  private meets(frame: Buffer): void {
    let [count, at] = read(frame, read(frame, 1)[1]);
    for (; count > 0; count -= 1) {
      const [client, clock] = read(frame, at);
      const [length, state] = read(frame, read(frame, clock)[1]);
      at = state + length;
      const said = JSON.parse(frame.subarray(state, at).toString()) as { user: { handle: string } } | null;
      if (said !== null) this.present.set(said.user.handle, client);
    }
  }
}

function about(kind: number, payload: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from([0, kind, ...number(payload.length)]), payload]);
}

/** A number as lib0 writes it. */
export function number(value: number): number[] {
  const all: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) all.push((rest % 0x80) + 0x80);
  return [...all, rest];
}

function text(words: string): number[] {
  return bytes([...Buffer.from(words)]);
}

function bytes(all: number[]): number[] {
  return [...number(all.length), ...all];
}

function read(frame: Buffer, from: number): [value: number, next: number] {
  let [value, scale, at] = [0, 1, from];
  for (; (frame[at] ?? 0) >= 0x80; at += 1, scale *= 0x80) value += ((frame[at] ?? 0) - 0x80) * scale;
  return [value + (frame[at] ?? 0) * scale, at + 1];
}
