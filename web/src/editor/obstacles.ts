// What stands in the way of freezing, as far as it can be seen from here: the server's own list (server/statements/obstacles.rs)
// says more, and decides. One press takes away what nobody sees.
import type { Node } from '@tiptap/pm/model';
import type { EditorState, Transaction } from '@tiptap/pm/state';
import type { Place } from '../api/types';
import { countWords } from '../text/count';
import { addressOf, namesAnother } from '../text/link';
import { findUnseen } from '../text/unseen';
import { linesOf, placeOf, posOf, type Line, type NoteWords } from './lines';
import type { Measure } from './measure';

export interface Found {
  code: 'unseen' | 'forbidden-link' | 'link-not-whole' | 'link-names-another' | 'heading-jump' | 'empty-footnote' | 'no-title' | 'second-title' | 'empty' | 'open-bracket' | 'bracket-sign' | 'unknown-node';
  /** Nothing where it is the text as a whole. */
  place?: Place;
  /** What the sentence mentions; a character by its name in words/obstacles. */
  values: Record<string, string>;
}

/** More than anybody looks through; who cleans up sees the next ones. */
const FOUND_MAX = 500;

export function obstaclesIn(doc: Node, words: NoteWords, text: Measure): Found[] {
  const lines = linesOf(doc, words);
  const whole: Found[] = [];
  // Every draft begins with its title; that alone says nothing.
  if (!lines.some((line) => line.level !== 1 && countWords(line.text) > 0)) whole.push({ code: 'empty', values: {} });
  if (text.title === '') whole.push({ code: 'no-title', values: {} });
  const titles = lines.filter((line) => line.level === 1 && line.footnote === undefined && line.text.trim() !== '');
  const found: Found[] = [...whole, ...titles.slice(1, FOUND_MAX).map((line): Found => ({ code: 'second-title', place: placeOf(line, 0, line.text.length), values: {} }))];
  const brackets = new Set<string>();
  for (const line of lines) {
    if (found.length >= FOUND_MAX) break;
    found.push(...unseenIn(line), ...signsIn(line), ...bracketsIn(line, brackets), ...linksIn(line), ...emptyIn(line), ...unknownIn(line));
  }
  return [...found.slice(0, FOUND_MAX), ...jumpsIn(lines).slice(0, FOUND_MAX)];
}

function unseenIn(line: Line): Found[] {
  return findUnseen(line.text).slice(0, FOUND_MAX).map(({ at, length, name, code }) => ({
    code: 'unseen',
    place: placeOf(line, at, length),
    values: { character: name, code },
  }));
}

// By which a version that was restored says that words were in brackets (server/text/from_draft/bracket.rs).
const SIGNS = /[\u27E6\u27E7]/gu;

function signsIn(line: Line): Found[] {
  return [...line.text.matchAll(SIGNS)].map(({ index }) => ({ code: 'bracket-sign', place: placeOf(line, index, 1), values: {} }));
}

/** Each bracket stands in the way once, where its first words are. */
function bracketsIn(line: Line, known: Set<string>): Found[] {
  const here = new Map<string, { at: number; length: number }>();
  for (const { at, length, marks } of line.stretches) {
    for (const { type, attrs } of marks) {
      if (type.name !== 'bracket' || known.has(String(attrs.id))) continue;
      const begun = here.get(String(attrs.id));
      if (begun === undefined) here.set(String(attrs.id), { at, length });
      else if (begun.at + begun.length === at) begun.length += length;
    }
  }
  return [...here].map(([id, { at, length }]) => {
    known.add(id);
    return { code: 'open-bracket', place: placeOf(line, at, length), values: {} };
  });
}

/** A link goes on through words of another appearance. */
function linksIn(line: Line): Found[] {
  const links: { href: string; at: number; length: number }[] = [];
  for (const { at, length, marks } of line.stretches) {
    const mark = marks.find(({ type }) => type.name === 'link');
    if (mark === undefined) continue;
    const href = String(mark.attrs.href ?? '');
    const last = links.at(-1);
    if (last !== undefined && last.href === href && last.at + last.length === at) last.length += length;
    else links.push({ href, at, length });
  }
  return links.flatMap(({ href, at, length }): Found[] => {
    const place = placeOf(line, at, length);
    const words = line.text.slice(at, at + length);
    const whole = addressOf(href);
    if (whole === undefined) return [{ code: 'forbidden-link', place, values: { what: href } }];
    if (whole !== href) return [{ code: 'link-not-whole', place, values: { what: href, whole } }];
    return namesAnother(words, href) ? [{ code: 'link-names-another', place, values: { what: words, opens: href } }] : [];
  });
}

function emptyIn(line: Line): Found[] {
  const empty = line.footnote !== undefined && line.text.trim() === '';
  return empty ? [{ code: 'empty-footnote', place: placeOf(line, 0, 0), values: {} }] : [];
}

function unknownIn(line: Line): Found[] {
  return line.unknown === undefined ? [] : [{ code: 'unknown-node', place: placeOf(line, 0, line.text.length), values: { what: line.unknown } }];
}

/** Levels go down one at a time, from the title on. */
function jumpsIn(lines: Line[]): Found[] {
  const jumps: Found[] = [];
  let after = 1;
  for (const line of lines) {
    if (line.level === 0 || line.footnote !== undefined || line.text.trim() === '') continue;
    const { level, text } = line;
    if (level > after + 1) jumps.push({ code: 'heading-jump', place: placeOf(line, 0, text.length), values: { level: String(level), after: String(after) } });
    after = level;
  }
  return jumps;
}

/** What one press takes away: which characters of which line. What can be seen is for a person to decide. */
function removableIn(line: Line) {
  return findUnseen(line.text).filter(({ mend }) => mend !== 'by-hand');
}

export function removable(doc: Node, words: NoteWords): number {
  return linesOf(doc, words).reduce((sum, line) => sum + removableIn(line).length, 0);
}

/** The body without what nobody sees. */
export function withoutUnseen(state: EditorState, words: NoteWords): Transaction | undefined {
  const goes = linesOf(state.doc, words)
    .filter(({ note }) => note === undefined)
    .flatMap((line) => removableIn(line).map(({ at, length, mend }) => ({ from: posOf(line, at), length, mend })));
  if (goes.length === 0) return undefined;
  const { tr } = state;
  // From the end, so that what is still to go keeps its place.
  for (const { from, length, mend } of goes.toSorted((one, other) => other.from - one.from)) {
    if (mend === 'space') tr.insertText(' ', from, from + length);
    else tr.delete(from, from + length);
  }
  return tr;
}

/** The same in the words of footnotes: in each, what is to go, from its end. An offset there is an index of the note's text. */
export function unseenInNotes(doc: Node, words: NoteWords): { note: string; goes: { at: number; length: number; words: string }[] }[] {
  return linesOf(doc, words).flatMap((line) => {
    const goes = removableIn(line).map(({ at, length, mend }) => ({ at, length, words: mend === 'space' ? ' ' : '' }));
    return line.note === undefined || goes.length === 0 ? [] : [{ note: line.note, goes: goes.toReversed() }];
  });
}
