// What stands in a text, by places: each unit's id, what it is, and how it looks as Yjs reads it.
import { ContentFormat, ContentString, type Text } from 'yjs';
import type { Items } from '../../text/asks';
import type { Attributes } from './attributes';
import { startOf } from './changes';
import { MARK } from './units';

/** Units that follow one another in the text and by their clocks, and look the same. */
export interface Piece extends Items {
  index: number;
  /** Letters and marks; nothing for what is embedded. */
  words: string | undefined;
  attributes: Attributes;
}

export class Standing {
  private readonly pieces: Piece[] = [];
  readonly length: number;

  constructor(text: Text) {
    let attributes: Attributes = {};
    let index = 0;
    for (let item = startOf(text); item !== null; item = item.right) {
      if (item.deleted) continue;
      const { content, id, length } = item;
      if (content instanceof ContentFormat) {
        const { [content.key]: _before, ...others } = attributes;
        attributes = content.value === null ? others : { ...others, [content.key]: content.value };
      }
      if (!item.countable) continue;
      const words = content instanceof ContentString ? content.str : undefined;
      this.pieces.push({ client: id.client, clock: id.clock, len: length, index, words, attributes });
      index += length;
    }
    this.length = index;
  }

  /** What stands from one place to another, parted where it must be. */
  between(from: number, to: number): Piece[] {
    const found: Piece[] = [];
    for (let at = this.at(from); at < this.pieces.length; at += 1) {
      const piece = this.pieces[at];
      if (piece === undefined || piece.index >= to) break;
      const [start, end] = [Math.max(from, piece.index), Math.min(to, piece.index + piece.len)];
      const skipped = start - piece.index;
      found.push({ ...piece, clock: piece.clock + skipped, len: end - start, index: start, words: piece.words?.slice(skipped, end - piece.index) });
    }
    return found;
  }

  /** The unit at a place; nothing where none is. */
  unit(index: number): Piece | undefined {
    return index < 0 ? undefined : this.between(index, index + 1)[0];
  }

  /** Whether a paragraph mark stands there. */
  isMark(index: number): boolean {
    return this.unit(index)?.words === MARK;
  }

  /** Which piece a place is in. */
  private at(index: number): number {
    let [low, high] = [0, this.pieces.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const piece = this.pieces[middle];
      if (piece !== undefined && piece.index + piece.len <= index) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
