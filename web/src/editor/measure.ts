// What the page says about a draft while it is written: words, paragraphs, headings, footnotes. Pure.
// The number that counts is the server's, at freezing; this one follows the typing by the same rule.
import type { Node } from '@tiptap/pm/model';
import { NodeSelection, type EditorState } from '@tiptap/pm/state';
import { countCharacters, countWords, type Counts } from '../text/count';
import { linesOf, type Line, type NoteWords } from './lines';
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
  counts: Counts;
  /** Those with a number of their own; (a), (b) … belong to the one above. */
  paragraphs: number;
  headings: Heading[];
  notes: Note[];
  removed: RemovedNote[];
  /** Text of the first heading of level 1. */
  title: string;
}

export const NOTHING: Measure = { counts: { words: 0, wordsWithNotes: 0, characters: 0 }, paragraphs: 0, headings: [], notes: [], removed: [], title: '' };

/** `known` are the notes that were ever written, referred to or not. */
export function measure(doc: Node, wordsOfNote: NoteWords, known: readonly string[] = []): Measure {
  const headings: Heading[] = [];
  const notes: Note[] = [];
  let paragraphs = 0;
  const referred = new Set<string>();
  const lines = linesOf(doc, wordsOfNote);
  for (const { text, pos, level, kind, label, footnote, note } of lines) {
    if (note !== undefined) referred.add(note);
    if (footnote !== undefined) notes.push({ number: footnote, text: unstacked(text), pos });
    else if (level > 0) headings.push({ level, text: unstacked(text.trim()), pos });
    else if (kind === 'numbered' && label !== undefined && !label.includes('(')) paragraphs += 1;
  }
  const removed = known.filter((id) => !referred.has(id)).map((id) => ({ id, text: said(wordsOfNote(id)) }));
  return { counts: counts(lines), paragraphs, headings, notes, removed: removed.filter(({ text }) => text !== ''), title: headings.find(({ level, text }) => level === 1 && text !== '')?.text ?? '' };
}

/** How long lines are together. */
export function counts(lines: readonly Pick<Line, 'text' | 'note'>[]): Counts {
  let [words, noted, characters] = [0, 0, 0];
  for (const { text, note } of lines) {
    if (note === undefined) words += countWords(text);
    else noted += countWords(text);
    characters += countCharacters(text);
  }
  return { words, wordsWithNotes: words + noted, characters };
}

/** Words of the letters that are chosen; nothing where none are. */
export function chosenIn({ doc, selection }: EditorState): number | undefined {
  if (selection.empty || selection instanceof NodeSelection) return undefined;
  const words = doc.cut(selection.from, selection.to).children.map((block) => countWords(block.textBetween(0, block.content.size, '', leafWords)));
  return words.reduce((sum, some) => sum + some, 0);
}

/** A footnote in a word does not split it; a soft return does. */
const leafWords = ({ type }: Node) => (type.name === 'break' ? '\n' : '');

/** The words of a footnote on one line. */
function said(note: Node): string {
  return unstacked(note.textBetween(0, note.content.size, ' ', ' ').trim());
}
