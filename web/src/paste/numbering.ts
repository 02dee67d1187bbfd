// Which numbers are the text's own. Numbers are not stored, so each that a list showed or that was typed must come back by
// counting: as a numbered paragraph, which counts on through the whole text, wherever it is pasted, or as a list's, which is a
// run of its own and may begin anew.
import { isStart, levelsOf, type Direction } from '../text/draft';
import { blockOf, type Letters, type NoteRef, type PastedBlock } from './blocks';
import type { Reading } from './labels';

const NUMBERED_MAX = levelsOf('numbered');
const LIST_MAX = levelsOf('ordered');

/** A block as it was met, before it is known what its number goes on from. */
export interface Found {
  /** `item` is one of a list; `beside` looks like the rest of one. */
  kind: 'title' | 'heading' | 'paragraph' | 'quotation' | 'continuation' | 'item' | 'beside' | 'ours';
  level: number;
  /** Of an item that counts: what its number can be, and the list it counts in. None of a bullet. */
  counts?: { readings: Reading[]; list: string };
  /** What we wrote ourselves, which stays as it is. */
  exact?: PastedBlock;
  dir?: Direction;
  content: (Letters | NoteRef)[];
}

export function numbered(found: Found[]): PastedBlock[] {
  const placing = new Placing(countingOn(found));
  return found.map((one) => placing.place(one));
}

/** The name of a list whose numbers were typed as words. */
export const typedList = (name: number): string => `typed ${name}`;
const isTyped = (list: string) => list.startsWith('typed ');

/**
 * The lists that are the numbering of the text's paragraphs: those that go on after other words, that write "(a)" below "1.", or
 * that were typed. Others of theirs go on where one has ended.
 */
function countingOn(found: Found[]): Map<string, string> {
  const names = new Map<string, string>();
  const last = new Map<string, number>();
  const numbering = new Set<string>();
  // Which list had come to a number, and can go on from there.
  const ended = new Map<number, string>();
  let running: string | undefined;
  for (const { kind, level, counts } of found) {
    if (kind !== 'item' && kind !== 'continuation' && kind !== 'beside') running = undefined;
    if (kind !== 'item' || counts === undefined) continue;
    const { list, readings } = counts;
    const goesOn = names.get(list) ?? (level > 1 ? running : readings.map(({ value }) => ended.get(value - 1)).find((before) => before !== undefined));
    const name = goesOn ?? list;
    names.set(list, name);
    if (isTyped(list) || (level > 1 && readings.some(({ form }) => form.startsWith('(')))) numbering.add(name);
    if (level > 1) continue;
    const next = (last.get(name) ?? 0) + 1;
    const value = chosen(readings, next);
    if (goesOn !== undefined && running === undefined && value === next) numbering.add(name);
    if (ended.get(next - 1) === name) ended.delete(next - 1);
    ended.set(value, name);
    last.set(name, value);
    running = name;
  }
  return new Map([...names].filter(([, name]) => numbering.has(name)));
}

/** The reading that counts on, or the one that begins. */
function chosen(readings: Reading[], next: number): number {
  return (readings.find(({ value }) => value === next) ?? readings.find(({ value }) => value === 1) ?? readings[0])?.value ?? next;
}

/** An item that others can stand below, by its level where it was met and by the one it got. */
interface Above {
  at: number;
  level: number;
  numbered: boolean;
}

/** Gives each block its place, in order: how a list goes on depends on what stands before. */
class Placing {
  private above: Above[] = [];
  /** The last number at each level of the list that is open. */
  private counters: number[] = [];
  /** Numbered paragraphs count through the whole text: a row that begins anew cannot be among them. */
  private count = 0;
  private readonly apart = new Set<string>();
  private readonly last = new Map<string, number>();

  constructor(private readonly numbering: Map<string, string>) {}

  place(one: Found): PastedBlock {
    if (one.exact !== undefined) {
      this.endList();
      return one.exact;
    }
    const [block, start] = this.block(one);
    return { block, ...(one.dir !== undefined && { dir: one.dir }), ...(start !== undefined && { start }), content: one.content };
  }

  private block(one: Found): [block: string, start?: number] {
    if (one.kind === 'item') return this.item(one);
    if (one.kind === 'continuation' || one.kind === 'beside') {
      const above = this.above.findLast(({ at }) => one.kind === 'beside' || at <= one.level);
      if (above !== undefined) return [blockOf('continuation', above.level)];
      return one.kind === 'beside' ? ['paragraph'] : [blockOf('continuation', one.level)];
    }
    this.endList();
    // What we wrote ourselves has been placed.
    return [one.kind === 'ours' ? 'paragraph' : blockOf(one.kind, one.level)];
  }

  private item(one: Found): [block: string, start?: number] {
    this.above = this.above.filter(({ at }) => at < one.level);
    const parent = this.above.at(-1);
    const level = this.isNumbered(one, parent) ? numberedLevel(one, parent) : undefined;
    if (level !== undefined && level <= NUMBERED_MAX) {
      this.above.push({ at: one.level, level, numbered: true });
      this.counters = [];
      return [blockOf('numbered', level)];
    }
    return this.listItem(one, parent);
  }

  private isNumbered({ level, counts }: Found, parent: Above | undefined): boolean {
    const name = this.numbering.get(counts?.list ?? '');
    if (name === undefined || counts === undefined) return false;
    if (level === 1) {
      const value = chosen(counts.readings, (this.last.get(name) ?? 0) + 1);
      this.last.set(name, value);
      if (this.count > 0 && value !== this.count + 1) this.apart.add(name);
      if (!this.apart.has(name)) this.count = value;
    }
    return !this.apart.has(name) && parent?.numbered !== false;
  }

  private listItem(one: Found, parent: Above | undefined): [block: string, start?: number] {
    // Below a numbered paragraph a list begins at its own first level.
    const under = parent?.numbered === true ? 1 : Math.max((parent?.level ?? 0) + 1, one.level);
    const level = Math.min(LIST_MAX, under);
    this.above.push({ at: one.level, level, numbered: false });
    this.counters = this.counters.slice(0, level + 1);
    if (one.counts === undefined) {
      this.counters[level] = 0;
      return [blockOf('bullet', level)];
    }
    const next = (this.counters[level] ?? 0) + 1;
    const value = chosen(one.counts.readings, next);
    const says = value !== next && isStart(value);
    this.counters[level] = says ? value : next;
    return says ? [blockOf('ordered', level), value] : [blockOf('ordered', level)];
  }

  private endList(): void {
    this.above = [];
    this.counters = [];
  }
}

/** A typed label says its level; in a list it is the next below. */
function numberedLevel({ level, counts }: Found, parent: Above | undefined): number {
  return parent === undefined || isTyped(counts?.list ?? '') ? level : parent.level + 1;
}
