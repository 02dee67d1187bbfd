// One open draft: the shared document, its connection, and what may be said about it. Drawn by React through
// `subscribe` and `snapshot`; knows nothing of the editor.
import { readVarUint } from 'lib0/decoding';
import type { Awareness } from 'y-protocols/awareness';
import { WebsocketProvider } from 'y-websocket';
import { Doc } from 'yjs';
import { writerOf, type Writer } from '../parts/writer';
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
  type Ending,
  type Happening,
  type Saved,
  type Standing,
} from './acknowledge';

export interface Snapshot {
  saved: Saved;
  unsaved: boolean;
  /** The text has arrived at least once. */
  met: boolean;
  /** The server closed the connection and said why; nothing reconnects by itself. */
  ending: Ending | undefined;
  /** The others who are here, each organisation once, in the order they came. */
  present: Writer[];
}

// Ours grows to this between attempts: a conference hall that comes back online must not arrive at one moment.
const RECONNECT_MAX_MS = 15_000;

export class DraftConnection {
  readonly doc = new Doc();
  readonly awareness: Awareness;
  private readonly provider: WebsocketProvider;
  private readonly listeners = new Set<() => void>();
  private standing: Standing = AT_FIRST;
  private met = false;
  private ending: Ending | undefined;
  private held: Snapshot;

  constructor(
    draft: string,
    private mayEdit: boolean,
    base: string = socketBase(globalThis.location),
    Socket: typeof WebSocket = WebSocket,
  ) {
    this.provider = new WebsocketProvider(`${base}/collab`, encodeURIComponent(draft), this.doc, {
      connect: false,
      params: { ack: '1' },
      // Two pages of one browser meet on the server like any two people: only what is committed counts as saved.
      disableBc: true,
      maxBackoffTime: RECONNECT_MAX_MS,
      WebSocketPolyfill: this.counting(Socket),
    });
    this.awareness = this.provider.awareness;
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
  }

  /** Tries again after the server closed the connection for a reason that may have passed. */
  again(): void {
    this.ending = undefined;
    this.provider.connect();
    this.tell();
  }

  leave(): void {
    this.provider.destroy();
    this.doc.destroy();
    this.listeners.clear();
  }

  private listen(): void {
    this.doc.on('update', (_update: Uint8Array, origin: unknown) => {
      if (origin !== this.provider && this.mayEdit) this.happen({ what: 'written' });
    });
    this.provider.on('status', ({ status }) => {
      if (status === 'connected') this.happen({ what: 'connected' });
      if (status === 'disconnected') this.happen({ what: 'disconnected' });
    });
    this.provider.on('sync', (synced) => {
      if (synced) this.met = true;
      this.tell();
    });
    this.provider.on('closed', ({ code, reason }) => {
      this.ending = endingOf(code, reason);
      this.tell();
    });
    this.awareness.on('change', () => this.tell());

    const { messageHandlers } = this.provider;
    messageHandlers[MESSAGE_ACKNOWLEDGED] = (_reply, message) => {
      this.happen({ what: 'committed', updates: readVarUint(message) });
    };
    const sync = messageHandlers[MESSAGE_SYNC];
    messageHandlers[MESSAGE_SYNC] = (reply, message, ...rest) => {
      const asks = message.arr[message.pos] === SYNC_ASK;
      sync?.(reply, message, ...rest);
      // The provider sends the reply when this handler has returned; then the server knows all we have.
      if (asks) queueMicrotask(() => this.happen({ what: 'answered' }));
    };
  }

  /** A socket that counts the updates it sends, and keeps back those that must not leave. */
  private counting(Socket: typeof WebSocket): typeof WebSocket {
    // oxlint-disable-next-line no-this-alias -- the class below has a `this` of its own
    const draft = this;
    return class extends Socket {
      override send(data: string | ArrayBufferLike | Blob | ArrayBufferView): void {
        const frame = data instanceof Uint8Array ? frameOf(data) : { kind: 'other' as const };
        if (!mayLeave(frame, draft.standing, draft.mayEdit)) return;
        super.send(data as never);
        if (frame.kind === 'answer' || frame.kind === 'update') draft.happen({ what: 'sent' });
      }
    };
  }

  private happen(happening: Happening): void {
    this.standing = after(this.standing, happening);
    this.tell();
  }

  private tell(): void {
    this.held = this.take();
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

/** The others, each person of each organisation once. */
function others(awareness: Awareness): Writer[] {
  const found = new Map<string, Writer>();
  for (const [client, state] of awareness.getStates()) {
    const writer = client === awareness.clientID ? undefined : writerOf(state);
    if (writer !== undefined) found.set(`${writer.organisation}\n${writer.name}`, writer);
  }
  return [...found.values()];
}

function socketBase({ protocol, host }: Location): string {
  return `${protocol === 'https:' ? 'wss' : 'ws'}://${host}`;
}
