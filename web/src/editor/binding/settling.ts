// What becomes of a text where some suggestions are accepted and the others are not: unit by unit, for a text that is only shown so and
// for one that is changed so (deciding.ts).
//
// The last paragraph mark never goes. Where a struck mark joins two blocks the following mark stands on, and says what the first block
// was, unless the suggestion says itself what it is to be; a block of which nothing stays joins nothing.
import { ContentEmbed, ContentFormat, ContentString, type Text } from 'yjs';
import type { BlockLooks, Items } from '../../text/asks';
import { startOf } from './changes';
import type { Attributes } from './attributes';
import type { Proposals, Suggestion } from './proposals';
import { Ranges } from './ranges';
import type { Stretch } from './reading';
import { MARK } from './units';

/** Units that stand now, and what becomes of them. */
export interface Part {
  from: number;
  insert: unknown;
  items: Items;
  was: Attributes;
  /** Nothing for units that go. */
  is: Attributes | undefined;
}

/** What is to be made of a text. */
export interface Settlement {
  /** Units that are not there: proposed, and not accepted. */
  dropped: Ranges;
  struck: Ranges;
  styles: readonly { items: Ranges; set: Attributes }[];
  blocks: ReadonlyMap<string, BlockLooks>;
}

/** Everything that is open is answered no. */
export function without({ pending }: Proposals): Settlement {
  return { ...accepting([]), dropped: pending };
}

/** Everything that is open is accepted in the order of the keys; of rivals the first. */
export function asIfAccepted({ suggestions }: Proposals): Settlement {
  const taken = new Map<string, Suggestion>();
  for (const one of suggestions.toSorted((a, b) => (a.key < b.key ? -1 : 1))) if (!one.rivals.some((key) => taken.has(key))) taken.set(one.key, one);
  const others = suggestions.filter(({ key }) => !taken.has(key));
  return { ...accepting([...taken.values()]), dropped: new Ranges(others.flatMap(({ pending }) => pending)) };
}

/** These are accepted; what the others propose stands as it is. */
export function accepting(suggestions: readonly Suggestion[]): Settlement {
  const asked = suggestions.flatMap((one) => one.asked);
  const blocks = new Map<string, BlockLooks>();
  for (const { change, stands } of asked) if (change.is === 'block') for (const { client, clock } of stands) blocks.set(`${client}.${clock}`, change.set);
  return {
    dropped: new Ranges(),
    struck: new Ranges(asked.flatMap(({ change, stands }) => (change.is === 'strike' ? stands : []))),
    styles: asked.flatMap(({ change, stands }) => (change.is === 'style' ? [{ items: new Ranges(stands), set: change.set }] : [])),
    blocks,
  };
}

export function settled(text: Text, settlement: Settlement): Part[] {
  const units = [...unitsOf(text, settlement)];
  const last = units.findLast(({ insert, items }) => insert === MARK && !settlement.dropped.has(items.client, items.clock));
  /** What the first of the blocks that are being joined is. */
  let first: Attributes | undefined;
  let holdsWords = false;
  return units.map((unit): Part => {
    const { insert, items, was } = unit;
    const isMark = insert === MARK;
    if (settlement.dropped.has(items.client, items.clock)) return { ...unit, is: undefined };
    const own = settlement.blocks.get(`${items.client}.${items.clock}`);
    const is = isMark ? withLooks(was, own) : styled(was, items, settlement);
    if (unit !== last && settlement.struck.has(items.client, items.clock)) {
      if (isMark && holdsWords) first ??= is;
      return { ...unit, is: undefined };
    }
    if (!isMark) {
      holdsWords = true;
      return { ...unit, is };
    }
    const joined = first === undefined || own !== undefined ? is : withLooks(is, looksOf(first));
    [first, holdsWords] = [undefined, false];
    return { ...unit, is: joined };
  });
}

/** A text as it would read, as an editor takes it. */
export function stretchesOf(parts: readonly Part[]): Stretch[] {
  const all: Stretch[] = [];
  for (const { insert, is } of parts) {
    if (is === undefined) continue;
    const last = all.at(-1);
    const goesOn = typeof insert === 'string' && typeof last?.insert === 'string' && same(last.attributes, is);
    if (goesOn) last.insert = `${String(last.insert)}${insert}`;
    else all.push({ insert, attributes: is });
  }
  return all;
}

/** The units of a text, a mark or a footnote's place by itself, letters together as far as the same becomes of them. */
function* unitsOf(text: Text, { dropped, struck, styles }: Settlement): Generator<Omit<Part, 'is'>> {
  let from = 0;
  let attributes: Attributes = {};
  const sets = [dropped, struck, ...styles.map(({ items }) => items)];
  for (let item = startOf(text); item !== null; item = item.right) {
    if (item.deleted) continue;
    const { content, id, length } = item;
    if (content instanceof ContentFormat) attributes = changed(attributes, content.key, content.value);
    if (!item.countable) continue;
    const own = { client: id.client, clock: id.clock, len: length };
    if (content instanceof ContentString) {
      const { str } = content;
      for (const [start, end] of between(cuts(own, str, sets))) {
        yield { from: from + start, insert: str.slice(start, end), items: { ...own, clock: id.clock + start, len: end - start }, was: attributes };
      }
    } else {
      yield { from, insert: content instanceof ContentEmbed ? (content.embed as unknown) : null, items: own, was: attributes };
    }
    from += length;
  }
}

/** Where something else may become of the letters, and around paragraph marks. */
function cuts(own: Items, str: string, sets: readonly Ranges[]): number[] {
  const found = new Set([0, own.len]);
  for (let at = str.indexOf(MARK); at >= 0; at = str.indexOf(MARK, at + 1)) found.add(at).add(at + 1);
  for (const set of sets) for (const { clock, len } of set.parts(own)) found.add(clock - own.clock).add(clock - own.clock + len);
  return [...found].toSorted((one, other) => one - other);
}

function between(cut: readonly number[]): [number, number][] {
  return cut.slice(1).map((end, at) => [cut[at] ?? 0, end]);
}

function styled(was: Attributes, { client, clock }: Items, { styles }: Settlement): Attributes {
  let is = was;
  for (const { items, set } of styles) if (items.has(client, clock)) for (const key of Object.keys(set)) is = changed(is, key, set[key]);
  return is;
}

function withLooks(was: Attributes, looks: BlockLooks | undefined): Attributes {
  let is = was;
  if (looks !== undefined) for (const key of ['block', 'dir', 'start'] as const) is = changed(is, key, looks[key]);
  return is;
}

function looksOf({ block = null, dir = null, start = null }: Attributes): BlockLooks {
  return { block, dir, start } as BlockLooks;
}

function changed(attributes: Attributes, key: string, value: unknown): Attributes {
  if (attributes[key] === value || (value === null && !(key in attributes))) return attributes;
  const { [key]: _was, ...rest } = attributes;
  return value === null ? rest : { ...rest, [key]: value };
}

function same(one: Attributes | undefined, other: Attributes): boolean {
  const [here, there] = [Object.keys(one ?? {}), Object.keys(other)];
  return here.length === there.length && here.every((key) => one?.[key] === other[key]);
}
