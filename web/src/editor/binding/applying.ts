// From changes of the text to steps of the editor's document: as small as they were made, so that carets, decorations, an open
// footnote and an input method stand through them.
//
// A text may lack its last mark (nobody of ours deletes it): then the words behind the last mark are a block all the same,
// `open` at its end, and an open block that is empty is shown only where there is no other.
import { Fragment, Slice, type Mark, type Node, type Schema } from '@tiptap/pm/model';
import type { Transaction } from '@tiptap/pm/state';
import { AddMarkStep, AddNodeMarkStep, AttrStep, RemoveMarkStep, RemoveNodeMarkStep, ReplaceStep } from '@tiptap/pm/transform';
import { blockAttributes, keyOf, markOf, type Attributes, type BlockAttributes } from './attributes';
import type { Change } from './changes';
import { lengthOf, placeAt, type Place } from './places';
import { inlineOf } from './reading';
import { MARK } from './units';

/** Adds to `tr` what leads from the document before to the document now. `length` is that of the text now. */
export function apply(tr: Transaction, changes: readonly Change[], length: number): void {
  new Applying(tr, length, changes).all();
}

class Applying {
  private readonly schema: Schema;
  /** Units of the text, as far as it has been applied. */
  private total: number;
  /** The last block has no mark. */
  private open: boolean;
  private index = 0;

  constructor(
    private readonly tr: Transaction,
    length: number,
    private readonly changes: readonly Change[],
  ) {
    this.schema = tr.doc.type.schema;
    this.total = length;
    for (const change of changes) {
      if ('inserted' in change) this.total -= units(change.inserted);
      if ('deleted' in change) this.total += change.deleted;
    }
    this.open = lengthOf(tr.doc) !== this.total;
  }

  all(): void {
    for (const change of this.changes) {
      if ('kept' in change) {
        if (change.formatted !== undefined) this.format(change.kept, change.formatted);
        this.index += change.kept;
      } else if ('deleted' in change) {
        this.delete(change.deleted);
      } else {
        this.insert(change.inserted, change.attributes);
      }
    }
    const { doc } = this.tr;
    if (this.open && doc.childCount > 1 && doc.lastChild?.content.size === 0) {
      this.replace(doc.content.size - doc.lastChild.nodeSize, doc.content.size);
    }
  }

  private replace(from: number, to: number, slice: Slice = Slice.empty): void {
    this.tr.step(new ReplaceStep(from, to, slice));
  }

  private block(attributes: BlockAttributes): Node {
    return this.schema.node('block', { ...attributes });
  }

  /** The place of the present index; there is a block for it. */
  private here(): Place {
    if (this.index === this.total && !this.open) {
      const end = this.tr.doc.content.size;
      this.replace(end, end, new Slice(Fragment.from(this.block(blockAttributes(undefined))), 0, 0));
      this.open = true;
    }
    return this.placeOf(this.index);
  }

  private placeOf(index: number): Place {
    const place = placeAt(this.tr.doc, index);
    if (place === undefined) throw new RangeError(`no place ${index} in a text of ${this.total}`);
    return place;
  }

  private insert(inserted: unknown, attributes: Attributes): void {
    if (typeof inserted !== 'string') {
      this.insertInline(inserted, attributes, 1);
      return;
    }
    const parts = inserted.split(MARK);
    parts.forEach((part, at) => {
      if (part !== '') this.insertInline(part, attributes, part.length);
      if (at < parts.length - 1) this.insertMark(blockAttributes(attributes));
    });
  }

  private insertInline(inserted: unknown, attributes: Attributes, length: number): void {
    const { pos } = this.here();
    this.replace(pos, pos, new Slice(Fragment.from(inlineOf(this.schema, inserted, attributes)), 0, 0));
    this.index += length;
    this.total += length;
  }

  private insertMark(attributes: BlockAttributes): void {
    const place = this.here();
    if (this.open && this.index === this.total) {
      this.become(place.before, attributes);
      this.open = false;
    } else if (place.offset === 0) {
      // A whole new block before; the old one is not touched.
      this.replace(place.before, place.before, new Slice(Fragment.from(this.block(attributes)), 0, 0));
    } else {
      const rest = place.block.attrs as BlockAttributes;
      this.replace(place.pos, place.pos, new Slice(Fragment.from([this.block(attributes), this.block(rest)]), 1, 1));
      this.become(place.before, attributes);
    }
    this.index += 1;
    this.total += 1;
  }

  /** Changes what a block is, and moves no position. */
  private become(before: number, attributes: BlockAttributes): void {
    const block = this.tr.doc.nodeAt(before);
    for (const key of ['block', 'dir', 'start'] as const) {
      if (block?.attrs[key] !== attributes[key]) this.tr.step(new AttrStep(before, key, attributes[key]));
    }
  }

  private delete(length: number): void {
    const from = this.placeOf(this.index);
    const { doc } = this.tr;
    if (!this.open && this.index + length === this.total) {
      if (from.offset === 0 && from.before > 0) {
        this.replace(from.before, doc.content.size);
      } else {
        // The last mark goes: what is left of its block stays open.
        const end = doc.content.size - 1;
        if (end > from.pos) this.replace(from.pos, end);
        this.become(from.before, blockAttributes(undefined));
        this.open = true;
      }
    } else {
      const to = this.placeOf(this.index + length);
      if (from.at === to.at) {
        this.replace(from.pos, to.pos);
      } else if (from.offset === 0) {
        // Whole blocks, then the head of the one that stays.
        this.replace(from.before, to.before);
        if (to.offset > 0) this.replace(from.before + 1, from.before + 1 + to.offset);
      } else {
        this.replace(from.pos, to.pos);
        this.become(from.before, to.block.attrs as BlockAttributes);
      }
    }
    this.total -= length;
  }

  private format(length: number, formatted: Attributes): void {
    const end = this.index + length;
    for (let at = this.index; at < end; ) {
      const place = placeAt(this.tr.doc, at);
      if (place === undefined) return;
      const letters = Math.min(end - at, place.block.content.size - place.offset);
      if (letters > 0) this.formatInline(place, letters, formatted);
      at += letters;
      if (at < end) {
        if (!(this.open && at === this.total)) this.become(place.before, { ...(place.block.attrs as BlockAttributes), ...ofBlock(formatted) });
        at += 1;
      }
    }
  }

  private formatInline({ block, before, offset }: Place, length: number, formatted: Attributes): void {
    block.nodesBetween(offset, offset + length, (node, pos) => {
      const from = before + 1 + Math.max(pos, offset);
      const to = before + 1 + Math.min(pos + node.nodeSize, offset + length);
      for (const key of Object.keys(formatted).toSorted()) {
        const old = node.marks.find((mark) => keyOf(mark) === key);
        const now = markOf(this.schema, key, formatted[key]);
        this.exchangeMark(node, [from, to], old, now);
        if (now?.type.name === 'bracket') this.sortBrackets(node, [from, to], now);
      }
      return false;
    });
  }

  /** Brackets of one letter stand in the order of their ids, whichever came first: those behind this one come again. */
  private sortBrackets(node: Node, range: [number, number], now: Mark): void {
    for (const mark of node.marks) {
      if (mark.type !== now.type || keyOf(mark) <= keyOf(now)) continue;
      this.exchangeMark(node, range, mark, undefined);
      this.exchangeMark(node, range, undefined, mark);
    }
  }

  private exchangeMark(node: Node, [from, to]: [number, number], old: Mark | undefined, now: Mark | undefined): void {
    if (old === now || (old !== undefined && now !== undefined && old.eq(now))) return;
    if (node.isText) {
      if (old !== undefined) this.tr.step(new RemoveMarkStep(from, to, old));
      if (now !== undefined) this.tr.step(new AddMarkStep(from, to, now));
    } else {
      if (old !== undefined) this.tr.step(new RemoveNodeMarkStep(from, old));
      if (now !== undefined) this.tr.step(new AddNodeMarkStep(from, now));
    }
  }
}

/** Of a change of format, what it says of a block. */
function ofBlock(formatted: Attributes): Partial<BlockAttributes> {
  const { block, dir, start } = blockAttributes(formatted);
  return { ...('block' in formatted ? { block } : {}), ...('dir' in formatted ? { dir } : {}), ...('start' in formatted ? { start } : {}) };
}

function units(inserted: unknown): number {
  return typeof inserted === 'string' ? inserted.length : 1;
}
