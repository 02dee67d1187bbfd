// What the page says about a draft while it is written: words, paragraphs, headings, footnotes. Pure.
// The number that counts is the server's, at freezing; this one follows the typing by the same rule.
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

export function measure(doc: Node): Measure {
  const headings: Heading[] = [];
  const notes: Note[] = [];
  let words = 0;
  let paragraphs = 0;
  doc.descendants((block, pos) => {
    if (!block.isTextblock || block.type.name === 'footnote') return !block.isInline;
    const text = ownText(block, (note, offset) => {
      const noteText = note.textContent;
      notes.push({ number: notes.length + 1, text: noteText, pos: pos + 1 + offset });
      words += countWords(noteText);
    });
    words += countWords(text);
    if (block.type.name === 'heading') headings.push({ level: Number(block.attrs.level), text: text.trim(), pos });
    else if (block.type.name === 'numberedParagraph' && block.attrs.level !== 2) paragraphs += 1;
    return false;
  });
  return { words, paragraphs, headings, notes, title: headings.find(({ level, text }) => level === 1 && text !== '')?.text ?? '' };
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
