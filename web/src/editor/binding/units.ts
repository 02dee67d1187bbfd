// What stands between two positions of a document, unit by unit, as it is stored.
import type { Node } from '@tiptap/pm/model';
import { SOFT_RETURN as BREAK } from '../../text/draft';
import { attributesOf, paragraphMark, type Attributes } from './attributes';

export { SOFT_RETURN as BREAK } from '../../text/draft';
/** Closes a block. */
export const MARK = '\n';

/** A letter (in UTF-16 units, as both sides count), a paragraph mark, or what is embedded. */
export interface Unit {
  is: string | Embedded;
  attributes: Attributes;
}

export interface Embedded {
  note: string;
}

/** Units of part of a document; a block's mark belongs to its closing edge. */
export function unitsOf(doc: Node, from: number, to: number): Unit[] {
  const units: Unit[] = [];
  let start = 0;
  for (let at = 0; at < doc.childCount && start < to; at += 1) {
    const block = doc.child(at);
    const end = start + block.nodeSize;
    if (end > from) {
      inside(block, from - start - 1, to - start - 1, units);
      if (from < end && to >= end) units.push({ is: MARK, attributes: paragraphMark(block) });
    }
    start = end;
  }
  return units;
}

function inside(block: Node, from: number, to: number, units: Unit[]): void {
  block.forEach((child, offset) => {
    const [start, end] = [Math.max(from, offset), Math.min(to, offset + child.nodeSize)];
    if (start >= end) return;
    const attributes = attributesOf(child.marks);
    if (child.isText) {
      for (const is of (child.text ?? '').slice(start - offset, end - offset).split('')) units.push({ is, attributes });
    } else if (child.type.name === 'footnote') {
      units.push({ is: { note: String(child.attrs.id) }, attributes });
    } else {
      // What we have no words for is written as nothing but its place is kept by whoever compares.
      units.push({ is: child.type.name === 'break' ? BREAK : { note: '' }, attributes });
    }
  });
}

export function alike({ is: one }: Unit, { is: other }: Unit): boolean {
  return typeof one === 'string' || typeof other === 'string' ? one === other : one.note === other.note;
}

/** The second half of a letter of two. */
export function isSecondHalf(unit: Unit | undefined): boolean {
  return typeof unit?.is === 'string' && unit.is >= '\uDC00' && unit.is <= '\uDFFF';
}
