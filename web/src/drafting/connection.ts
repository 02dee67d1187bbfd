// One open draft: the shared document, its connection, and what may be said about it. Drawn by React through
// `subscribe` and `snapshot`; knows nothing of the editor.
//
// Whatever happens, the words stay in the document here until the page is left. A connection that is lost comes back by
// itself. One that is refused asks why (`inquire`), ends with the reason, looks from time to time whether the reason is
// gone, and then comes back with the words. It says whose words they are, so that the server takes them in no other name.
import { createDecoder, readVarUint, readVarUint8Array, type Decoder } from 'lib0/decoding';
import { createEncoder, toUint8Array, writeVarUint } from 'lib0/encoding';
import { removeAwarenessStates, type Awareness } from 'y-protocols/awareness';
import { writeUpdate } from 'y-protocols/sync';
import { WebsocketProvider } from 'y-websocket';
import { applyUpdate, Doc, transact } from 'yjs';
import { SharedDraft } from '../editor/binding/shared';
import { Names, writerOf, type Writer } from '../parts/writer';
import { VERSION } from '../text/draft';
import {
  after,
  AT_FIRST,
  endingOf,
  frameOf,
  mayLeave,
  MESSAGE_ACKNOWLEDGED,
  MESSAGE_SYNC,
  saved,
  SYNC_ASK,
  SYNC_UPDATE,
  type Ending,
  type Happening,
  type Saved,
  type Standing,
} from './acknowledge';
import { ASKED_FOR, endingFor, type Found } from './cause';
import { Intake } from './intake';
import { Lease } from './lease';
import { partsOf } from './parts';
import { ANSWER_BYTES_MAX, Unsent } from './unsent';

/** A page of somebody else's, as presence tells it. */
export interface Shown extends Writer {
  client: number;
}

export interface Snapshot {
  saved: Saved;
  unsaved: boolean;
  /** The text has arrived at least once. */
  met: boolean;
  /** Why the page cannot go on writing for now. */
  ending: Ending | undefined;
  /** The others who are here, each of their pages, in the order they came. */
  present: Shown[];
}

// Ours grows to this between attempts: a conference hall that comes back online must not arrive at one moment.
const RECONNECT_MAX_MS = 15_000;
// The server says something at least every 20 s. A laptop that was closed wakes up beside a socket that looks open.
const SILENCE_MAX_MS = 25_000;
// An attempt that takes longer was begun before the machine fell asleep, or leads nowhere.
const ATTEMPT_MAX_MS = 5_000;
// Looks in a row, a few seconds apart, before only waking up looks again: a page that is left open asks nobody for ever.
const LOOKS_MAX = 120;

/** Where a draft is, whose page this is, and whom to ask why its socket stays shut. */
export interface Opening {
  draft: string;
  person: string;
  mayEdit: boolean;
  inquire: () => Promise<Found>;
}

export class DraftConnection {
  readonly doc = new Doc();
  /** The texts in it. */
  readonly draft = new SharedDraft(this.doc);
  readonly awareness: Awareness;
  /** What the others are called here. */
  readonly names = new Names();
  private readonly provider: WebsocketProvider;
  private readonly lease: Lease;
  private readonly unsent = new Unsent();
  private readonly intake = new Intake((updates) => {
    this.draft.settle();
    transact(this.doc, () => updates.forEach((update) => applyUpdate(this.doc, update, this.provider)), this.provider, false);
  });
  private readonly listeners = new Set<() => void>();
  private readonly inquire: () => Promise<Found>;
  private standing: Standing = AT_FIRST;
  private met = false;
  private ending: Ending | undefined;
  private mayEdit: boolean;
  /** Somebody may have written here, now or before. */
  private wrote: boolean;
  /** When the present attempt began, and whether it has got through the door. */
  private attemptedAt = 0;
  private opened = false;
  private inquiring = false;
  /** The reason of the ending was heard from the server's own answer, so its absence can be, too. */
  private confirmed = false;
  private looks = 0;
  private isLeft = false;
  private held: Snapshot;

  constructor({ draft, person, mayEdit, inquire }: Opening, base: string = socketBase(globalThis.location), Socket: typeof WebSocket = WebSocket) {
    this.mayEdit = mayEdit;
    this.wrote = mayEdit;
    this.inquire = inquire;
    this.lease = new Lease(this.doc, { draft, person });
    // Before the provider, which sends what was written from a listener of its own.
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== this.provider && this.mayEdit) this.unsent.wrote(update);
    });
    this.provider = new WebsocketProvider(`${base}/collab`, encodeURIComponent(draft), this.doc, {
      connect: false,
      params: { ack: '1', text: String(VERSION), ...(person === '' ? {} : { person }) },
      // Two pages of one browser meet on the server like any two people: only what is committed counts as saved.
      disableBc: true,
      maxBackoffTime: RECONNECT_MAX_MS,
      WebSocketPolyfill: this.counting(Socket),
    });
    this.awareness = this.provider.awareness;
    this.awareness.setLocalState(null);
    this.held = this.take();
    this.listen();
    this.provider.connect();
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  snapshot = (): Snapshot => this.held;

  allow(mayEdit: boolean): void {
    this.mayEdit = mayEdit;
    this.wrote ||= mayEdit;
  }

  /** Tries again after an ending, because its reason may have passed. */
  again(): void {
    this.ending = undefined;
    this.confirmed = false;
    this.provider.wsUnsuccessfulReconnects = 0;
    this.provider.connect();
    this.tell();
  }

  /** The page is looked at again, or the network is back: now, not at the next attempt. */
  wake(): void {
    this.looks = 0;
    if (this.ending !== undefined) {
      this.look();
      return;
    }
    const { ws, wsconnected, wsLastMessageReceived } = this.provider;
    const since = Date.now() - (wsconnected ? wsLastMessageReceived : this.attemptedAt);
    if (ws !== null && since < (wsconnected ? SILENCE_MAX_MS : ATTEMPT_MAX_MS)) return;
    this.anew();
  }

  /** The browser has lost its network: nothing comes through this socket any more, and the page says so at once. */
  isCutOff(): void {
    if (this.ending === undefined) this.anew();
  }

  /** Called every few seconds while the page is in sight: is the reason of the ending gone? */
  look(): void {
    if (this.ending === undefined || !ASKED_FOR.has(this.ending) || this.looks >= LOOKS_MAX) return;
    this.looks += 1;
    void this.ask();
  }

  /** The writer began or ended a word of an input method. */
  composes(is: boolean): void {
    this.intake.composes(is);
  }

  leave(): void {
    this.isLeft = true;
    this.intake.end();
    this.provider.destroy();
    this.lease.leave();
    this.draft.leave();
    this.doc.destroy();
    this.listeners.clear();
  }

  private listen(): void {
    this.doc.on('update', (_update: Uint8Array, origin: unknown) => {
      if (origin !== this.provider && this.mayEdit) this.happen({ what: 'written' });
    });
    this.provider.on('status', ({ status }) => {
      if (status === 'connecting') this.attempts();
      if (status === 'connected') this.arrived();
      if (status === 'disconnected') this.happen({ what: 'disconnected' });
    });
    this.provider.on('connection-close', (event) => {
      // `null` is our own doing. A door that stays shut says no more than that.
      if (event !== null && !this.opened) void this.ask();
    });
    this.provider.on('sync', (synced) => {
      if (synced && !this.met) void this.meets();
      else this.tell();
    });
    this.provider.on('closed', ({ code, reason }) => {
      this.end(endingOf(code, reason));
      this.look();
    });
    this.awareness.on('change', () => this.tell());

    const { messageHandlers } = this.provider;
    messageHandlers[MESSAGE_ACKNOWLEDGED] = (_reply, message) => {
      this.happen({ what: 'committed', updates: readVarUint(message) });
    };
    const sync = messageHandlers[MESSAGE_SYNC];
    messageHandlers[MESSAGE_SYNC] = (reply, message, ...rest) => {
      const kind = message.arr[message.pos];
      const asks = kind === SYNC_ASK;
      if (kind === SYNC_UPDATE) {
        this.intake.comes(updateIn(message));
        return;
      }
      // What waits came before.
      this.intake.end();
      this.draft.settle();
      sync?.(reply, message, ...rest);
      // The provider sends the reply when this handler has returned; then the server knows all we have.
      if (asks) queueMicrotask(() => this.happen({ what: 'answered' }));
    };
  }

  /** Gives the socket up for a new one. If there is no network after all, the next attempts come ever later. */
  private anew(): void {
    this.provider.disconnect();
    this.provider.wsUnsuccessfulReconnects = 0;
    this.provider.connect();
  }

  private attempts(): void {
    this.attemptedAt = Date.now();
    this.opened = false;
    if (this.met) this.isHere();
  }

  private arrived(): void {
    this.opened = true;
    this.happen({ what: 'connected' });
    // While this page was away the text may have been frozen; one who wrote here is told before writing on.
    if (this.met && this.wrote) void this.ask();
  }

  /** The text has come. The page shows itself to others only under the id it will write under. */
  private async meets(): Promise<void> {
    await this.lease.takeUp();
    if (this.isLeft) return;
    this.isHere();
    this.met = true;
    this.tell();
  }

  /** The provider speaks of presence by the document's id, so both are one; Yjs may change a document's by itself. */
  private isHere(): void {
    const { awareness, doc } = this;
    if (awareness.clientID === doc.clientID && awareness.getLocalState() !== null) return;
    const state = awareness.getLocalState() ?? {};
    removeAwarenessStates(awareness, [awareness.clientID], 'moved');
    awareness.clientID = doc.clientID;
    // Counted from 1: nobody takes in a first 0 of somebody they have not met.
    awareness.meta.set(doc.clientID, { clock: 0, lastUpdated: Date.now() });
    awareness.setLocalState(state);
  }

  private async ask(): Promise<void> {
    if (this.inquiring) return;
    this.inquiring = true;
    const found = await this.inquire();
    this.inquiring = false;
    if (this.isLeft || found === 'unreachable') return;
    const ending = endingFor(found, { ending: this.ending, unsaved: this.standing.unsaved, wrote: this.wrote });
    if (ending !== undefined) {
      this.provider.disconnect();
      this.end(ending);
      this.confirmed = true;
    } else if (this.ending !== undefined && this.confirmed) {
      // The page's own idea of its rights may be older than this answer.
      if (found === 'writes') this.allow(true);
      this.again();
    }
  }

  private end(ending: Ending): void {
    this.confirmed &&= this.ending === ending;
    this.ending = ending;
    this.tell();
  }

  /** A socket that counts the updates it sends, and keeps back those that must not leave. */
  private counting(Socket: typeof WebSocket): typeof WebSocket {
    // oxlint-disable-next-line no-this-alias -- the class below has a `this` of its own
    const draft = this;
    return class extends Socket {
      override send(data: string | ArrayBufferLike | Blob | ArrayBufferView): void {
        const frame = data instanceof Uint8Array ? frameOf(data) : { kind: 'other' as const };
        const inParts = (update: Uint8Array): number => {
          for (const part of partsOf(update, ANSWER_BYTES_MAX)) {
            super.send(framed(part) as never);
            draft.happen({ what: 'sent' });
          }
          return draft.standing.sent;
        };
        if (!mayLeave(frame, draft.standing, draft.mayEdit)) {
          if (frame.kind === 'answer' && !frame.empty) draft.happen({ what: 'withheld' });
          return;
        }
        if (frame.kind === 'answer' && data instanceof Uint8Array && data.length > ANSWER_BYTES_MAX) {
          draft.unsent.each((update) => inParts(update));
          return;
        }
        if (frame.kind === 'update' && data instanceof Uint8Array && data.length > ANSWER_BYTES_MAX) {
          draft.unsent.left(inParts(updateOf(data)));
          return;
        }
        super.send(data as never);
        if (frame.kind !== 'answer' && frame.kind !== 'update') return;
        draft.happen({ what: 'sent' });
        if (frame.kind === 'answer') draft.unsent.allLeft(draft.standing.sent);
        else draft.unsent.left(draft.standing.sent);
      }
    };
  }

  private happen(happening: Happening): void {
    if (happening.what === 'disconnected') this.unsent.reconnects();
    if (happening.what === 'committed') this.unsent.committed(happening.updates);
    this.standing = after(this.standing, happening);
    this.lease.isStored(!this.standing.unsaved);
    this.tell();
  }

  /** Carets move at every letter of everybody; only what the page says of a draft is worth drawing it anew. */
  private tell(): void {
    const next = this.take();
    const present = sameWriters(next.present, this.held.present) ? this.held.present : next.present;
    if (present === this.held.present && FIELDS.every((field) => next[field] === this.held[field])) return;
    this.held = { ...next, present };
    for (const listener of this.listeners) listener();
  }

  private take(): Snapshot {
    return {
      saved: saved(this.standing, this.met),
      unsaved: this.standing.unsaved,
      met: this.met,
      ending: this.ending,
      present: others(this.awareness),
    };
  }
}

/** An update as the message that carries it. */
function framed(update: Uint8Array): Uint8Array {
  const encoder = createEncoder();
  writeVarUint(encoder, MESSAGE_SYNC);
  writeUpdate(encoder, update);
  return toUint8Array(encoder);
}

/** The update that a whole message carries. */
function updateOf(message: Uint8Array): Uint8Array {
  const decoder = createDecoder(message);
  readVarUint(decoder);
  readVarUint(decoder);
  return readVarUint8Array(decoder);
}

/** The update in a message that is read no further; a copy, because the message's bytes are the socket's. */
function updateIn(message: Decoder): Uint8Array {
  const { pos } = message;
  message.pos += 1;
  const update = readVarUint8Array(message).slice();
  message.pos = pos;
  return update;
}

const FIELDS = ['saved', 'unsaved', 'met', 'ending'] as const;

function sameWriters(one: Shown[], other: Shown[]): boolean {
  return one.length === other.length && one.every((writer, at) => JSON.stringify(writer) === JSON.stringify(other[at]));
}

function others(awareness: Awareness): Shown[] {
  return [...awareness.getStates()].flatMap(([client, state]) => {
    const writer = client === awareness.clientID ? undefined : writerOf(state);
    return writer === undefined ? [] : [{ client, ...writer }];
  });
}

function socketBase({ protocol, host }: Location): string {
  return `${protocol === 'https:' ? 'wss' : 'ws'}://${host}`;
}
