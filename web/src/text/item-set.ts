// Letters by their ids, as a set: which clocks of which clients. Asked of every piece of a text at every press of a key, so it is
// looked up by halves.
import { joined, type Items } from './asks';

export class ItemSet {
  private readonly clients = new Map<number, Items[]>();

  constructor(items: Iterable<Items> = []) {
    for (const one of joined([...items])) {
      const list = this.clients.get(one.client);
      if (list === undefined) this.clients.set(one.client, [one]);
      else list.push(one);
    }
  }

  get isEmpty(): boolean {
    return this.clients.size === 0;
  }

  has(client: number, clock: number): boolean {
    const list = this.clients.get(client);
    const one = list?.[firstEndingAfter(list, clock)];
    return one !== undefined && one.clock <= clock;
  }

  /** What of some clocks that follow one another is in the set, in order. */
  common({ client, clock, len }: Items): Items[] {
    const list = this.clients.get(client);
    if (list === undefined) return [];
    const found: Items[] = [];
    for (let at = firstEndingAfter(list, clock); at < list.length; at += 1) {
      const one = list[at];
      if (one === undefined || one.clock >= clock + len) break;
      const from = Math.max(clock, one.clock);
      found.push({ client, clock: from, len: Math.min(clock + len, one.clock + one.len) - from });
    }
    return found;
  }

  /** What of them is not. */
  rest(items: Items): Items[] {
    const found: Items[] = [];
    let { clock } = items;
    for (const one of this.common(items)) {
      if (one.clock > clock) found.push({ client: items.client, clock, len: one.clock - clock });
      clock = one.clock + one.len;
    }
    const end = items.clock + items.len;
    if (clock < end) found.push({ client: items.client, clock, len: end - clock });
    return found;
  }
}

/** The first that ends behind a clock. */
function firstEndingAfter(list: readonly Items[], clock: number): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const one = list[middle];
    if (one !== undefined && one.clock + one.len <= clock) low = middle + 1;
    else high = middle;
  }
  return low;
}
