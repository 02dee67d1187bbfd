// What the page says about a draft while it is written: words, paragraphs, headings, footnotes. Pure.
// The number that counts is the server's, at freezing; this one follows the typing by the same rule.
import type { Node } from '@tiptap/pm/model';
import { linesOf, type NoteWords } from './lines';
import { unstacked } from './stacked';

export interface Heading {
  level: number;
  text: string;
  pos: number;
}

export interface Note {
  number: number;
  text: string;
  pos: number;
}

/** A footnote whose number is gone from the text. */
export interface RemovedNote {
  id: string;
  text: string;
}

export interface Measure {
  /** Footnotes included: the UN counts them. */
  words: number;
  /** Those with a number of their own; (a), (b) … belong to the one above. */
  paragraphs: number;
  headings: Heading[];
  notes: Note[];
  removed: RemovedNote[];
  /** Text of the first heading of level 1. */
  title: string;
}

export const NOTHING: Measure = { words: 0, paragraphs: 0, headings: [], notes: [], removed: [], title: '' };

/** `known` are the notes that were ever written, referred to or not. */
export function measure(doc: Node, wordsOfNote: NoteWords, known: readonly string[] = []): Measure {
  const headings: Heading[] = [];
  const notes: Note[] = [];
  let words = 0;
  let paragraphs = 0;
  const referred = new Set<string>();
  for (const { text, pos, level, kind, label, footnote, note } of linesOf(doc, wordsOfNote)) {
    if (note !== undefined) referred.add(note);
    words += countWords(text);
    if (footnote !== undefined) notes.push({ number: footnote, text: unstacked(text), pos });
    else if (level > 0) headings.push({ level, text: unstacked(text.trim()), pos });
    else if (kind === 'numbered' && label !== undefined && !label.includes('(')) paragraphs += 1;
  }
  const removed = known.filter((id) => !referred.has(id)).map((id) => ({ id, text: said(wordsOfNote(id)) }));
  return { words, paragraphs, headings, notes, removed: removed.filter(({ text }) => text !== ''), title: headings.find(({ level, text }) => level === 1 && text !== '')?.text ?? '' };
}

/** The words of a footnote on one line. */
function said(note: Node): string {
  return unstacked(note.textBetween(0, note.content.size, ' ', ' ').trim());
}

/**
 * Words as the server counts them (`text/count`), so that the number under the text is the number at freezing: what stands
 * between white space and holds a letter or a digit; Han and Kana characters each stand for themselves.
 */
export function countWords(text: string): number {
  let count = 0;
  for (const piece of text.replaceAll('\u200B', '').split(/\s+/u)) {
    count += piece.match(ALONE_OR_RUN)?.length ?? 0;
  }
  return count;
}

const ALONE = '\\u3041-\\u3096\\u30a1-\\u30fa\\u31f0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{323af}';
// One character that stands alone, or a letter or digit with everything after it up to the next that stands alone.
const ALONE_OR_RUN = new RegExp(`[${ALONE}]|[\\p{Alphabetic}\\p{N}][^${ALONE}]*`, 'gu');
