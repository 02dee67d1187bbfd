// What one asks of words that stand, as it is changed by an act: a strike grows, a style is taken back from some of its letters, a
// paragraph is to be something else now. Nothing asked is ever changed in place; it is deleted and asked anew, of other items or not
// at all. Pure: what was said goes in, what is to be deleted and said comes out.
import { joined, type Ask, type BlockLooks, type Items, type Styles } from '../../text/asks';
import { Ranges } from './ranges';
import type { Asked, Said } from './said';

/** An embed is bounded on the server (JSON_BYTES_MAX); a stretch takes some twenty signs of it. */
const STRETCHES_MAX = 400;
/** Letters that are typed in bold have a stretch each, and what is asked of them is written anew with each of them. */
const GROWS_MAX = 32;

type Style = keyof Styles;

/** Part of something asked, as it is to be from now on. */
type Part = Extract<Ask, { is: 'strike' | 'style' | 'block' }>;

interface Record {
  id: Items;
  sid: string;
  /** What it said, until something of it changes. */
  parts: Part[];
  changed: boolean;
}

export class Wishes {
  private readonly records: Record[];
  private readonly struck: Items[] = [];
  private readonly styles: { items: Items[]; set: Styles }[] = [];
  private readonly blocks: { item: Items; set: BlockLooks }[] = [];
  /** What one has struck already. */
  readonly strikes: Ranges;

  constructor(said: Said, own: string) {
    const open = said.asked.filter(({ id, handle }) => handle === own && !said.settled.has(id.client, id.clock));
    this.records = open.map(({ id, sid, change }: Asked) => ({ id, sid, parts: [change], changed: false }));
    this.strikes = new Ranges(open.flatMap(({ change }) => (change.is === 'strike' ? change.items : [])));
  }

  /** What one asked a letter to look like in this; nothing where one asked nothing. */
  styleOf({ client, clock }: Items, name: Style): string | true | null | undefined {
    for (const { parts } of this.records.toReversed()) {
      for (const part of parts) if (part.is === 'style' && name in part.set && holds(part.items, client, clock)) return part.set[name];
    }
    return undefined;
  }

  looksOf({ client, clock }: Items): BlockLooks | undefined {
    for (const { parts } of this.records.toReversed()) {
      for (const part of parts) if (part.is === 'block' && part.item.client === client && part.item.clock === clock) return part.set;
    }
    return undefined;
  }

  strike(items: readonly Items[]): void {
    this.struck.push(...items);
  }

  /** Some letters are to look otherwise in this; nothing asked any more where that is `undefined`. */
  style(items: readonly Items[], name: Style, value: string | true | null | undefined): void {
    this.forgets(items, name);
    if (value === undefined || items.length === 0) return;
    const same = this.styles.find((one) => one.set[name] === value && Object.keys(one.set).length === 1);
    if (same === undefined) this.styles.push({ items: [...items], set: { [name]: value } });
    else same.items.push(...items);
  }

  /** A paragraph is to be this; nothing asked any more where that is `undefined`. */
  block(item: Items, set: BlockLooks | undefined): void {
    for (const record of this.records) {
      const others = record.parts.filter((part) => part.is !== 'block' || part.item.client !== item.client || part.item.clock !== item.clock);
      if (others.length < record.parts.length) [record.parts, record.changed] = [others, true];
    }
    if (set !== undefined) this.blocks.push({ item, set });
  }

  get isEmpty(): boolean {
    return this.struck.length + this.styles.length + this.blocks.length === 0 && this.records.every(({ changed }) => !changed);
  }

  /** What is to be deleted, and what is to be said for which suggestion, if the act belongs to this one. */
  said(sid: string): { gone: Items[]; asks: { sid: string; ask: Ask }[] } {
    const asks: { sid: string; ask: Ask }[] = [];
    if (this.struck.length > 0) {
      const items = joined([...this.struck, ...this.grows(sid, this.struck.length, (part) => part.is === 'strike')]);
      for (const some of few(items)) asks.push({ sid, ask: { is: 'strike', items: some } });
    }
    for (const { items: styled, set } of this.styles) {
      const items = joined([...styled, ...this.grows(sid, styled.length, (part) => part.is === 'style' && JSON.stringify(part.set) === JSON.stringify(set))]);
      for (const some of few(items)) asks.push({ sid, ask: { is: 'style', items: some, set } });
    }
    for (const { item, set } of this.blocks) asks.push({ sid, ask: { is: 'block', item, set } });
    const changed = this.records.filter((record) => record.changed);
    const left = changed.flatMap((record) => record.parts.map((ask) => ({ sid: record.sid, ask })));
    // Those of other suggestions first, so that this one is named last.
    return { gone: changed.map(({ id }) => id), asks: [...left.filter((one) => one.sid !== sid), ...left.filter((one) => one.sid === sid), ...asks] };
  }

  /** What the last of these that was asked in this suggestion names; it is asked anew together with more. */
  private grows(sid: string, by: number, is: (part: Part) => boolean): readonly Items[] {
    const record = this.records.findLast((one) => one.sid === sid && one.parts.length === 1 && one.parts.some(is));
    const [part] = record?.parts ?? [];
    if (record === undefined || part === undefined || part.is === 'block' || part.items.length + by > GROWS_MAX) return [];
    [record.parts, record.changed] = [[], true];
    return part.items;
  }

  private forgets(items: readonly Items[], name: Style): void {
    const these = new Ranges(items);
    for (const record of this.records) {
      const parts = record.parts.flatMap((part): Part[] => {
        if (part.is !== 'style' || !(name in part.set)) return [part];
        const pieces = part.items.flatMap((one) => these.parts(one));
        const within = pieces.filter((one) => one.within).map(itemsOf);
        if (within.length === 0) return [part];
        const { [name]: _forgotten, ...others } = part.set;
        const outside = pieces.filter((one) => !one.within).map(itemsOf);
        return [
          ...(outside.length > 0 ? [{ ...part, items: outside }] : []),
          ...(Object.keys(others).length > 0 ? [{ ...part, items: within, set: others }] : []),
        ];
      });
      const same = parts.length === record.parts.length && parts.every((part, at) => part === record.parts[at]);
      if (!same) [record.parts, record.changed] = [parts, true];
    }
  }
}

function holds(items: readonly Items[], client: number, clock: number): boolean {
  return items.some((one) => one.client === client && clock >= one.clock && clock < one.clock + one.len);
}

function itemsOf({ client, clock, len }: Items): Items {
  return { client, clock, len };
}

function few(items: readonly Items[]): Items[][] {
  return Array.from({ length: Math.ceil(items.length / STRETCHES_MAX) }, (_, at) => items.slice(at * STRETCHES_MAX, (at + 1) * STRETCHES_MAX));
}
