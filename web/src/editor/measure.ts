// What the page says about a draft while it is written: words, paragraphs, headings, footnotes. Pure.
// The number that counts is the server's, at freezing; this one follows the typing.
import type { Node } from '@tiptap/pm/model';

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

export interface Measure {
  /** Footnotes included: the UN counts them. */
  words: number;
  /** Those with a number of their own; (a), (b) … belong to the one above. */
  paragraphs: number;
  headings: Heading[];
  notes: Note[];
  /** Text of the first heading of level 1. */
  title: string;
}

export const NOTHING: Measure = { words: 0, paragraphs: 0, headings: [], notes: [], title: '' };

export function measure(doc: Node, language: string): Measure {
  const headings: Heading[] = [];
  const notes: Note[] = [];
  let words = 0;
  let paragraphs = 0;
  doc.descendants((block, pos) => {
    if (!block.isTextblock || block.type.name === 'footnote') return !block.isInline;
    const text = ownText(block, (note, offset) => {
      const noteText = note.textContent;
      notes.push({ number: notes.length + 1, text: noteText, pos: pos + 1 + offset });
      words += countWords(noteText, language);
    });
    words += countWords(text, language);
    if (block.type.name === 'heading') headings.push({ level: Number(block.attrs.level), text: text.trim(), pos });
    else if (block.type.name === 'numberedParagraph' && block.attrs.level !== 2) paragraphs += 1;
    return false;
  });
  return { words, paragraphs, headings, notes, title: headings.find(({ level, text }) => level === 1 && text !== '')?.text ?? '' };
}

/** Words as Unicode sees them (UAX 29); languages written without spaces are cut by dictionary. */
export function countWords(text: string, language: string): number {
  const clean = text.replaceAll('\u200B', '');
  if (clean.trim() === '') return 0;
  let count = 0;
  for (const { isWordLike } of segmenter(language).segment(clean)) if (isWordLike === true) count += 1;
  return count;
}

/** A block's own text; a line break is a space, a footnote breaks no word. */
function ownText(block: Node, onNote: (note: Node, offset: number) => void): string {
  let text = '';
  block.forEach((child, offset) => {
    if (child.isText) text += child.text ?? '';
    else if (child.type.name === 'footnote') onNote(child, offset);
    else text += ' ';
  });
  return text;
}

const segmenters = new Map<string, Intl.Segmenter>();

function segmenter(language: string): Intl.Segmenter {
  let found = segmenters.get(language);
  if (found === undefined) {
    found = new Intl.Segmenter(supported(language), { granularity: 'word' });
    segmenters.set(language, found);
  }
  return found;
}

function supported(language: string): string {
  try {
    return Intl.getCanonicalLocales(language)[0] ?? 'en';
  } catch {
    return 'en';
  }
}
