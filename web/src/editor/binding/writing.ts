// From a step of the editor to operations on the text: what one person did, and nothing besides. Pure but for the text it
// writes to; the caller opens the transaction.
//
// Every insertion names all its attributes, because Yjs lets letters inherit those to their left. The last paragraph mark is
// never deleted and nothing is written behind it: a replacement at the end of a document keeps that mark and changes what stands
// before it. A letter of two halves is never taken apart.
import type { Node } from '@tiptap/pm/model';
import { AddMarkStep, AddNodeMarkStep, AttrStep, RemoveMarkStep, RemoveNodeMarkStep, type Step } from '@tiptap/pm/transform';
import { ContentString, type Text } from 'yjs';
import { difference, keyOf, paragraphMark, valueOf, type Attributes } from './attributes';
import { startOf } from './changes';
import { cutsLetter, indexOf, markIndex } from './places';
import { alike, isSecondHalf, MARK, unitsOf, type Unit } from './units';

/** Writes what one step made of `before`. */
export function write(text: Text, step: Step, before: Node, after: Node): void {
  if (step instanceof AddMarkStep || step instanceof RemoveMarkStep) {
    formatLetters(text, step, before);
  } else if (step instanceof AttrStep) {
    const block = before.nodeAt(step.pos);
    const now = after.nodeAt(step.pos);
    if (block?.type.name === 'block' && now !== null) formatMark(text, after, step.pos, paragraphMark(block), paragraphMark(now));
  } else if (step instanceof AddNodeMarkStep || step instanceof RemoveNodeMarkStep) {
    const value = step instanceof AddNodeMarkStep ? valueOf(step.mark) : null;
    if (value !== undefined) text.format(indexOf(after, step.pos), 1, { [keyOf(step.mark)]: value });
  } else {
    replaceAll(text, step, before, after);
  }
}

/** Gives the text the last mark it should never have lost. */
export function closeLastBlock(text: Text): void {
  if (!isClosed(text)) text.insert(text.length, MARK, {});
}

function isClosed(text: Text): boolean {
  let last: unknown;
  for (let item = startOf(text); item !== null; item = item.right) if (!item.deleted && item.countable) last = item.content;
  return last instanceof ContentString && last.str.endsWith(MARK);
}

function formatLetters(text: Text, step: AddMarkStep | RemoveMarkStep, before: Node): void {
  const adds = step instanceof AddMarkStep;
  const value = valueOf(step.mark);
  if (value === undefined) return;
  const format = { [keyOf(step.mark)]: adds ? value : null };
  before.nodesBetween(step.from, step.to, (node, pos) => {
    if (!node.isInline || step.mark.isInSet(node.marks) === adds) return true;
    let [from, to] = [Math.max(step.from, pos), Math.min(step.to, pos + node.nodeSize)];
    if (cutsLetter(before, from)) from -= 1;
    if (cutsLetter(before, to)) to += 1;
    if (from < to) text.format(indexOf(before, from), to - from, format);
    return true;
  });
}

function formatMark(text: Text, doc: Node, before: number, was: Attributes, is: Attributes): void {
  const changed = difference(was, is);
  if (changed !== undefined) text.format(markIndex(doc, before), 1, changed);
}

function replaceAll(text: Text, step: Step, before: Node, after: Node): void {
  const ranges: Range[] = [];
  step.getMap().forEach((...range) => ranges.push(range));
  const [first, last] = [ranges.at(0), ranges.at(-1)];
  // A step that goes around something is one replacement of the whole; what it goes round is found to be the same.
  if (first !== undefined && last !== undefined) replace(text, before, after, [first[0], last[1], first[2], last[3]]);
}

type Range = [from: number, to: number, start: number, end: number];

function replace(text: Text, before: Node, after: Node, range: Range): void {
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
  exchange(text, index, old, now, atEnd);
  // The mark behind the range may close another kind of block by now: joined blocks keep the kind of the first.
  const [$old, $now] = [before.resolve(to), after.resolve(end)];
  if ($old.depth > 0 && $now.depth > 0) formatMark(text, after, $now.before(1), paragraphMark($old.node(1)), paragraphMark($now.node(1)));
}

/** An editor that compares what it shows with what it knows may find a change in the middle of a letter: 😀 put before 😁. */
function wholeLetters(before: Node, after: Node, [from, to, start, end]: Range): Range {
  const head = cutsLetter(before, from) || cutsLetter(after, start) ? 1 : 0;
  const tail = cutsLetter(before, to) || cutsLetter(after, end) ? 1 : 0;
  return [from - head, to + tail, start - head, end + tail];
}

/** Makes `now` of `old`, which stands at an index, and touches only what differs. */
function exchange(text: Text, index: number, old: Unit[], now: Unit[], fromEnd: boolean): void {
  const [head, tail] = kept(old, now, fromEnd);
  const gone = old.length - head - tail;
  if (gone > 0) text.delete(index + head, gone);
  insert(text, index + head, now.slice(head, now.length - tail));
  const stay = [...Array.from({ length: head }, (_, at) => [at, at]), ...Array.from({ length: tail }, (_, at) => [old.length - tail + at, now.length - tail + at])];
  for (const [was, is] of stay as [number, number][]) {
    const changed = difference(old[was]?.attributes ?? {}, now[is]?.attributes ?? {});
    if (changed !== undefined) text.format(index + is, 1, changed);
  }
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

function insert(text: Text, index: number, units: Unit[]): void {
  let at = index;
  let letters = '';
  let attributes: Attributes = {};
  const flush = () => {
    // What has lost its other half would be another letter for everybody else.
    if (letters !== '') text.insert(at, letters.replaceAll(/\p{Surrogate}/gu, '\uFFFD'), { ...attributes });
    at += letters.length;
    letters = '';
  };
  let wasMark = false;
  for (const unit of units) {
    const isMark = unit.is === MARK;
    if (typeof unit.is !== 'string' || isMark !== wasMark || difference(attributes, unit.attributes) !== undefined) flush();
    ({ attributes } = unit);
    wasMark = isMark;
    if (typeof unit.is === 'string') {
      letters += unit.is;
    } else if (unit.is.note !== '') {
      text.insertEmbed(at, { note: unit.is.note }, { ...attributes });
      at += 1;
    }
  }
  flush();
}
