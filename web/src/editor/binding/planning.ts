// What operations on a text become where their writer only suggests: which units are struck, which are one's own proposed ones and go,
// what comes, and what is asked of units that stay. Nothing is written here.
import type { BlockLooks, Styles } from '../../text/asks';
import { isDirection, isStart, PARAGRAPH, shapeOf } from '../../text/draft';
import type { Attributes } from './attributes';
import type { Change } from './changes';
import { Layout, type Claim } from './layout';
import type { Operation } from './operations';
import type { Said } from './said';
import { Standing, type Piece } from './standing';
import { MARK, type Unit } from './units';
import { Wishes } from './wishes';

/** Units of the text before, by their places there, or new ones, which look like what they stand behind. */
export type Settled = { is: 'stays' | 'struck' | 'goes'; from: number; length: number } | { is: 'new'; units: readonly Unit[]; looks: Attributes; asks: NewAsk[] };

/** What is to be different about new units. */
export type NewAsk = { from: number; length: number; set: Styles } | { from: number; looks: BlockLooks };

/** Which way a caret takes letters away. */
export type Way = 'backward' | 'forward';

const STYLES = ['bold', 'italic', 'lang', 'link'] as const;
const TOGGLED: ReadonlySet<string> = new Set(['bold', 'italic']);

/** Units of a text, the last not included. */
export interface Stretch {
  from: number;
  to: number;
}

export class Planning {
  readonly standing: Standing;
  readonly wishes: Wishes;
  readonly settled: readonly Settled[];
  /** Where anything happens, in the text before and in the text after. */
  readonly touches: Stretch;
  readonly leaves: Stretch;
  private readonly layout: Layout;
  /** Where a caret comes to stand that goes on beyond what is struck. */
  private beyond: number | undefined;

  constructor(
    text: ConstructorParameters<typeof Standing>[0],
    readonly said: Said,
    private readonly own: string,
    operations: readonly Operation[],
    way?: Way,
  ) {
    this.standing = new Standing(text);
    this.wishes = new Wishes(said, own);
    this.layout = this.laidOut(operations, way);
    this.settled = this.settles();
    this.settled.forEach((run, at) => {
      if (run.is === 'new') run.asks.push(...this.asksOf(run, at));
    });
    this.asksStyles();
    this.asksBlocks();
    [this.touches, this.leaves] = this.extents();
    if (this.beyond !== undefined && way !== undefined && this.leaves.from <= this.leaves.to) this.beyond = way === 'backward' ? this.leaves.from : this.leaves.to;
  }

  /** What becomes of the stored text. */
  get changes(): Change[] {
    return this.settled.flatMap((run): Change[] => {
      if (run.is === 'goes') return [{ deleted: run.length }];
      return run.is === 'new' ? inserted(run.units, run.looks) : [{ kept: run.length }];
    });
  }

  /** Units of the text afterwards. */
  get length(): number {
    return this.settled.reduce((sum, run) => sum + stands(run), 0);
  }

  get isEmpty(): boolean {
    return this.wishes.isEmpty && this.settled.every(({ is }) => is === 'stays' || is === 'struck');
  }

  /** Where a place is afterwards, told in what the operations would have made of the text; beside struck words on this side of them. */
  place(index: number, side: Way): number {
    if (this.beyond !== undefined) return this.beyond;
    let [edited, stored, behind, behindNew] = [0, 0, 0, false];
    // What has just come is written on, whatever is struck behind it.
    const between = () => (behindNew || side === 'backward' ? behind : stored);
    for (const run of this.settled) {
      const length = run.is === 'stays' || run.is === 'new' ? stands(run) : 0;
      if (length > 0) {
        if (index === edited) return between();
        if (index < edited + length) return stored + index - edited;
        edited += length;
        [behind, behindNew] = [stored + length, run.is === 'new'];
      }
      stored += stands(run);
    }
    return between();
  }

  // ---- which units

  /** A caret among words one has struck already goes on beyond them. */
  private laidOut(operations: readonly Operation[], way: Way | undefined): Layout {
    const layout = new Layout(this.standing.length);
    for (const operation of operations) layout.perform(operation);
    if (way === undefined) return layout;
    const gone = layout.all().flatMap((run) => (run.is === 'gone' ? [run] : []));
    const isOld = ({ from, length }: { from: number; length: number }) => this.standing.between(from, from + length).every((piece) => this.wishes.strikes.parts(piece).every(({ within }) => within));
    const [first, last] = [gone[0], gone.at(-1)];
    if (first === undefined || last === undefined || layout.all().some(({ is }) => is === 'new') || !gone.every(isOld)) return layout;
    const further = new Layout(this.standing.length);
    this.beyond = way === 'backward' ? first.from : last.from + last.length;
    const next = this.letterBeyond(this.beyond, way);
    if (next !== undefined) further.perform({ is: 'delete', at: next.from, length: next.to - next.from });
    return further;
  }

  /** The next letter that one has not struck. */
  private letterBeyond(start: number, way: Way): Stretch | undefined {
    const step = way === 'backward' ? -1 : 1;
    let at = way === 'backward' ? start - 1 : start;
    const isOld = (index: number) => {
      const unit = this.standing.unit(index);
      return unit !== undefined && this.wishes.strikes.has(unit.client, unit.clock);
    };
    while (isOld(at)) at += step;
    if (this.standing.unit(at) === undefined) return undefined;
    let end = at;
    const words = (from: number, to: number) => this.standing.between(from, to + 1).map((piece) => piece.words ?? '\uFFFC').join('');
    // Signs that are one to a reader go as one.
    for (let next = at + step; this.standing.unit(next) !== undefined && !isOld(next) && Math.abs(next - at) <= SIGNS_MAX; next += step) {
      const [from, to] = way === 'backward' ? [next, at] : [at, next];
      if (isOneSign(words(from, to))) end = next;
    }
    return { from: Math.min(at, end), to: Math.max(at, end) + 1 };
  }

  private settles(): Settled[] {
    let looks: Attributes = {};
    return this.layout.all().flatMap((run): Settled[] => {
      if (run.is === 'new') return run.units.length === 0 ? [] : [{ is: 'new', units: run.units, looks, asks: [] }];
      const runs = run.is === 'stays' ? [{ ...run, is: 'stays' as const }] : this.goes(run.from, run.from + run.length);
      const last = runs.findLast(({ is }) => is !== 'goes');
      looks = last === undefined ? looks : (this.standing.unit(last.from + last.length - 1)?.attributes ?? looks);
      return runs;
    });
  }

  /** Units that would go: one's own that nobody has answered do; all others are struck. The last mark stays. */
  private goes(from: number, to: number): { is: 'stays' | 'struck' | 'goes'; from: number; length: number }[] {
    const isLast = to === this.standing.length && this.standing.isMark(to - 1);
    const end = isLast ? to - 1 : to;
    const runs = this.standing.between(from, end).flatMap((piece) => {
      const isOwn = this.said.proposes.get(piece.client) === this.own;
      const parts = isOwn ? this.said.settled.parts(piece) : [{ ...piece, within: true }];
      return parts.map((part) => {
        const items = { client: part.client, clock: part.clock, len: part.len };
        if (part.within) this.wishes.strike(this.wishes.strikes.parts(items).filter(({ within }) => !within));
        return { is: part.within ? ('struck' as const) : ('goes' as const), from: piece.index + part.clock - piece.clock, length: part.len };
      });
    });
    return isLast ? [...runs, { is: 'stays', from: end, length: 1 }] : runs;
  }

  // ---- what is asked

  private asksOf({ units, looks }: { units: readonly Unit[]; looks: Attributes }, at: number): NewAsk[] {
    const asks: NewAsk[] = [];
    // Where a struck mark joins blocks, the first says what the next mark is to be that stands; unless that is asked to be something.
    let joins = [...this.backwards(at - 1)].some(({ is, isMark }) => isMark && is === 'struck');
    units.forEach(({ is, attributes }, from) => {
      if (is === MARK) {
        const wanted = looksOf(attributes);
        if (joins || !sameLooks(wanted, looksOf(looks))) asks.push({ from, looks: wanted });
        joins = false;
        return;
      }
      const set: Styles = {};
      for (const name of STYLES) if ((attributes[name] ?? null) !== (looks[name] ?? null)) set[name] = (attributes[name] ?? null) as string | true | null;
      if (Object.keys(set).length === 0) return;
      const last = asks.at(-1);
      if (last !== undefined && 'set' in last && last.from + last.length === from && JSON.stringify(last.set) === JSON.stringify(set)) last.length += 1;
      else asks.push({ from, length: 1, set });
    });
    return asks;
  }

  private asksStyles(): void {
    for (const name of STYLES) {
      const claims = this.layout.claims.filter(({ set }) => name in set);
      const wishes = claims.flatMap((claim) =>
        this.letters(claim, name).map((piece) => {
          const stored = (piece.attributes[name] ?? null) as string | true | null;
          return { piece, value: (claim.set[name] ?? null) as string | true | null, stored, asked: this.wishes.styleOf(piece, name) ?? stored };
        }),
      );
      // A key that makes letters bold takes that back where one has asked for it already.
      const again = TOGGLED.has(name) && wishes.every(({ value, asked }) => asked === value);
      const becomes = new Map<string | true | null | undefined, Piece[]>();
      for (const { piece, value, stored, asked } of wishes) {
        const wanted = again ? (value === null ? true : null) : value;
        if (wanted === asked) continue;
        const set = wanted === stored ? undefined : wanted;
        becomes.set(set, [...(becomes.get(set) ?? []), piece]);
      }
      for (const [set, pieces] of becomes) this.wishes.style(pieces.map(({ client, clock, len }) => ({ client, clock, len })), name, set);
    }
  }

  /** Letters and footnotes' places of a claim that stay, parted where one has asked different things of them. */
  private letters(claim: Claim, name: keyof Styles): Piece[] {
    return this.staying(claim).flatMap((piece) => {
      const found: Piece[] = [];
      let begun: { at: number; asked: unknown } | undefined;
      for (let at = 0; at <= piece.len; at += 1) {
        const isLetter = at < piece.len && piece.words?.[at] !== MARK;
        const asked = isLetter ? this.wishes.styleOf({ ...piece, clock: piece.clock + at }, name) : undefined;
        if (begun !== undefined && (!isLetter || begun.asked !== asked)) {
          found.push({ ...piece, clock: piece.clock + begun.at, len: at - begun.at, index: piece.index + begun.at, words: piece.words?.slice(begun.at, at) });
          begun = undefined;
        }
        if (isLetter) begun ??= { at, asked };
      }
      return found;
    });
  }

  private staying({ from, length }: { from: number; length: number }): Piece[] {
    return this.settled.flatMap((run) => {
      if (run.is !== 'stays') return [];
      const [start, end] = [Math.max(from, run.from), Math.min(from + length, run.from + run.length)];
      return start < end ? this.standing.between(start, end) : [];
    });
  }

  private asksBlocks(): void {
    const wanted = new Map<number, BlockLooks>();
    const now = (index: number): BlockLooks => wanted.get(index) ?? this.looksAt(index);
    for (const claim of this.layout.claims) {
      if (!('block' in claim.set || 'dir' in claim.set || 'start' in claim.set)) continue;
      for (const piece of this.staying(claim)) {
        for (let at = 0; at < piece.len; at += 1) {
          const index = piece.index + at;
          if (piece.words?.[at] === MARK && !(claim.closes && this.joins(index) !== 'nothing')) wanted.set(index, { ...now(index), ...looksSet(claim.set) });
        }
      }
    }
    // Where one's own mark goes, its block goes on in the next; whoever accepts it would see nothing of it.
    for (const { index, looks } of this.joinedByOwn()) wanted.set(index, looks);
    for (const [index, looks] of wanted) {
      const mark = this.standing.unit(index);
      if (mark === undefined || sameLooks(looks, this.looksAt(index))) continue;
      this.wishes.block({ client: mark.client, clock: mark.clock, len: 1 }, sameLooks(looks, looksOf(mark.attributes)) ? undefined : looks);
    }
  }

  /** What a mark is to its writer. */
  private looksAt(index: number): BlockLooks {
    const mark = this.standing.unit(index);
    return mark === undefined ? looksOf({}) : (this.wishes.looksOf(mark) ?? looksOf(mark.attributes));
  }

  /** Which marks before this one, behind the last that stays, are struck or go. */
  private joins(index: number): 'nothing' | 'struck' | 'own' {
    let found: 'nothing' | 'struck' | 'own' = 'nothing';
    for (const unit of this.before(index)) {
      if (!unit.isMark) continue;
      if (unit.is === 'struck') return 'struck';
      found = 'own';
    }
    return found;
  }

  private joinedByOwn(): { index: number; looks: BlockLooks }[] {
    const found: { index: number; looks: BlockLooks }[] = [];
    this.settled.forEach((run, at) => {
      if (run.is !== 'goes' || !this.hasMark(run)) return;
      const index = this.nextMark(at);
      if (index === undefined || this.joins(index) !== 'own') return;
      let holdsWords = false;
      const first = [...this.before(index)].toReversed().find((unit) => {
        holdsWords ||= !unit.isMark && unit.is !== 'struck' && unit.is !== 'goes';
        return unit.isMark && holdsWords;
      });
      if (first !== undefined) found.push({ index, looks: this.looksAt(first.index) });
    });
    return found;
  }

  private hasMark({ from, length }: { from: number; length: number }): boolean {
    return this.standing.between(from, from + length).some(({ words }) => words?.includes(MARK) === true);
  }

  /** The first mark that stays behind a run; nothing where a new one comes first. */
  private nextMark(at: number): number | undefined {
    for (const run of this.settled.slice(at + 1)) {
      if (run.is === 'new' && run.units.some(({ is }) => is === MARK)) return undefined;
      if (run.is !== 'stays') continue;
      for (const piece of this.standing.between(run.from, run.from + run.length)) {
        const within = piece.words?.indexOf(MARK) ?? -1;
        if (within >= 0) return piece.index + within;
      }
    }
    return undefined;
  }

  /** What stands before a mark that stays, last first, up to the mark before it that does. */
  private before(index: number): Generator<{ is: Settled['is']; isMark: boolean; index: number }> {
    return this.backwards(this.settled.findIndex((run) => run.is === 'stays' && run.from <= index && index < run.from + run.length), index);
  }

  private *backwards(start: number, end = Infinity): Generator<{ is: Settled['is']; isMark: boolean; index: number }> {
    for (let at = start; at >= 0; at -= 1) {
      const run = this.settled[at];
      if (run === undefined) return;
      if (run.is === 'new') {
        for (const { is } of run.units.toReversed()) {
          if (is === MARK) return;
          yield { is: 'new', isMark: false, index: -1 };
        }
        continue;
      }
      for (let index = Math.min(run.from + run.length, end) - 1; index >= run.from; index -= 1) {
        const unit = this.standing.unit(index);
        const isStruck = unit !== undefined && this.wishes.strikes.has(unit.client, unit.clock);
        const is = run.is === 'stays' && isStruck ? 'struck' : run.is;
        const isMark = unit?.words === MARK;
        if (isMark && is === 'stays') return;
        yield { is, isMark, index };
      }
    }
  }

  private extents(): [Stretch, Stretch] {
    let [before, after] = [0, 0];
    const [touches, leaves] = [{ from: Infinity, to: 0 }, { from: Infinity, to: 0 }];
    const claimed = this.layout.claims.map(({ from, length }) => ({ from, to: from + length }));
    const grow = (stretch: Stretch, from: number, to: number) => [stretch.from, stretch.to] = [Math.min(stretch.from, from), Math.max(stretch.to, to)];
    for (const run of this.settled) {
      const [was, is] = [run.is === 'new' ? 0 : run.length, stands(run)];
      if (run.is === 'stays') {
        for (const { from, to } of claimed) {
          const [start, end] = [Math.max(from, run.from), Math.min(to, run.from + run.length)];
          if (start >= end) continue;
          grow(touches, start, end);
          grow(leaves, after + start - run.from, after + end - run.from);
        }
      } else {
        grow(touches, before, before + was);
        grow(leaves, after, after + is);
      }
      before += was;
      after += is;
    }
    return [touches, leaves];
  }
}

// Letters that a reader sees as one, a flag or a family: no more units than these.
const SIGNS_MAX = 24;
const SIGNS = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

function isOneSign(words: string): boolean {
  return [...SIGNS.segment(words)].length === 1;
}

function stands(run: Settled): number {
  return run.is === 'goes' ? 0 : run.is === 'new' ? run.units.length : run.length;
}

function inserted(units: readonly Unit[], attributes: Attributes): Change[] {
  const changes: Change[] = [];
  for (const { is } of units) {
    const last = changes.at(-1);
    if (typeof is === 'string' && last !== undefined && 'inserted' in last && typeof last.inserted === 'string') last.inserted += is;
    else changes.push({ inserted: typeof is === 'string' ? is : { note: is.note }, attributes });
  }
  return changes;
}

/** What a mark says, as far as it means anything. */
export function looksOf({ block, dir, start }: Attributes): BlockLooks {
  return {
    block: typeof block === 'string' && block !== PARAGRAPH && shapeOf(block) !== undefined ? block : null,
    dir: isDirection(dir) ? dir : null,
    start: isStart(start) ? start : null,
  };
}

function looksSet(set: Attributes): Partial<BlockLooks> {
  const looks = looksOf(set);
  return Object.fromEntries(Object.entries(looks).filter(([name]) => name in set));
}

function sameLooks(one: BlockLooks, other: BlockLooks): boolean {
  return one.block === other.block && one.dir === other.dir && one.start === other.start;
}
