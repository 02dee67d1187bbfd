// Blocks as they come up while a payload is walked through: what is open, where a number is used up, what was left out.
import { append, blockOf, BLOCKS_MAX, isNote, wordsOf, type LeftOut, type Letters, type NoteRef, type PastedBlock } from './blocks';
import type { Direction } from '../text/draft';
import type { Reading } from './labels';
import { contentsOf, firstStrong, verbatim, type Piece } from './letters';
import type { Found } from './numbering';

/** An item of a list: the first block in it bears the label, the others go on with it. A heading in it ends it. */
export interface Item {
  level: number;
  counts?: { readings: Reading[]; list: string };
  used: boolean;
  headed?: true;
}

/** What a block is that begins here. */
export interface Place {
  kind: 'title' | 'heading' | 'paragraph' | 'quotation' | 'beside' | 'ours';
  level: number;
  item?: Item;
  dir?: Direction;
  /** Of our own: the block with everything but its content. */
  exact?: PastedBlock;
  /** No block of the payload's has begun: the words may melt into others. */
  melts: boolean;
}

export class Gathering {
  readonly found: Found[] = [];
  readonly left = new Set<LeftOut>();
  melts = false;
  private pieces: Piece[] = [];
  private place: Place | undefined;

  /** There was more than may be pasted. */
  get isOver(): boolean {
    return this.left.has('rest');
  }

  add(piece: Piece, place: Place): void {
    this.place ??= place;
    this.pieces.push(piece);
  }

  /** The open block ends here. */
  end(): void {
    const { place, pieces } = this;
    this.place = undefined;
    this.pieces = [];
    if (place === undefined) return;
    if (place.exact !== undefined) {
      this.put({ kind: 'ours', level: 1, exact: { ...place.exact, content: verbatim(pieces) }, content: [] });
      this.melts = place.melts && this.found.length === 1;
      return;
    }
    const contents = contentsOf(pieces, place.melts && this.found.length === 0 ? 'kept' : 'trimmed');
    if (contents.length === 0) return;
    this.melts = place.melts && contents.length === 1 && this.found.length === 0;
    for (const content of contents) this.put(foundAt(place, content));
  }

  /** A block of our own is one even when it is empty. */
  begins(place: Place): void {
    this.end();
    this.place = place;
  }

  leave(what: LeftOut): void {
    this.left.add(what);
  }

  private put(block: Found): void {
    if (this.found.length >= BLOCKS_MAX) this.left.add('rest');
    else this.found.push(block);
  }
}

function foundAt(place: Place, content: (Letters | NoteRef)[]): Found {
  const words = place.kind === 'paragraph' || place.kind === 'beside' ? content : withoutOwnLook(content, place.kind === 'quotation');
  const { item } = place;
  const dir = place.dir !== undefined && place.dir !== (firstStrong(words) ?? 'ltr') ? place.dir : undefined;
  const found: Found = { kind: place.kind, level: place.level, content: words, ...(dir !== undefined && { dir }) };
  if (item === undefined) return found;
  const first = !item.used;
  item.used = true;
  if (place.kind === 'title' || place.kind === 'heading') item.headed = true;
  if (item.headed) return found;
  found.level = item.level;
  found.kind = first ? 'item' : 'continuation';
  if (first && item.counts !== undefined) found.counts = item.counts;
  return found;
}

/** A heading that is bold from end to end, or a quotation in italics, looks as such blocks do and is not marked in itself. */
function withoutOwnLook(content: (Letters | NoteRef)[], quotation: boolean): (Letters | NoteRef)[] {
  const letters = content.filter((one) => !isNote(one) && wordsOf([one]).trim() !== '') as Letters[];
  const bold = !quotation && letters.every((one) => one.bold === true);
  const italic = letters.every((one) => one.italic === true);
  if (!bold && !italic) return content;
  const plain: (Letters | NoteRef)[] = [];
  for (const one of content) {
    if (isNote(one)) {
      plain.push(one);
      continue;
    }
    const { bold: wasBold, italic: wasItalic, ...others } = one;
    append(plain, { ...others, ...(wasBold === true && !bold && { bold: wasBold }), ...(wasItalic === true && !italic && { italic: wasItalic }) });
  }
  return plain;
}

/** The paragraphs of a note: in it everything is one. */
export const asNote = (blocks: Found[]): PastedBlock[] =>
  blocks.map(({ exact, dir, content }) => {
    const said = exact?.dir ?? dir;
    return { block: blockOf('paragraph'), ...(said !== undefined && { dir: said }), content: exact?.content ?? content };
  });
