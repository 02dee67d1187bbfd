// Software that is not ours: the y-websocket provider as npm has it, on a ticket instead of a cookie.
import { expect } from '@playwright/test';
import WebSocket from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import type { Person } from './people.ts';

// Every provider listens for the end of the process.
process.setMaxListeners(0);

export class OtherClient {
  private closedWith: number | undefined;

  private constructor(
    private readonly doc: Y.Doc,
    private readonly provider: WebsocketProvider,
  ) {}

  /** With `params` beside the ticket. */
  static async joins(server: string, statement: string, person: Person, params: Record<string, string> = {}): Promise<OtherClient> {
    const issued = await person.context.request.post(`/api/statements/${statement}/ticket`, { data: {} });
    expect(issued.status(), await issued.text()).toBe(200);
    const { ticket } = (await issued.json()) as { ticket: string };
    const doc = new Y.Doc();
    const provider = new WebsocketProvider(`${server.replace(/^http/u, 'ws')}/collab`, statement, doc, {
      WebSocketPolyfill: WebSocket as unknown as typeof globalThis.WebSocket,
      params: { ...params, ticket },
      disableBc: true,
    });
    const client = new OtherClient(doc, provider);
    provider.on('connection-close', (event) => {
      client.closedWith = event?.code;
      // A ticket opens one connection; there is nothing to come back with.
      provider.shouldConnect = false;
    });
    await expect.poll(() => provider.synced, { message: 'the provider has the text' }).toBe(true);
    return client;
  }

  get words(): string {
    return this.doc.getText('draft').toString();
  }

  /** A new paragraph at the end. */
  writes(words: string): void {
    const text = this.doc.getText('draft');
    text.insert(text.length - 1, `\n${words}`, {});
  }

  /** A paragraph at the end that is typed letter by letter, wherever the others move it. */
  beginsAParagraph(words: string): { isTyped: () => Promise<void> } {
    this.writes(words.slice(0, 1));
    const text = this.doc.getText('draft');
    let place = Y.createRelativePositionFromTypeIndex(text, text.length - 1, -1);
    const isTyped = async (): Promise<void> => {
      for (const letter of words.slice(1)) {
        await new Promise((done) => setTimeout(done, 40));
        const at = Y.createAbsolutePositionFromRelativePosition(place, this.doc)?.index ?? 0;
        text.insert(at, letter, {});
        place = Y.createRelativePositionFromTypeIndex(text, at + 1, -1);
      }
    };
    return { isTyped };
  }

  /** One letter more in the paragraph that is this client's own. */
  types(paragraph: number): void {
    const text = this.doc.getText('draft');
    const ends = [...text.toString().matchAll(/\n/gu)].map(({ index }) => index);
    text.insert(ends[paragraph % ends.length] ?? 0, 'x', {});
  }

  /** Suggests other words for so many that stand, spread over the text, in a handle's name. Returns where. */
  async proposes(handle: string, count: number): Promise<Struck[]> {
    const [text, asks] = [this.doc.getText('draft'), this.doc.getText('asks')];
    // What is proposed comes under an id of its own, set between transactions.
    const { clientID } = this.doc;
    this.doc.clientID = Math.floor(Math.random() * 2 ** 32);
    asks.insertEmbed(0, { by: handle });
    const all: Struck[] = [];
    const places = [...text.toString().matchAll(/generations|decided/gu)].map(({ index }) => index);
    const step = Math.max(1, Math.floor(places.length / count));
    // From the end, so that no place moves another.
    for (const at of places.filter((_, one) => one % step === 0).slice(0, count).toReversed()) {
      const quote = /^\w+/u.exec(text.toString().slice(at, at + 20))?.[0] ?? '';
      const first = letterAt(text, at);
      this.doc.transact(() => {
        asks.insertEmbed(asks.length, { ask: `s${all.length.toString(36).padStart(9, '0')}` });
        text.insert(at + quote.length, 'in their time');
        asks.insertEmbed(asks.length, { del: `${first.client.toString(36)}.${first.clock.toString(36)}.${quote.length.toString(36)}` });
      });
      all.push({ first: `${first.client}.${first.clock}`, last: `${first.client}.${first.clock + quote.length - 1}`, quote });
    }
    this.doc.clientID = clientID;
    await expect.poll(() => this.provider.ws?.bufferedAmount ?? 0, { message: 'all is sent' }).toBe(0);
    return all;
  }

  async sees(words: string): Promise<void> {
    await expect.poll(() => this.words, { message: `the other client sees “${words}”` }).toContain(words);
  }

  /** The code the server closed the connection with. */
  async isShutOut(): Promise<number | undefined> {
    await expect.poll(() => this.closedWith, { message: 'the server closes the connection' }).toBeDefined();
    return this.closedWith;
  }

  leaves(): void {
    this.provider.destroy();
  }
}

/** Words that a suggestion strikes, by their letters. */
export interface Struck {
  first: string;
  last: string;
  quote: string;
}

function letterAt(text: Y.Text, index: number): { client: number; clock: number } {
  let left = index;
  for (let item = (text as unknown as { _start: Y.Item | null })._start; item !== null; item = item.right) {
    if (item.deleted || !item.countable) continue;
    if (left < item.length) return { client: item.id.client, clock: item.id.clock + left };
    left -= item.length;
  }
  throw new Error('behind the end of the text');
}
