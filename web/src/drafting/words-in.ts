// The words that were written and not deleted again, read from updates alone: what can still be shown of a text that may not be seen
// any more. An update names its neighbours by number, so nothing of theirs is in it.
import { ContentString, decodeUpdate, Item } from 'yjs';

const GAP = ' … ';

export function wordsIn(updates: readonly Uint8Array[]): string {
  const read = updates.map((update) => decodeUpdate(update));
  const deleted = read.flatMap(({ ds }) => [...ds.clients].flatMap(([client, stretches]) => stretches.map(({ clock, len }) => ({ client, clock, end: clock + len }))));
  const isGone = (client: number, clock: number) => deleted.some((one) => one.client === client && clock >= one.clock && clock < one.end);
  let words = '';
  let last: { client: number; clock: number } | undefined;
  for (const item of read.flatMap(({ structs }) => structs)) {
    if (!(item instanceof Item) || !(item.content instanceof ContentString)) continue;
    const { client, clock } = item.id;
    const goesOn = last !== undefined && item.origin?.client === last.client && item.origin.clock === last.clock;
    const letters = [...item.content.str.split('').entries()].filter(([at]) => !isGone(client, clock + at)).map(([, letter]) => letter);
    if (letters.length > 0) words += (goesOn || words === '' ? '' : GAP) + letters.join('');
    last = { client, clock: clock + item.length - 1 };
  }
  return words.trim();
}
