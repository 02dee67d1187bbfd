// Where a passage stands, told by the ids of its first and its last letter. Nothing of it is in the document.
//
// In a flat text no split, join, kind or style replaces a letter. A deleted letter leaves a tombstone where it stood, which Yjs keeps
// however often the text is merged and cleaned. What brings letters back (undo, and redo after it) makes new ones directly before the
// tombstones: a run of letters whose right neighbour, when they came, was the first of those that had gone. So the letter that was
// deleted comes back as the one as far behind the run's beginning as its id is behind that neighbour's; and, because whoever types
// before words that go later leaves such a run, too, only if it is the letter that the quote says.
import { ContentEmbed, ContentString, type Item, type Text } from 'yjs';
import { startOf } from './changes';
import { BREAK, MARK } from './units';

/** A passage as it is told to the server: `client.clock` of its ends, and its words. */
export interface Anchor {
  first: string;
  last: string;
  quote: string;
}

/** Units of the text, the last one not included. */
export interface Stretch {
  from: number;
  to: number;
}

/** What is kept of a passage's words, as the server bounds it (`QUOTE_CHARS_MAX`). */
export const QUOTE_CHARS_MAX = 500;

// As many letters must be the quote's as tell what was typed before a passage from what came back.
const COMPARED = 12;
// Each time words go and come back they come back as others; nobody goes to and fro so often.
const RETURNS_MAX = 100;

/** The letters between two indices. Ends that are no letters are left out; nothing where no letter remains. */
export function anchorOf(text: Text, from: number, to: number): Anchor | undefined {
  let first: string | undefined;
  let last: string | undefined;
  let quote = '';
  let index = 0;
  for (let item = startOf(text); item !== null && index < to; item = item.right) {
    if (item.deleted || !item.countable) continue;
    const { content, length } = item;
    const [start, end] = [Math.max(from - index, 0), Math.min(to - index, length)];
    if (start < end && content instanceof ContentString) {
      const words = content.str.slice(start, end);
      const begin = first === undefined ? words.search(/\S/u) : 0;
      if (begin >= 0) {
        first ??= told(item, start + begin);
        quote += words.slice(begin);
      }
      const trimmed = words.trimEnd().length;
      if (trimmed > 0) last = told(item, start + trimmed - 1);
    }
    index += length;
  }
  return first === undefined || last === undefined ? undefined : { first, last, quote: shortened(quote.replaceAll(BREAK, MARK).trimEnd()) };
}

function told({ id }: Item, offset: number): string {
  return `${id.client}.${id.clock + offset}`;
}

function shortened(quote: string): string {
  if (quote.length <= QUOTE_CHARS_MAX) return quote;
  // Never half a letter.
  return quote.slice(0, /[\uD800-\uDBFF]/u.test(quote.charAt(QUOTE_CHARS_MAX - 1)) ? QUOTE_CHARS_MAX - 1 : QUOTE_CHARS_MAX);
}

interface Letter {
  client: number;
  clock: number;
}

interface Piece extends Letter {
  length: number;
  /** Where it begins in the text; where it would, if it is deleted. */
  index: number;
  /** What stands there; nothing once it is deleted. */
  words: string | undefined;
}

/** Letters that came in one act before the same neighbour. */
interface Run extends Letter {
  length: number;
}

/** One text, read once to find any number of passages in it. */
export class Passages {
  private readonly pieces = new Map<number, Piece[]>();
  private readonly before = new Map<number, { clock: number; run: Run }[]>();
  /** Where footnotes are referred to. */
  readonly notes = new Map<string, number>();

  constructor(text: Text) {
    let index = 0;
    for (let item = startOf(text); item !== null; item = item.right) {
      const { id, length, content, deleted, countable, rightOrigin } = item;
      if (countable || deleted) {
        const words = deleted ? undefined : content instanceof ContentString ? content.str : content instanceof ContentEmbed ? '\uFFFC' : '';
        listOf(this.pieces, id.client).push({ client: id.client, clock: id.clock, length, index, words });
        if (rightOrigin !== null) this.add(rightOrigin, id, length);
        if (!deleted && content instanceof ContentEmbed) this.notes.set(String((content.embed as { note?: unknown }).note), index);
      }
      if (countable && !deleted) index += length;
    }
    for (const pieces of this.pieces.values()) pieces.sort((one, other) => one.clock - other.clock);
  }

  /** Where a passage stands now; nothing where none of its words stands here. */
  find({ first, last, quote }: Anchor): Stretch | undefined {
    const [begin, end] = [first, last].map(letterOf);
    if (begin === undefined || end === undefined) return undefined;
    // A quote that was cut says nothing of the end.
    const isWhole = quote.length < QUOTE_CHARS_MAX - 1;
    const starts = (words: string, at: number) => agree(words.slice(at, at + COMPARED), quote.slice(0, COMPARED));
    const ends = (words: string, at: number) => !isWhole || agree(backwards(words.slice(0, at + 1)), backwards(quote));
    const [from, to] = [this.place(begin, starts), this.place(end, ends)];
    if (from === undefined || to === undefined) return undefined;
    const stretch = { from: from.index, to: to.stands ? to.index + 1 : to.index };
    return stretch.from < stretch.to ? stretch : undefined;
  }

  /** Where a letter stands, came back, or stood. Nothing where it never was. */
  private place(letter: Letter, is: (words: string, at: number) => boolean): { index: number; stands: boolean } | undefined {
    const piece = this.pieceOf(letter);
    if (piece === undefined) return undefined;
    return this.standing(letter, is, RETURNS_MAX) ?? { index: piece.index, stands: false };
  }

  private standing(letter: Letter, is: (words: string, at: number) => boolean, returns: number): { index: number; stands: true } | undefined {
    const piece = this.pieceOf(letter);
    if (piece === undefined || returns === 0) return undefined;
    const at = letter.clock - piece.clock;
    const isFirst = returns === RETURNS_MAX;
    if (piece.words !== undefined) return isFirst || is(piece.words, at) ? { index: piece.index + at, stands: true } : undefined;
    for (const { clock, run } of this.before.get(letter.client) ?? []) {
      const behind = letter.clock - clock;
      if (behind < 0 || behind >= run.length) continue;
      const back = this.standing({ client: run.client, clock: run.clock + behind }, is, returns - 1);
      if (back !== undefined) return back;
    }
    return undefined;
  }

  private pieceOf({ client, clock }: Letter): Piece | undefined {
    const pieces = this.pieces.get(client) ?? [];
    let [low, high] = [0, pieces.length - 1];
    while (low <= high) {
      const middle = (low + high) >> 1;
      const piece = pieces[middle];
      if (piece === undefined) return undefined;
      if (clock < piece.clock) high = middle - 1;
      else if (clock >= piece.clock + piece.length) low = middle + 1;
      else return piece;
    }
    return undefined;
  }

  private add({ client, clock }: Letter, { client: author, clock: begun }: Letter, length: number): void {
    const runs = listOf(this.before, client);
    const last = runs.at(-1);
    // Broken up by what came later, it is one run all the same.
    if (last !== undefined && last.clock === clock && last.run.client === author && last.run.clock + last.run.length === begun) last.run.length += length;
    else runs.push({ clock, run: { client: author, clock: begun, length } });
  }
}

function agree(words: string, quoted: string): boolean {
  const least = Math.min(words.length, quoted.length);
  return least > 0 && words.slice(0, least).replaceAll(BREAK, MARK) === quoted.slice(0, least);
}

/** The last letters, last first. */
function backwards(words: string): string {
  return words.slice(-COMPARED).split('').toReversed().join('');
}

function letterOf(id: string): Letter | undefined {
  const [client, clock] = id.split('.').map(Number);
  return Number.isSafeInteger(client) && Number.isSafeInteger(clock) ? { client: client as number, clock: clock as number } : undefined;
}

function listOf<Key, One>(map: Map<Key, One[]>, key: Key): One[] {
  const known = map.get(key) ?? [];
  map.set(key, known);
  return known;
}
