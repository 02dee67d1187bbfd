// The words that were written and not deleted again, read from updates alone: what can still be shown of a text that may not be seen
// any more. An update names its neighbours by number, so nothing of theirs is in it.
import { ContentString, decodeUpdate, Item } from 'yjs';

const GAP = ' … ';
/** Letters of one deletion; a draft holds no more. */
const STRETCH_MAX = 8 * 1024 * 1024;

export function wordsIn(updates: readonly Uint8Array[]): string {
  const read = updates.flatMap(readable);
  const gone = new Map<number, Set<number>>();
  for (const { ds } of read) {
    for (const [client, stretches] of ds.clients) {
      const clocks = gone.get(client) ?? new Set();
      gone.set(client, clocks);
      for (const { clock, len } of stretches) for (let at = clock; at < clock + Math.min(len, STRETCH_MAX); at += 1) clocks.add(at);
    }
  }
  const isGone = (client: number, clock: number) => gone.get(client)?.has(clock) === true;
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

function readable(update: Uint8Array): ReturnType<typeof decodeUpdate>[] {
  try {
    return [decodeUpdate(update)];
  } catch {
    return [];
  }
}
