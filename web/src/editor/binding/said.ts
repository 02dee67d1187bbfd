// What is said in a draft about its text (text/asks.ts): who proposes under which client id, what stands behind each suggestion, and
// what was answered. Embeds in these two roots mean the same wherever they stand; only that they stand counts.
import { askOf, fateOf, type Ask, type Fate, type Items } from '../../text/asks';
import { embedsIn, type Said as Standing } from './embeds';
import { Ranges } from './ranges';
import type { SharedDraft } from './shared';

export type Change = Extract<Ask, { is: 'strike' | 'style' | 'block' }>;

/** What somebody asks of words that stand, under the id it has itself. */
export interface Asked {
  id: Items;
  handle: string;
  sid: string;
  change: Change;
}

export interface Answered {
  id: Items;
  fate: Fate;
}

export class Said {
  /** Whose suggestions a client id brings. */
  readonly proposes = new Map<number, string>();
  readonly asked: readonly Asked[];
  readonly answered: readonly Answered[];
  readonly settled: Ranges;
  private readonly begins = new Map<number, { clock: number; sid: string }[]>();

  constructor({ asks, fates }: Pick<SharedDraft, 'asks' | 'fates'>) {
    const changes: { id: Items; change: Change }[] = [];
    for (const one of embedsIn(asks)) {
      const id = idOf(one);
      const ask = known(ASK, one.embed, askOf);
      if (ask === undefined) continue;
      if (ask.is === 'by') {
        if (id.clock === 0) this.proposes.set(id.client, ask.handle);
      } else if (ask.is === 'begin') {
        const begun = this.begins.get(id.client) ?? [];
        begun.push({ clock: id.clock, sid: ask.sid });
        this.begins.set(id.client, begun);
      } else {
        changes.push({ id, change: ask });
      }
    }
    for (const begun of this.begins.values()) begun.sort((one, other) => one.clock - other.clock);
    this.asked = changes
      .flatMap(({ id, change }) => {
        const [handle, sid] = [this.proposes.get(id.client), this.sidAt(id.client, id.clock)];
        return handle === undefined || sid === undefined ? [] : [{ id, handle, sid, change }];
      })
      .toSorted((one, other) => one.id.client - other.id.client || one.id.clock - other.id.clock);
    this.answered = embedsIn(fates).flatMap((one) => {
      const fate = this.proposes.has(one.client) ? undefined : known(FATE, one.embed, fateOf);
      return fate === undefined ? [] : [{ id: idOf(one), fate }];
    });
    this.settled = new Ranges(this.answered.flatMap(({ fate }) => fate.of));
  }

  /** Which suggestion what a client brings at a clock belongs to. */
  sidAt(client: number, clock: number): string | undefined {
    return this.begins.get(client)?.findLast((one) => one.clock <= clock)?.sid;
  }

  /** Some clocks of one client, by suggestion. */
  bySid({ client, clock, len }: Items): { sid: string; items: Items }[] {
    const all: { sid: string; items: Items }[] = [];
    let end = clock + len;
    for (const begun of (this.begins.get(client) ?? []).toReversed()) {
      if (begun.clock >= end) continue;
      const from = Math.max(clock, begun.clock);
      all.unshift({ sid: begun.sid, items: { client, clock: from, len: end - from } });
      end = from;
      if (end === clock) break;
    }
    return all;
  }
}

function idOf({ client, clock }: Standing): Items {
  return { client, clock, len: 1 };
}

// An embed never changes; it is read once.
const ASK = new WeakMap<object, { read: Ask | undefined }>();
const FATE = new WeakMap<object, { read: Fate | undefined }>();

function known<One>(before: WeakMap<object, { read: One | undefined }>, embed: unknown, reads: (embed: unknown) => One | undefined): One | undefined {
  if (typeof embed !== 'object' || embed === null) return undefined;
  let found = before.get(embed);
  if (found === undefined) {
    found = { read: reads(embed) };
    before.set(embed, found);
  }
  return found.read;
}
