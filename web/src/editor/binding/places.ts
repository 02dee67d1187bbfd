// Places in the stored text and in the editor's document. Both are flat, so one is a sum: every letter, footnote and soft return
// is one unit of each, a block has two edges in the document and one paragraph mark in the text.
//
// An index counts units of the text from 0. In block n (from 0) it stands in the document at index + n + 1.
import type { Node } from '@tiptap/pm/model';

export interface Place {
  /** Which block. */
  at: number;
  block: Node;
  /** Where the block begins in the document, before its edge. */
  before: number;
  /** Units of the block before the place; the block's own length before its mark. */
  offset: number;
  pos: number;
}

/** Units of a text that the editor shows as this document, a mark for every block. */
export function lengthOf(doc: Node): number {
  return doc.content.size - doc.childCount;
}

/** Where an index stands; nothing behind the last mark. */
export function placeAt(doc: Node, index: number): Place | undefined {
  let before = 0;
  let offset = index;
  for (let at = 0; at < doc.childCount; at += 1) {
    const block = doc.child(at);
    if (offset <= block.content.size) return { at, block, before, offset, pos: before + 1 + offset };
    offset -= block.content.size + 1;
    before += block.nodeSize;
  }
  return undefined;
}

/** The index of a position; one between two blocks stands behind the mark of the first. */
export function indexOf(doc: Node, pos: number): number {
  const $pos = doc.resolve(pos);
  return $pos.depth === 0 ? pos - $pos.index(0) : pos - $pos.index(0) - 1;
}

/** The index of a block's paragraph mark. */
export function markIndex(doc: Node, before: number): number {
  return indexOf(doc, before + 1) + (doc.nodeAt(before)?.content.size ?? 0);
}

/** Whether a position is within a letter of two units. */
export function cutsLetter(doc: Node, pos: number): boolean {
  const $pos = doc.resolve(pos);
  if ($pos.textOffset === 0) return false;
  return /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(doc.textBetween(pos - 1, pos + 1));
}

/** The position, or the one before the letter it is within. */
export function besideLetter(doc: Node, pos: number): number {
  return cutsLetter(doc, pos) ? pos - 1 : pos;
}
