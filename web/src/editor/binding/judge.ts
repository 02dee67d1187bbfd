// What the server asks of what somebody sends, asked here of the updates of tests (its own half is server/drafting/gate): under a
// proposing id nothing comes but what is proposed, in one's own name; and who may only suggest brings nothing else, and takes away
// nothing but that.
import { applyUpdate, ContentDeleted, ContentEmbed, ContentFormat, ContentString, decodeUpdate, getState, Item, type AbstractType, type Doc } from 'yjs';
import { askOf, type Ask } from '../../text/asks';
import { ASKS, FATES } from '../../text/draft';
import { Ranges } from './ranges';
import { Said } from './said';

export interface Seat {
  handle: string;
  may: 'edit' | 'suggest';
}

/** Somebody takes words back that were accepted at that moment: nothing they could know. */
export const ACCEPTED = 'something went that was accepted';

/** Why an update may not be taken into the text; nothing where it may. What takes away what it may not is not taken in at all. */
export function refusal(doc: Doc, update: Uint8Array, seat: Seat): string | undefined {
  const { structs } = decodeUpdate(update);
  const next = new Map(structs.map(({ id: { client } }) => [client, getState(doc.store, client)]));
  const gone = takenAway(doc, update, seat);
  if (gone !== undefined) return gone;
  applyUpdate(doc, update);
  for (const { id, length } of structs) {
    const end = id.clock + length;
    for (let at = Math.max(id.clock, next.get(id.client) ?? 0); at < end; ) {
      const item = itemAt(doc, id.client, at);
      const why = item === undefined ? undefined : brought(doc, item, seat);
      if (why !== undefined) return why;
      at = item === undefined ? at + 1 : item.id.clock + item.length;
    }
  }
  return undefined;
}

function takenAway(doc: Doc, update: Uint8Array, { handle, may }: Seat): string | undefined {
  const said = new Said({ asks: doc.getText(ASKS), fates: doc.getText(FATES) });
  const accepted = new Ranges(said.answered.flatMap(({ fate }) => (fate.accepted ? fate.of : [])));
  for (const [client, stretches] of decodeUpdate(update).ds.clients) {
    for (const { clock, len } of stretches) {
      for (let at = clock; at < clock + len; at += 1) {
        const item = itemAt(doc, client, at);
        if (item === undefined || item.deleted) continue;
        if (may === 'suggest' && handleOf(doc, client) !== handle) return 'something went that is not theirs';
        if (may === 'suggest' && accepted.has(client, at)) return ACCEPTED;
        const ask = rootOf(doc, item) === ASKS ? askIn(item) : undefined;
        if (ask?.is === 'by' || ask?.is === 'begin') return 'it was taken away whose proposals are';
      }
    }
  }
  return undefined;
}

function brought(doc: Doc, item: Item, { handle, may }: Seat): string | undefined {
  const { content } = item;
  const [root, of] = [rootOf(doc, item), handleOf(doc, item.id.client)];
  if (of === undefined && may === 'edit') return root === ASKS && !(content instanceof ContentDeleted) ? 'something was asked under an id that edits' : undefined;
  if (of !== handle) return 'something came that is not proposed, or in another name';
  if (content instanceof ContentDeleted) return undefined;
  if (content instanceof ContentFormat) return 'a format came';
  if (root === FATES) return 'an answer came';
  if (root !== ASKS) return content instanceof ContentString || content instanceof ContentEmbed ? undefined : 'something strange came';
  const ask = askIn(item);
  if (ask === undefined) return 'something was asked that means nothing';
  if (ask.is === 'by' && item.id.clock > 0) return 'whose it is came late';
  const named = ask.is === 'block' ? [ask.item] : ask.is === 'by' || ask.is === 'begin' ? [] : ask.items;
  const isThere = named.every(({ client, clock, len }) => clock + len <= getState(doc.store, client));
  return isThere ? undefined : 'something was named that is not there';
}

function askIn({ content }: Item): Ask | undefined {
  return content instanceof ContentEmbed ? askOf(content.embed) : undefined;
}

function handleOf(doc: Doc, client: number): string | undefined {
  const first = itemAt(doc, client, 0);
  const ask = first === undefined || rootOf(doc, first) !== ASKS ? undefined : askIn(first);
  return ask?.is === 'by' ? ask.handle : undefined;
}

function itemAt(doc: Doc, client: number, clock: number): Item | undefined {
  const found = doc.store.clients.get(client)?.findLast((struct) => struct.id.clock <= clock);
  return found instanceof Item && clock < found.id.clock + found.length ? found : undefined;
}

function rootOf(doc: Doc, { parent }: Item): string | undefined {
  return [...doc.share].find(([, type]) => type === (parent as AbstractType<unknown>))?.[0];
}
