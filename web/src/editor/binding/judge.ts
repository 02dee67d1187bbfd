// What the server asks of everything that somebody sends who may only suggest, asked here of the updates of tests (its own half is
// server/drafting/gate): nothing but proposed things comes, in their own name, and nothing else goes.
import { ContentDeleted, ContentEmbed, ContentFormat, ContentString, decodeUpdate, getState, Item, type AbstractType, type Doc } from 'yjs';
import { askOf, type Ask } from '../../text/asks';
import { ASKS, FATES } from '../../text/draft';
import { Said } from './said';

/** Why the update may not be taken; nothing where it may. `before` is the text as it was; `after`, the same with the update. */
export function refusal(before: Doc, after: Doc, update: Uint8Array, handle: string): string | undefined {
  const { structs, ds } = decodeUpdate(update);
  for (const struct of structs) {
    const { client, clock } = struct.id;
    const end = clock + struct.length;
    for (let at = Math.max(clock, getState(before.store, client)); at < end; ) {
      const item = itemAt(after, client, at);
      const why = item === undefined ? 'something came that is nothing' : brought(after, item, handle);
      if (why !== undefined) return why;
      at = item === undefined ? end : item.id.clock + item.length;
    }
  }
  const said = new Said({ asks: before.getText(ASKS), fates: before.getText(FATES) } as never);
  const accepted = said.answered.filter(({ fate }) => fate.accepted).flatMap(({ fate }) => fate.of);
  for (const [client, stretches] of ds.clients) {
    for (const { clock, len } of stretches) {
      for (let at = clock; at < clock + len; at += 1) {
        const item = itemAt(before, client, at);
        if (item === undefined || item.deleted) continue;
        if (handleOf(after, client) !== handle) return 'something went that is not theirs';
        if (accepted.some((one) => one.client === client && at >= one.clock && at < one.clock + one.len)) return 'something went that was accepted';
        const ask = askIn(item);
        if (ask?.is === 'by' || ask?.is === 'begin') return 'it was taken away whose proposals are';
      }
    }
  }
  return undefined;
}

function brought(doc: Doc, item: Item, handle: string): string | undefined {
  if (handleOf(doc, item.id.client) !== handle) return 'something came that is not proposed, or in another name';
  const { content } = item;
  if (content instanceof ContentDeleted) return undefined;
  if (content instanceof ContentFormat) return 'a format came';
  const root = rootOf(doc, item);
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
