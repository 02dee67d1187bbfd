// From a step of the editor to what it does to a text, by places: what one person did, and nothing besides. Pure.
//
// The last paragraph mark is never deleted and nothing comes behind it: a replacement at the end of a document keeps that mark and
// changes what stands before it. A letter of two halves is never taken apart.
import type { Node } from '@tiptap/pm/model';
import { AddMarkStep, AddNodeMarkStep, AttrStep, RemoveMarkStep, RemoveNodeMarkStep, type Step } from '@tiptap/pm/transform';
import { shapeOf } from '../../text/draft';
import { difference, keyOf, paragraphMark, valueOf, type Attributes } from './attributes';
import { cutsLetter, indexOf, markIndex } from './places';
import { alike, isSecondHalf, MARK, unitsOf, type Unit } from './units';

/** One after the other, each at its place in what the ones before have made of the text. */
export type Operation =
  | { is: 'insert'; at: number; units: readonly Unit[] }
  | { is: 'delete'; at: number; length: number }
  | {
      is: 'format';
      at: number;
      length: number;
      set: Attributes;
      /** A mark that closes what stood before it, too, since what was between is gone or something came there. */
      closes?: true;
    };

/** What one step makes of `before`. */
export function operationsOf(step: Step, before: Node, after: Node): Operation[] {
  if (step instanceof AddMarkStep || step instanceof RemoveMarkStep) return letters(step, before);
  if (step instanceof AttrStep) {
    const block = before.nodeAt(step.pos);
    const now = after.nodeAt(step.pos);
    if (block?.type.name !== 'block' || now === null) return [];
    const changed = mark(after, step.pos, paragraphMark(block), paragraphMark(now));
    // Said of a block that is that already: it was to become something else, and is not to any more.
    const again = { is: 'format', at: markIndex(after, step.pos), length: 1, set: { [step.attr]: paragraphMark(now)[step.attr] ?? null } } as const;
    return changed.length === 0 && shapeOf(block.attrs.block) !== undefined ? [again] : changed;
  }
  if (step instanceof AddNodeMarkStep || step instanceof RemoveNodeMarkStep) {
    const value = step instanceof AddNodeMarkStep ? valueOf(step.mark) : null;
    return value === undefined ? [] : [{ is: 'format', at: indexOf(after, step.pos), length: 1, set: { [keyOf(step.mark)]: value } }];
  }
  return replacing(step, before, after);
}

function letters(step: AddMarkStep | RemoveMarkStep, before: Node): Operation[] {
  const adds = step instanceof AddMarkStep;
  const value = valueOf(step.mark);
  if (value === undefined) return [];
  const set = { [keyOf(step.mark)]: adds ? value : null };
  const all: Operation[] = [];
  before.nodesBetween(step.from, step.to, (node, pos) => {
    if (!node.isInline || step.mark.isInSet(node.marks) === adds) return true;
    let [from, to] = [Math.max(step.from, pos), Math.min(step.to, pos + node.nodeSize)];
    if (cutsLetter(before, from)) from -= 1;
    if (cutsLetter(before, to)) to += 1;
    if (from < to) all.push({ is: 'format', at: indexOf(before, from), length: to - from, set });
    return true;
  });
  return all;
}

function mark(doc: Node, before: number, was: Attributes, is: Attributes): Operation[] {
  const set = difference(was, is);
  return set === undefined ? [] : [{ is: 'format', at: markIndex(doc, before), length: 1, set }];
}

function replacing(step: Step, before: Node, after: Node): Operation[] {
  const ranges: Range[] = [];
  step.getMap().forEach((...range) => ranges.push(range));
  const [first, last] = [ranges.at(0), ranges.at(-1)];
  // A step that goes around something is one replacement of the whole; what it goes round is found to be the same.
  return first === undefined || last === undefined ? [] : replace(before, after, [first[0], last[1], first[2], last[3]]);
}

type Range = [from: number, to: number, start: number, end: number];

function replace(before: Node, after: Node, range: Range): Operation[] {
  const [from, to, start, end] = wholeLetters(before, after, range);
  let index = indexOf(after, start);
  const old = unitsOf(before, from, to);
  const now = unitsOf(after, start, end);
  const atEnd = to === before.content.size;
  if (atEnd && index > 0 && !(old.at(-1)?.is === MARK && now.at(-1)?.is === MARK)) {
    old.unshift({ is: MARK, attributes: paragraphMark(before.child(before.resolve(from).index(0) - 1)) });
    now.unshift({ is: MARK, attributes: paragraphMark(after.child(after.resolve(start).index(0) - 1)) });
    index -= 1;
  }
  const all = exchange(index, old, now, atEnd);
  // The mark behind the range may close another kind of block by now: joined blocks keep the kind of the first.
  const [$old, $now] = [before.resolve(to), after.resolve(end)];
  if ($old.depth === 0 || $now.depth === 0) return all;
  const closing = mark(after, $now.before(1), paragraphMark($old.node(1)), paragraphMark($now.node(1)));
  return [...all, ...closing.map((operation) => ({ ...operation, closes: true }) as Operation)];
}

/** An editor that compares what it shows with what it knows may find a change in the middle of a letter: 😀 put before 😁. */
function wholeLetters(before: Node, after: Node, [from, to, start, end]: Range): Range {
  const head = cutsLetter(before, from) || cutsLetter(after, start) ? 1 : 0;
  const tail = cutsLetter(before, to) || cutsLetter(after, end) ? 1 : 0;
  return [from - head, to + tail, start - head, end + tail];
}

/** Makes `now` of `old`, which stands at an index, and touches only what differs. */
function exchange(index: number, old: Unit[], now: Unit[], fromEnd: boolean): Operation[] {
  const [head, tail] = kept(old, now, fromEnd);
  const gone = old.length - head - tail;
  const all: Operation[] = [];
  if (gone > 0) all.push({ is: 'delete', at: index + head, length: gone });
  const units = now.slice(head, now.length - tail);
  if (units.length > 0) all.push({ is: 'insert', at: index + head, units });
  const stay = [...Array.from({ length: head }, (_, at) => [at, at]), ...Array.from({ length: tail }, (_, at) => [old.length - tail + at, now.length - tail + at])];
  for (const [was, is] of stay as [number, number][]) {
    const set = difference(old[was]?.attributes ?? {}, now[is]?.attributes ?? {});
    if (set !== undefined) all.push({ is: 'format', at: index + is, length: 1, set });
  }
  return all;
}

/** How many units at the head and at the tail are the same. */
function kept(old: Unit[], now: Unit[], fromEnd: boolean): [head: number, tail: number] {
  const shorter = Math.min(old.length, now.length);
  const same = (one: Unit | undefined, other: Unit | undefined) => one !== undefined && other !== undefined && alike(one, other);
  let [head, tail] = [0, 0];
  const fromHead = () => {
    while (head < shorter - tail && same(old[head], now[head])) head += 1;
    while (head > 0 && (isSecondHalf(old[head]) || isSecondHalf(now[head]))) head -= 1;
  };
  const fromTail = () => {
    while (tail < shorter - head && same(old[old.length - 1 - tail], now[now.length - 1 - tail])) tail += 1;
    while (tail > 0 && (isSecondHalf(old[old.length - tail]) || isSecondHalf(now[now.length - tail]))) tail -= 1;
  };
  if (fromEnd) fromTail();
  fromHead();
  if (!fromEnd) fromTail();
  return [head, tail];
}
