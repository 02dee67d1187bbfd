// What is said in a draft about its text (text/asks.ts): who proposes under which client id, what stands behind each suggestion, and
// what was answered. Embeds in these two roots mean the same wherever they stand; only that they stand counts.
import { ContentEmbed, type Doc, type Item } from 'yjs';
import { askOf, fateOf, type Ask, type Fate, type Items } from '../../text/asks';
import { ASKS, FATES } from '../../text/draft';
import { ItemSet } from '../../text/item-set';
import { startOf } from './changes';

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
  readonly settled: ItemSet;
  private readonly begins = new Map<number, { clock: number; sid: string }[]>();

  constructor(doc: Doc) {
    const changes: { id: Items; change: Change }[] = [];
    for (const { id, embed } of embedsIn(doc, ASKS)) {
      const ask = known(ASK, embed, askOf);
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
      .sort((one, other) => one.id.client - other.id.client || one.id.clock - other.id.clock);
    this.answered = [...embedsIn(doc, FATES)].flatMap(({ id, embed }) => {
      const fate = this.proposes.has(id.client) ? undefined : known(FATE, embed, fateOf);
      return fate === undefined ? [] : [{ id, fate }];
    });
    this.settled = new ItemSet(this.answered.flatMap(({ fate }) => fate.of));
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

function* embedsIn(doc: Doc, root: string): Generator<{ id: Items; embed: object }> {
  // Asked for by its name it would be made where it is not yet.
  if (!doc.share.has(root)) return;
  for (let item: Item | null = startOf(doc.getText(root)); item !== null; item = item.right) {
    if (item.deleted || !(item.content instanceof ContentEmbed)) continue;
    const { embed } = item.content as { embed: unknown };
    if (typeof embed === 'object' && embed !== null) yield { id: { client: item.id.client, clock: item.id.clock, len: 1 }, embed };
  }
}

// An embed never changes; it is read once.
const ASK = new WeakMap<object, { read: Ask | undefined }>();
const FATE = new WeakMap<object, { read: Fate | undefined }>();

function known<One>(before: WeakMap<object, { read: One | undefined }>, embed: object, reads: (embed: unknown) => One | undefined): One | undefined {
  let found = before.get(embed);
  if (found === undefined) {
    found = { read: reads(embed) };
    before.set(embed, found);
  }
  return found.read;
}
