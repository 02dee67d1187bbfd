// What a comparison says of two texts (server/text/compare/told.rs), as whoever writes the newer one over the older needs it: both sides
// of each row, and the newer one's paragraphs as a draft has them.
import type { Block, BlockFrame, ComparedPiece, ComparedRow, Inline, NoteParagraph } from '../api/types';
import { append, type PastedBlock } from '../paste';
import { blockOf, PARAGRAPH, SOFT_RETURN, type Shape } from '../text/draft';
import { Numbering } from '../text/numbering';

/** A paragraph of both texts. */
export type Pair = Extract<ComparedRow, { row: 'same' | 'changed' | 'moved' }>;

/** What the older text has in a row. */
export function oldOf(row: ComparedRow, rows: readonly ComparedRow[]): Block[] {
  if (row.row === 'removed') return [row.old];
  if (row.row === 'same' || row.row === 'changed') return [{ ...row.old, content: contentOf(row.pieces, 'old') }];
  if (row.row !== 'stood') return [];
  const moved = rows.find((other) => other.row === 'moved' && other.id === row.id) as Extract<Pair, { row: 'moved' }> | undefined;
  return moved === undefined ? [] : [{ ...moved.old, content: contentOf(moved.pieces, 'old') }];
}

/** What the newer text has in a row. */
export function newOf(row: ComparedRow): Block | undefined {
  if (row.row === 'added') return row.new;
  if (row.row === 'removed' || row.row === 'stood') return undefined;
  return { ...row.new, content: contentOf(row.pieces, 'new') };
}

export function contentOf(all: readonly ComparedPiece[], side: 'old' | 'new'): Inline[] {
  return all.flatMap((piece): Inline[] => {
    if (piece.is === 'same') return [...piece.content];
    if (piece.is === 'out') return side === 'old' ? [...piece.content] : [];
    if (piece.is === 'in') return side === 'new' ? [...piece.content] : [];
    if (piece.is === 'styled') return [...piece[side]];
    const content = piece.paragraphs.flatMap((row): NoteParagraph[] => {
      const frame = row[side];
      if (frame === undefined) return [];
      const words = row.pieces.flatMap((inner): Inline[] =>
        inner.is === 'styled' ? inner[side] : inner.is === 'same' || (inner.is === 'in') === (side === 'new') ? inner.content : [],
      );
      return [{ ...frame, content: words.filter((inline) => inline.type !== 'footnote') as NoteParagraph['content'] }];
    });
    return [{ type: 'footnote', number: piece[side], content }];
  });
}

/** The newer text's paragraphs as they are written, each at the place of its row. An item says its number where counting would not. */
export function pastedOf(rows: readonly ComparedRow[]): (PastedBlock | undefined)[] {
  const numbering = new Numbering();
  return rows.map((row) => {
    const block = newOf(row);
    if (block === undefined) return undefined;
    const shape = shapeIn(block);
    const start = startOf(numbering, shape, block.label);
    return { block: blockOf(shape), ...(block.dir !== undefined && { dir: block.dir }), ...(start !== undefined && { start }), content: pastedContent(block.content) };
  });
}

/** A text's heading 1 is the title of a draft, its heading 2 the first kind of heading there. */
function shapeIn({ type, level }: Pick<BlockFrame, 'type' | 'level'>): Shape {
  if (type === 'heading') return (level ?? 1) <= 1 ? { kind: 'title', level: 0 } : { kind: 'heading', level: (level ?? 2) - 1 };
  return { kind: type, level: level ?? 0 };
}

// Nothing that is written has longer lists; what is beyond counts on.
const NUMBERS_MAX = 9_999;

function startOf(numbering: Numbering, shape: Shape, label: string | undefined): number | undefined {
  const counted = numbering.next(shape, null);
  if (shape.kind !== 'ordered' || label === undefined || counted.label === label) return undefined;
  for (let number = 1; number <= NUMBERS_MAX; number += 1) {
    if (new Numbering().next(shape, number).label === label) {
      numbering.next(shape, number);
      return number;
    }
  }
  return undefined;
}

export function pastedContent(content: readonly Inline[]): PastedBlock['content'] {
  const pasted: PastedBlock['content'] = [];
  for (const inline of content) {
    if (inline.type === 'footnote') pasted.push({ note: inline.content.map((one) => ({ block: PARAGRAPH, ...(one.dir !== undefined && { dir: one.dir }), content: pastedContent(one.content) })) });
    else if (inline.type === 'break') append(pasted, { text: SOFT_RETURN });
    else append(pasted, { text: inline.text, ...lettersOf(inline) });
  }
  return pasted;
}

export function lettersOf({ bold, italic, link, lang }: { bold?: boolean; italic?: boolean; link?: string; lang?: string }) {
  return { ...(bold === true && { bold }), ...(italic === true && { italic }), ...(link !== undefined && { link }), ...(lang !== undefined && { lang }) };
}

/** A piece unit for unit, as a document counts it. */
export const rawPiece = (inline: Inline) => (inline.type === 'text' ? inline.text : inline.type === 'break' ? '\n' : '\uFFFC');
