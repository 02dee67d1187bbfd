// Where words stand in a draft, block by block with its footnotes, and what replacing them changes. A line is searched whole: a change
// of appearance in a word does not hide it, and neither does a footnote's number. Pure.
import type { Mark, Node } from '@tiptap/pm/model';
import type { EditorState, Transaction } from '@tiptap/pm/state';
import { findAll, fold, type Apart, type Folded } from '../../text/folding';
import { attributesOf } from '../binding/attributes';
import { linesOf, posOf, type Line, type NoteWords } from '../lines';

export interface Match {
  line: Line;
  at: number;
  length: number;
  /** In the document; a footnote's in the document of its words. */
  from: number;
  to: number;
}

/** More than anybody goes through one by one; replacing all takes these, and can be done again. */
export const MATCHES_MAX = 2_000;

/** Searches again and again; a line that did not change is not folded anew. */
export class Search {
  private folded = new Map<string, Folded>();
  private told: Apart | undefined;

  in(doc: Node, words: NoteWords, sought: string, apart: Apart): Match[] {
    const known = this.told?.case === apart.case && this.told.forms === apart.forms ? this.folded : new Map<string, Folded>();
    this.told = apart;
    this.folded = new Map();
    const wanted = fold(sought, apart).text;
    const found: Match[] = [];
    for (const line of linesOf(doc, words)) {
      const folded = known.get(line.text) ?? fold(line.text, apart);
      this.folded.set(line.text, folded);
      for (const { at, length } of findAll(folded, wanted, MATCHES_MAX - found.length)) {
        found.push({ line, at, length, from: posOf(line, at), to: posOf(line, at + length - 1) + 1 });
      }
      if (found.length >= MATCHES_MAX) break;
    }
    return found;
  }
}

/** A change within a line: letters that go, and what comes in their place. */
interface Change {
  at: number;
  length: number;
  words: string;
  marks: readonly Mark[];
}

/** What replacing one match changes: no letter that stays as it is, so that its appearance, and whoever writes beside it, is left alone. */
function changeOf({ line, at, length }: Match, words: string): Change | undefined {
  const old = line.text.slice(at, at + length);
  let head = 0;
  while (head < Math.min(old.length, words.length) && old[head] === words[head]) head += 1;
  while (head > 0 && (isWithin(old, head) || isWithin(words, head))) head -= 1;
  let tail = 0;
  while (tail < Math.min(old.length, words.length) - head && old.at(-1 - tail) === words.at(-1 - tail)) tail += 1;
  while (tail > 0 && (isWithin(old, old.length - tail) || isWithin(words, words.length - tail))) tail -= 1;
  const [gone, come] = [old.slice(head, old.length - tail), words.slice(head, words.length - tail)];
  if (gone === '' && come === '') return undefined;
  // What comes looks as the first letter that goes, or as the letter it comes behind.
  const model = gone === '' ? at + head - (head > 0 ? 1 : 0) : at + head;
  return { at: at + head, length: gone.length, words: come, marks: stretchAt(line, model)?.marks ?? [] };
}

/** Whether a place is within a letter of two units, or between a letter and its accent. */
function isWithin(text: string, at: number): boolean {
  return /^[\uDC00-\uDFFF]/.test(text.slice(at)) || /^\p{M}/u.test(text.slice(at));
}

function stretchAt(line: Line, offset: number): Line['stretches'][number] | undefined {
  return line.stretches.find(({ at, length }) => at <= offset && offset < at + length);
}

/** Replaces matches in the text's own blocks. Footnotes that stand among the letters stay. */
export function replaceInBody({ tr, schema }: EditorState, matches: readonly Match[], words: string): Transaction | undefined {
  // From the end, so that what is still to change keeps its place.
  for (const match of matches.toReversed()) {
    const { line } = match;
    const change = line.note === undefined ? changeOf(match, words) : undefined;
    if (change === undefined) continue;
    const { at, length, words: come, marks } = change;
    const goes = line.stretches.flatMap((stretch) => {
      const [start, end] = [Math.max(stretch.at, at), Math.min(stretch.at + stretch.length, at + length)];
      return start < end ? [{ from: stretch.pos + start - stretch.at, to: stretch.pos + end - stretch.at }] : [];
    });
    for (const { from, to } of goes.slice(1).toReversed()) tr.delete(from, to);
    const [first] = goes;
    const place = first?.from ?? (at > match.at ? posOf(line, at - 1) + 1 : posOf(line, at));
    if (come === '') tr.delete(place, first?.to ?? place);
    else tr.replaceWith(place, first?.to ?? place, schema.text(come, marks));
  }
  return tr.docChanged ? tr : undefined;
}

export interface NoteChange {
  at: number;
  length: number;
  words: string;
  attributes: Record<string, unknown>;
}

/** The same in the words of footnotes: in each, what changes, from its end. An offset there is an index of the note's text. */
export function replaceInNotes(matches: readonly Match[], words: string): Map<string, NoteChange[]> {
  const all = new Map<string, NoteChange[]>();
  // A note that is referred to twice is changed once.
  const seen = new Map<string, number>();
  for (const match of matches) {
    const { note, footnote } = match.line;
    if (note === undefined || footnote === undefined || (seen.get(note) ?? footnote) !== footnote) continue;
    seen.set(note, footnote);
    const change = changeOf(match, words);
    if (change === undefined) continue;
    const { marks, ...rest } = change;
    all.set(note, [{ ...rest, attributes: { ...attributesOf(marks) } }, ...(all.get(note) ?? [])]);
  }
  return all;
}
