// Which suggestions are open in a draft, and what each would do where: read from the shared texts in one walk. Nothing is proposed by
// a format; what is proposed is told by who brought it, and what is asked of other words names them by id (text/asks.ts).
//
// A letter, a paragraph mark or a footnote's place is *pending* while it stands, came under a proposing client id and is not settled.
// What is asked is *open* while it stands, is not settled and names something that stands.
import { ContentEmbed, ContentString, type Item, type Text } from 'yjs';
import { itemsWritten, type BlockLooks, type Items, type Styles } from '../../text/asks';
import { BODY, noteOf, noteRoot } from '../../text/draft';
import { startOf } from './changes';
import { Ranges } from './ranges';
import { rivalsAmong } from './rivals';
import { Said, type Asked } from './said';
import type { SharedDraft } from './shared';

export interface Place {
  root: string;
  /** Units of that text, the last not included. */
  from: number;
  to: number;
}

/** The same counted without what is pending, so that what others propose there parts nothing. */
interface Plain {
  from: number;
  to: number;
}

/** What happens where: words come, go, look otherwise, or a paragraph becomes something else. */
export type Piece = Place & { words: string; plain: Plain } & ({ is: 'ins' | 'del' } | { is: 'style'; set: Styles } | { is: 'block'; set: BlockLooks });

/** What stands in for a footnote's place among words. */
export const NOTE_SIGN = '\uFFFC';

/** What is asked, and what of that which it names stands. */
export interface Open extends Asked {
  stands: readonly Items[];
}

export interface Suggestion {
  /** `handle.sid` */
  key: string;
  handle: string;
  sid: string;
  pieces: readonly Piece[];
  /** What is asked of words that stand. */
  asked: readonly Open[];
  /** Its units that are pending. */
  pending: readonly Items[];
  /** Where its text stands in the whole; one that stands nowhere comes last. */
  order: number;
  /** The same as long as it says the same. */
  print: string;
  /** Keys of those that cannot be accepted beside it. */
  rivals: readonly string[];
}

export interface Proposals {
  said: Said;
  /** In the order of the text. */
  suggestions: readonly Suggestion[];
  /** Everything that is pending. */
  pending: Ranges;
}

/** Something that stands. */
interface Standing extends Items {
  root: string;
  index: number;
  /** Units before it that are not pending, and whether it is. */
  before: number;
  isPending: boolean;
  item: Item;
}

export function proposalsIn(draft: SharedDraft): Proposals {
  const said = new Said(draft);
  if (said.proposes.size === 0) return { said, suggestions: [], pending: new Ranges() };
  const open = said.asked.filter(({ id }) => !said.settled.has(id.client, id.clock));
  const reading = new Reading(said, new Set(open.flatMap(({ change }) => namedBy(change).map(({ client }) => client))));
  reading.read(BODY, draft.body);
  for (const id of draft.noteIds()) reading.read(noteRoot(id), draft.note(id));
  for (const one of open) reading.asks(one);
  return { said, suggestions: reading.suggestions(), pending: new Ranges(reading.pending) };
}

/** What an answer to a suggestion names: its pending units and what it asks. */
export function answerable({ pending, asked }: Pick<Suggestion, 'pending' | 'asked'>): Items[] {
  return [...pending, ...asked.map(({ id }) => id)];
}

/** What a record names. */
export function namedBy(change: Asked['change']): readonly Items[] {
  return change.is === 'block' ? [change.item] : change.items;
}

class Reading {
  readonly pending: Items[] = [];
  private readonly found = new Map<string, { handle: string; sid: string; pieces: Piece[]; asked: Open[]; pending: Items[] }>();
  private readonly standing = new Map<number, { pieces: Standing[]; sorted: boolean }>();
  /** Where footnotes are referred to. */
  private readonly notes = new Map<string, number>();

  constructor(
    private readonly said: Said,
    /** Clients of whose words something is asked. */
    private readonly named: ReadonlySet<number>,
  ) {}

  read(root: string, text: Text): void {
    let [index, before] = [0, 0];
    for (let item = startOf(text); item !== null; item = item.right) {
      if (item.deleted || !item.countable) continue;
      const { id, length, content } = item;
      const own = { client: id.client, clock: id.clock, len: length };
      const handle = this.said.proposes.get(id.client);
      if (handle === undefined) {
        if (this.named.has(id.client)) this.stands({ client: id.client, clock: id.clock, len: length, root, index, before, isPending: false, item });
        before += length;
      } else {
        for (const { within, ...items } of this.said.settled.parts(own)) {
          const standing = { ...items, root, index: index + items.clock - id.clock, before, isPending: !within, item };
          if (this.named.has(id.client)) this.stands(standing);
          if (within) before += items.len;
          else for (const part of this.said.bySid(items)) this.comes(handle, part.sid, partOf(standing, part.items));
        }
      }
      if (root === BODY && content instanceof ContentEmbed) {
        const note = (content.embed as { note?: unknown } | null)?.note;
        if (typeof note === 'string' && !this.notes.has(note)) this.notes.set(note, index);
      }
      index += length;
    }
  }

  asks(one: Asked): void {
    const { change } = one;
    const places = namedBy(change).flatMap((items) => this.among(items));
    if (places.length === 0) return;
    const { pieces, asked } = this.of(one.handle, one.sid);
    asked.push({ ...one, stands: places.map(itemsOf) });
    for (const place of places) {
      const piece = { ...placeOf(place), words: wordsOf(place) };
      if (change.is === 'strike') pieces.push({ ...piece, is: 'del' });
      else if (change.is === 'style') pieces.push({ ...piece, is: 'style', set: change.set });
      else pieces.push({ ...piece, is: 'block', set: change.set });
    }
  }

  suggestions(): Suggestion[] {
    const all = [...this.found.entries()].map(([key, { handle, sid, pieces, asked, pending }]): Suggestion => {
      const sorted = pieces.toSorted((one, other) => this.order(one) - this.order(other) || compare(one.root, other.root) || one.from - other.from || one.to - other.to);
      const order = sorted[0] === undefined ? Infinity : this.order(sorted[0]);
      return { key, handle, sid, pieces: together(sorted), asked, pending, order, print: itemsWritten(answerable({ pending, asked })), rivals: [] };
    });
    const rivals = rivalsAmong(all);
    return all
      .map((one) => ({ ...one, rivals: rivals.get(one.key) ?? [] }))
      .toSorted((one, other) => one.order - other.order || (one.pieces[0]?.from ?? 0) - (other.pieces[0]?.from ?? 0) || compare(one.key, other.key));
  }

  /** Where in the whole a place is; a footnote is where it is referred to. */
  private order({ root, from }: Place): number {
    const note = noteOf(root);
    return note === undefined ? from : (this.notes.get(note) ?? Infinity);
  }

  private of(handle: string, sid: string) {
    const key = `${handle}.${sid}`;
    const known = this.found.get(key) ?? { handle, sid, pieces: [], asked: [], pending: [] };
    this.found.set(key, known);
    return known;
  }

  private comes(handle: string, sid: string, standing: Standing): void {
    const { pieces, pending } = this.of(handle, sid);
    const items = itemsOf(standing);
    pending.push(items);
    this.pending.push(items);
    pieces.push({ ...placeOf(standing), words: wordsOf(standing), is: 'ins' });
  }

  private stands(standing: Standing): void {
    const known = this.standing.get(standing.client) ?? { pieces: [], sorted: false };
    known.pieces.push(standing);
    this.standing.set(standing.client, known);
  }

  /** What of these stands, and where. */
  private among({ client, clock, len }: Items): Standing[] {
    const known = this.standing.get(client);
    if (known === undefined) return [];
    if (!known.sorted) known.pieces.sort((one, other) => one.clock - other.clock);
    known.sorted = true;
    const { pieces } = known;
    let [low, high] = [0, pieces.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const one = pieces[middle];
      if (one !== undefined && one.clock + one.len <= clock) low = middle + 1;
      else high = middle;
    }
    const found: Standing[] = [];
    for (let at = low; at < pieces.length; at += 1) {
      const one = pieces[at];
      if (one === undefined || one.clock >= clock + len) break;
      const from = Math.max(clock, one.clock);
      found.push(partOf(one, { client, clock: from, len: Math.min(clock + len, one.clock + one.len) - from }));
    }
    return found;
  }
}

function partOf(one: Standing, items: Items): Standing {
  const by = items.clock - one.clock;
  return { ...one, ...items, index: one.index + by, before: one.before + (one.isPending ? 0 : by) };
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function placeOf({ root, index, len, before, isPending }: Standing): Place & { plain: Plain } {
  return { root, from: index, to: index + len, plain: { from: before, to: before + (isPending ? 0 : len) } };
}

function itemsOf({ client, clock, len }: Standing): Items {
  return { client, clock, len };
}

function wordsOf({ item, clock, len }: Standing): string {
  const { content, id } = item;
  return content instanceof ContentString ? content.str.slice(clock - id.clock, clock - id.clock + len) : NOTE_SIGN;
}

/** Pieces that go on from one another are one: letters typed in several acts, or struck in several stretches. */
function together(sorted: readonly Piece[]): Piece[] {
  const all: Piece[] = [];
  for (const piece of sorted) {
    const last = all.at(-1);
    const goesOn = last !== undefined && last.is === piece.is && last.root === piece.root && last.to === piece.from && piece.is !== 'block' && sameSet(last, piece);
    if (goesOn) all[all.length - 1] = { ...last, to: piece.to, plain: { from: last.plain.from, to: piece.plain.to }, words: last.words + piece.words };
    else all.push(piece);
  }
  return all;
}

function sameSet(one: Piece, other: Piece): boolean {
  return one.is !== 'style' || other.is !== 'style' || JSON.stringify(one.set) === JSON.stringify(other.set);
}
