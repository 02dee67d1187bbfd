// Sets of items, kept as stretches of clocks.
import { joined, type Items } from '../../text/asks';

export class Ranges {
  private readonly stretches = new Map<number, Items[]>();

  constructor(items: readonly Items[] = []) {
    for (const one of joined(items)) {
      const known = this.stretches.get(one.client) ?? [];
      known.push(one);
      this.stretches.set(one.client, known);
    }
  }

  has(client: number, clock: number): boolean {
    return this.parts({ client, clock, len: 1 })[0]?.within === true;
  }

  /** A stretch in the parts that are in here and those that are not. */
  parts({ client, clock, len }: Items): (Items & { within: boolean })[] {
    const parts: (Items & { within: boolean })[] = [];
    const end = clock + len;
    let at = clock;
    const part = (to: number, within: boolean) => {
      if (to > at) parts.push({ client, clock: at, len: to - at, within });
      at = Math.max(at, to);
    };
    for (const one of this.from(client, clock)) {
      if (one.clock >= end) break;
      part(Math.min(one.clock, end), false);
      part(Math.min(one.clock + one.len, end), true);
    }
    part(end, false);
    return parts;
  }

  /** The stretches of a client from the one on that ends behind a clock. */
  private from(client: number, clock: number): Items[] {
    const stretches = this.stretches.get(client) ?? [];
    let [low, high] = [0, stretches.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const one = stretches[middle];
      if (one !== undefined && one.clock + one.len <= clock) low = middle + 1;
      else high = middle;
    }
    return stretches.slice(low);
  }
}
