// One open draft: the shared document, its connection, and what may be said about it. Drawn by React through
// `subscribe` and `snapshot`; knows nothing of the editor.
//
// Whatever happens, the words stay in the document here until the page is left, and on this device until they are committed
// (`keeper`). What the device has is there before anything is asked of a server. A connection that is lost comes back by
// itself. One that is refused asks why (`inquire`), ends with the reason, looks from time to time whether the reason is
// gone, and then comes back with the words. It says whose words they are, so that the server takes them in no other name.
import { readVarUint } from 'lib0/decoding';
import type { Awareness } from 'y-protocols/awareness';
import { WebsocketProvider } from 'y-websocket';
import { applyUpdate, Doc, encodeStateAsUpdate, transact } from 'yjs';
import { SharedDraft } from '../editor/binding/shared';
import { Names } from '../parts/writer';
import { VERSION } from '../text/draft';
import {
  after,
  AT_FIRST,
  endingOf,
  MESSAGE_ACKNOWLEDGED,
  MESSAGE_SYNC,
  saved,
  SYNC_ASK,
  SYNC_UPDATE,
  type Ending,
  type Happening,
  type Standing,
} from './acknowledge';
import { ASKED_FOR, endingFor, type Found } from './cause';
import { counting } from './counting';
import { updateIn } from './frames';
import { Intake } from './intake';
import type { Keeper } from './keeper';
import { Lease } from './lease';
import { keepsOwnHandle, ownHandleKept } from './own-handle';
import { others, showsItself } from './shown';
import { said, type Snapshot } from './snapshot';
import { Unsent, type Act } from './unsent';

export type { Shown } from './shown';
export type { Snapshot } from './snapshot';

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
  /** Where the device keeps it; absent where nothing is kept. */
  keeper?: Keeper;
}

/** The word of a closing after which one comes back, and may do something else. */
const SEAT_CHANGED = 'seat-changed';

// What is put into the document from this device was sent before, or goes with the next answer.
const FROM_DEVICE = 'device';

export class DraftConnection {
  readonly doc = new Doc();
  /** The texts in it. */
  readonly draft = new SharedDraft(this.doc);
  readonly awareness: Awareness;
  /** What the others are called here. */
  readonly names = new Names();
  private readonly provider: WebsocketProvider;
  /** The ids this page writes under, to edit and to propose. */
  private readonly lease: Lease;
  private readonly proposing: Lease;
  private readonly unsent = new Unsent();
  private readonly intake = new Intake((updates) => {
    this.draft.settle();
    transact(this.doc, () => updates.forEach((update) => applyUpdate(this.doc, update, this.provider)), this.provider, false);
  });
  private readonly listeners = new Set<() => void>();
  private readonly inquire: () => Promise<Found>;
  private readonly whose: { draft: string; person: string };
  private standing: Standing = AT_FIRST;
  private met = false;
  private metServer = false;
  private readonly keeper: Keeper | undefined;
  /** What the device has is in the document. */
  private isReady = false;
  private ending: Ending | undefined;
  private mayEdit: boolean;
  /** It took a reader's place. */
  private isAlong = false;
  /** Somebody may have written here, now or before. */
  private wrote: boolean;
  /** When the present attempt began, and whether it has got through the door. */
  private attemptedAt = 0;
  private attempted = 0;
  private opened = false;
  /** The server sent this page away because it may do something else now. */
  private changed = false;
  private inquiring = false;
  /** The reason of the ending was heard from the server's own answer, so its absence can be, too. */
  private confirmed = false;
  private looks = 0;
  private isLeft = false;
  private held: Snapshot;

  constructor({ draft, person, mayEdit, inquire, keeper }: Opening, base: string = socketBase(globalThis.location), Socket: typeof WebSocket = WebSocket) {
    this.mayEdit = mayEdit;
    this.wrote = mayEdit;
    this.whose = { draft, person };
    this.draft.writesAs(ownHandleKept(this.whose));
    this.inquire = inquire;
    this.keeper = keeper;
    keeper?.whenChanged(() => this.tell());
    this.lease = new Lease(this.doc, { draft, person });
    this.proposing = new Lease(this.draft.proposer, { draft, person, kind: 'asks' });
    // Before the provider, which sends what was written from a listener of its own.
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (!this.isOwn(origin)) return;
      const act = this.unsent.wrote(update);
      this.keeper?.wrote(act);
    });
    this.provider = new WebsocketProvider(`${base}/collab`, encodeURIComponent(draft), this.doc, {
      connect: false,
      params: { ack: '1', text: String(VERSION), ...(person === '' ? {} : { person }) },
      // Two pages of one browser meet on the server like any two people: only what is committed counts as saved.
      disableBc: true,
      maxBackoffTime: RECONNECT_MAX_MS,
      WebSocketPolyfill: counting(Socket, {
        standing: () => this.standing,
        mayEdit: () => this.mayEdit,
        unsent: this.unsent,
        happen: (happening) => this.happen(happening),
      }),
    });
    this.awareness = this.provider.awareness;
    this.awareness.setLocalState(null);
    this.held = this.take();
    this.listen();
    if (keeper === undefined) this.begins();
    // Whatever the device holds, the draft itself is on the server.
    else void this.opens(keeper).catch(() => this.begins());
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  snapshot = (): Snapshot => this.held;

  allow(may: boolean): void {
    const mayEdit = may && !this.isAlong;
    const rises = mayEdit && !this.mayEdit;
    if (rises) this.keeper?.beginsAnew();
    this.mayEdit = mayEdit;
    this.wrote ||= mayEdit;
    // The server asked what this page has while it might not say it; it is asked anew on a new connection.
    if (rises && this.standing.withheld) this.anew();
  }

  /** The server has told under which handle this page's person writes. */
  writesAs(handle: string): void {
    keepsOwnHandle(this.whose, handle);
    this.draft.writesAs(handle);
  }

  /** Where no place is left to write at, one may read along; and then try again for a place. */
  readsAlong(is: boolean): void {
    const { right: _, ...params } = this.provider.params as Record<string, string>;
    this.provider.params = is ? { ...params, right: 'read' } : params;
    this.isAlong = is;
    this.allow(!is);
    this.again();
  }

  /** Tries again after an ending, because its reason may have passed. */
  again(): void {
    this.ending = undefined;
    this.confirmed = false;
    this.anew();
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

  /** Another page of this person has kept words on the device. Where there is a server, they come through it. */
  async hears(): Promise<void> {
    if (this.standing.connected || !this.isReady) return;
    const more = (await this.keeper?.more()) ?? [];
    if (this.isLeft || more.length === 0) return;
    this.holds(more, (update) => this.intake.comes(update));
    // Their answer may be on its way.
    if (this.standing.connected) this.anew();
  }

  /** The page is hidden, or its browser's. */
  hurries(): void {
    this.keeper?.hurries();
  }

  /** What the server does not take is kept no longer; the page is to be loaded again. */
  async letsGo(): Promise<void> {
    const rows = this.unsent.allCommitted().map(({ row }) => row);
    await this.keeper?.discards(rows.filter((row) => row !== undefined));
  }

  /** The person has signed out: nothing of theirs is kept or sent. */
  forgets(): void {
    this.provider.disconnect();
    this.keeper?.forgets();
    this.unsent.allCommitted();
    this.standing = AT_FIRST;
    this.end('signed-out');
  }

  leave(): void {
    this.isLeft = true;
    this.intake.end();
    this.keeper?.leave();
    this.provider.destroy();
    this.lease.leave();
    this.proposing.leave();
    this.draft.leave();
    this.doc.destroy();
    this.listeners.clear();
  }

  private listen(): void {
    this.doc.on('update', (_update: Uint8Array, origin: unknown) => {
      if (this.isOwn(origin)) this.happen({ what: 'written' });
    });
    this.provider.on('status', ({ status }) => {
      if (status === 'connecting') this.attempts();
      if (status === 'connected') this.arrived();
      if (status === 'disconnected') this.happen({ what: 'disconnected' });
    });
    this.provider.on('connection-close', (event) => {
      this.changed ||= event?.reason === SEAT_CHANGED;
      // `null` is our own doing. A door that stays shut says no more than that.
      if (event !== null && !this.opened) void this.ask();
    });
    this.provider.on('sync', (synced) => {
      if (synced && !this.metServer) void this.meets();
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
        const update = updateIn(message);
        this.keeper?.comes(update);
        this.intake.comes(update);
        return;
      }
      if (!asks) this.keeper?.comes(updateIn(message));
      // What waits came before.
      this.intake.end();
      this.draft.settle();
      sync?.(reply, message, ...rest);
      // The provider sends the reply when this handler has returned; then the server knows all we have.
      if (asks) queueMicrotask(() => this.happen({ what: 'answered' }));
    };
  }

  /** What the device has comes first: put in later, it would go out as if it had been written here. */
  private async opens(keeper: Keeper): Promise<void> {
    const { texts, unsent } = await keeper.load();
    if (this.isLeft) return;
    const { doc } = this;
    const take = (update: Uint8Array) => {
      try {
        applyUpdate(doc, update, FROM_DEVICE);
      } catch {
        // What cannot be read says nothing; the others do.
      }
    };
    transact(doc, () => texts.forEach(take), FROM_DEVICE, false);
    // A text with gaps waits for the server.
    if (texts.length > 0 && doc.store.pendingStructs === null && doc.store.pendingDs === null) {
      keeper.has(texts.length > 1 ? encodeStateAsUpdate(doc) : undefined);
      this.met = true;
    }
    this.holds(unsent, take);
    if (this.met) this.isHere();
    this.tell();
    this.begins();
  }

  private begins(): void {
    this.isReady = true;
    this.provider.connect();
  }

  /** Words of this person's that were written on another page, or before. */
  private holds(acts: Act[], take: (update: Uint8Array) => void): void {
    if (acts.length === 0) return;
    this.unsent.holds(acts);
    this.wrote = true;
    for (const { update } of acts) take(update);
    this.happen({ what: 'written' });
  }

  private isOwn(origin: unknown): boolean {
    return origin !== this.provider && origin !== FROM_DEVICE && this.mayEdit;
  }

  /** Gives the socket up for a new one. If there is no network after all, the next attempts come ever later. */
  private anew(): void {
    if (!this.isReady) return;
    this.provider.disconnect();
    this.provider.wsUnsuccessfulReconnects = 0;
    this.provider.connect();
  }

  private attempts(): void {
    this.attemptedAt = Date.now();
    this.attempted += 1;
    this.opened = false;
    if (this.met) this.isHere();
  }

  private arrived(): void {
    this.opened = true;
    this.happen({ what: 'connected' });
    // While this page was away the text may have been frozen; one who wrote here is told before writing on.
    if (this.changed || (this.met && this.attempted > 1 && this.wrote)) void this.ask();
    this.changed = false;
  }

  /** The text has come. The page shows itself to others only under the id it will write under. */
  private async meets(): Promise<void> {
    this.metServer = true;
    void this.proposing.takeUp();
    await this.lease.takeUp();
    if (this.isLeft) return;
    this.isHere();
    this.met = true;
    this.settles();
    this.tell();
    // Words of before that may not be sent by now.
    if (this.standing.unsaved && !this.mayEdit) void this.ask();
  }

  /** Where nothing is under way, what stands here is the committed text. */
  private settles(): void {
    const { connected, answered, unsaved } = this.standing;
    if (connected && answered && !unsaved && this.met && this.provider.synced && !this.intake.holds) {
      this.keeper?.settles(() => encodeStateAsUpdate(this.doc));
    }
  }

  private isHere(): void {
    showsItself(this.awareness, this.doc);
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
    this.keeper?.beginsAnew();
    this.tell();
  }

  private happen(happening: Happening): void {
    if (happening.what === 'disconnected') this.unsent.reconnects();
    if (happening.what === 'connected' || happening.what === 'disconnected') this.keeper?.isCutOff(happening.what === 'disconnected');
    const { unsaved } = this.standing;
    const committed = happening.what === 'committed' ? this.unsent.committed(happening.updates) : [];
    this.standing = after(this.standing, happening);
    if (unsaved && !this.standing.unsaved) committed.push(...this.unsent.allCommitted());
    this.keeper?.committed(committed);
    this.settles();
    this.lease.isStored(!this.standing.unsaved);
    this.proposing.isStored(!this.standing.unsaved);
    this.tell();
  }

  /** Carets move at every letter of everybody; only what the page says of a draft is worth drawing it anew. */
  private tell(): void {
    const next = said(this.take(), this.held);
    if (next === this.held) return;
    this.held = next;
    for (const listener of this.listeners) listener();
  }

  private take(): Snapshot {
    return {
      saved: saved(this.standing, this.met, this.keeper?.kept ?? 'not'),
      unsaved: this.standing.unsaved,
      kept: this.keeper?.kept ?? 'not',
      met: this.met,
      ending: this.ending,
      present: others(this.awareness),
    };
  }
}

function socketBase({ protocol, host }: Location): string {
  return `${protocol === 'https:' ? 'wss' : 'ws'}://${host}`;
}
