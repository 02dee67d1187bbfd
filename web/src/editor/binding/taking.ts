// Takes items of a text away, and nothing beside them. Yjs's own deleting takes formats along that stand between and have become
// superfluous, in whosever name they are; somebody who may only suggest may take away nothing but what is their own.
import { createDeleteSet, iterateDeletedStructs, type Item, type Text, type Transaction } from 'yjs';
import type { Items } from '../../text/asks';

/** Within a transaction. Items that are gone already are left as they are. */
export function takeAway(text: Text, items: readonly Items[]): void {
  if (items.length === 0) return;
  const transaction = (text.doc as unknown as { _transaction: Transaction })._transaction;
  const set = createDeleteSet();
  for (const { client, clock, len } of items) set.clients.set(client, [...(set.clients.get(client) ?? []), { clock, len }]);
  iterateDeletedStructs(transaction, set, (item) => (item as Item).delete(transaction));
  // Where Yjs remembers to have been.
  const { _searchMarker: markers } = text as unknown as { _searchMarker: unknown[] | null };
  if (markers !== null) markers.length = 0;
}
