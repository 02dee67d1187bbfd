// Brackets of one stored text: which there are, and how they are made and resolved. A bracket is a format of letters, named by its id;
// the value tells its alternatives apart. What is typed between its letters is in it. A paragraph mark is in none.
//
// An alternative is added behind the others, a space between. Keeping one takes out the others, with such spaces and with paragraphs
// that say nothing then.
import type { Text } from 'yjs';
import { ALTERNATIVES_MAX, bracketKey, bracketOf, isAlternative } from '../../text/draft';
import type { Attributes } from './attributes';
import type { Stretch as Piece } from './reading';
import { BREAK, MARK } from './units';

/** Units of the text, the last one not included. */
interface Stretch {
  from: number;
  to: number;
}

export interface Alternative {
  number: number;
  words: string;
  stretches: Stretch[];
}

export interface Bracket {
  id: string;
  /** From its first letter to behind its last. */
  from: number;
  to: number;
  /** In the order of their numbers, which is the order they were made in. */
  alternatives: Alternative[];
}

interface Part extends Stretch {
  /** Letters of one line, or a mark; nothing for what is embedded. */
  words: string;
  attributes: Attributes;
}

/** In the order of the text. */
export function bracketsIn(text: Text): Bracket[] {
  const found = new Map<string, Bracket>();
  for (const { from, to, words, attributes } of partsOf(text)) {
    if (words === MARK) continue;
    for (const [key, value] of Object.entries(attributes)) {
      const id = bracketOf(key);
      if (id === undefined || !isAlternative(value)) continue;
      const one = found.get(id) ?? { id, from, to, alternatives: [] };
      found.set(id, one);
      one.to = to;
      const alternative = alternativeOf(one, Number(value));
      const last = alternative.stretches.at(-1);
      const goesOn = last?.to === from;
      alternative.words += (last === undefined || goesOn ? '' : ' ') + words.replaceAll(BREAK, ' ');
      if (goesOn) last.to = to;
      else alternative.stretches.push({ from, to });
    }
  }
  const all = [...found.values()];
  for (const { alternatives } of all) alternatives.sort((one, other) => one.number - other.number);
  return all;
}

/** Puts the letters between two indices into a bracket of that id, without white space at the ends; false where there are none. */
export function bracket(text: Text, { from, to }: Stretch, id: string): boolean {
  const letters = partsOf(text).filter(({ words }) => words !== MARK).flatMap((part): Stretch[] => {
    const [start, end] = [Math.max(from, part.from), Math.min(to, part.to)];
    return start < end ? [{ from: start, to: end }] : [];
  });
  const signs = signsOf(text);
  const said = (index: number) => !/\s/u.test(signs.charAt(index));
  const [first, last] = [letters.flatMap(indices).find(said), letters.flatMap(indices).findLast(said)];
  if (first === undefined || last === undefined) return false;
  for (const { from: start, to: end } of letters) {
    const [begin, stop] = [Math.max(start, first), Math.min(end, last + 1)];
    if (begin < stop) text.format(begin, stop - begin, { [bracketKey(id)]: '0' });
  }
  return true;
}

/** Puts another alternative behind those that are there; false where there is no such bracket, or no number left. */
export function addAlternative(text: Text, id: string, words: string): boolean {
  const found = bracketsIn(text).find((one) => one.id === id);
  const taken = new Set(found?.alternatives.map(({ number }) => number));
  const number = Array.from({ length: ALTERNATIVES_MAX }, (_, index) => index).find((one) => !taken.has(one));
  const plain = words.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim();
  if (found === undefined || number === undefined || plain === '') return false;
  // Within the brackets that this one is within.
  const last = partsOf(text).find(({ to }) => to === found.to)?.attributes ?? {};
  const around = Object.fromEntries(Object.entries(last).filter(([key]) => bracketOf(key) !== undefined && key !== bracketKey(id)));
  text.insert(found.to, ' ', around);
  text.insert(found.to + 1, plain, { ...around, [bracketKey(id)]: String(number) });
  return true;
}

/** Takes the bracket away and leaves its words; false where there is no such bracket. */
export function lift(text: Text, id: string): boolean {
  const found = bracketsIn(text).find((one) => one.id === id);
  found?.alternatives.forEach(({ stretches }) => free(text, id, stretches));
  return found !== undefined;
}

/** Takes the bracket away with every alternative but one; false where that is not there. */
export function keep(text: Text, id: string, number: number): boolean {
  const found = bracketsIn(text).find((one) => one.id === id);
  const kept = found?.alternatives.find((one) => one.number === number);
  if (found === undefined || kept === undefined) return false;
  const gone = goneWith(text, found, number);
  free(text, id, kept.stretches);
  for (const { from, to } of gone.toReversed()) text.delete(from, to - from);
  return true;
}

function free(text: Text, id: string, stretches: readonly Stretch[]): void {
  for (const { from, to } of stretches) text.format(from, to - from, { [bracketKey(id)]: null });
}

/** What goes when one alternative is kept, in the order of the text. */
function goneWith(text: Text, { alternatives }: Bracket, number: number): Stretch[] {
  const gone = new Set<number>();
  const signs = signsOf(text);
  const all = alternatives.flatMap(({ number: of, stretches }) => stretches.map((stretch) => ({ of, ...stretch }))).toSorted((one, other) => one.from - other.from);
  all.forEach(({ of, from, to }, index) => {
    if (of !== number) for (const unit of indices({ from, to })) gone.add(unit);
    const next = all[index + 1];
    if (next === undefined || next.of === of || next.from <= to) return;
    const between = indices({ from: to, to: next.from });
    if (between.every((unit) => signs.charAt(unit) === ' ')) between.forEach((unit) => gone.add(unit));
  });
  let start = 0;
  for (const { from, words } of partsOf(text)) {
    if (words !== MARK) continue;
    const line = indices({ from: start, to: from });
    // The last mark stays.
    if (line.length > 0 && line.every((unit) => gone.has(unit)) && from < text.length - 1) gone.add(from);
    start = from + 1;
  }
  const stretches: Stretch[] = [];
  for (const unit of [...gone].toSorted((one, other) => one - other)) {
    const last = stretches.at(-1);
    if (last?.to === unit) last.to += 1;
    else stretches.push({ from: unit, to: unit + 1 });
  }
  return stretches;
}

function alternativeOf({ alternatives }: Bracket, number: number): Alternative {
  const known = alternatives.find((one) => one.number === number);
  if (known !== undefined) return known;
  const begun = { number, words: '', stretches: [] };
  alternatives.push(begun);
  return begun;
}

/** The text in pieces of one appearance, each mark apart. */
function partsOf(text: Text): Part[] {
  let from = 0;
  return (text.toDelta() as Piece[]).flatMap(({ insert, attributes = {} }) => {
    const pieces = typeof insert === 'string' ? insert.split(/(\n)/u).filter((words) => words !== '') : [''];
    return pieces.map((words): Part => {
      const part = { from, to: from + Math.max(words.length, 1), words, attributes };
      from = part.to;
      return part;
    });
  });
}

/** A sign for every unit. */
function signsOf(text: Text): string {
  return partsOf(text).map(({ words }) => (words === '' ? '\uFFFC' : words)).join('');
}

function indices({ from, to }: Stretch): number[] {
  return Array.from({ length: Math.max(to - from, 0) }, (_, offset) => from + offset);
}
