// The lines of a draft: what each text block and each footnote says, and where in the document every letter stands. Places are
// counted as the server counts them (server/text/place.rs): blocks and footnotes from 1, empty ones too, letters in UTF-16
// units, a line break as one and a footnote as none.
import type { Mark, Node } from '@tiptap/pm/model';
import type { Place } from '../api/types';
import { plainly } from '../text/unseen';

export interface Line {
  block: number;
  kind: Place['kind'];
  /** Of a heading; 0 of all else. */
  level: number;
  /** Of a numbered paragraph, as it is cited. */
  label: string | undefined;
  footnote: number | undefined;
  text: string;
  /** Of the block or the footnote in the document. */
  pos: number;
  stretches: Stretch[];
}

/** Letters that stand together in the document. */
interface Stretch {
  at: number;
  length: number;
  pos: number;
  marks: readonly Mark[];
}

const KINDS: Record<string, Place['kind']> = { heading: 'heading', numberedParagraph: 'numbered' };

/** Every text block with its footnotes after it, in the order of the text. */
export function linesOf(doc: Node): Line[] {
  const lines: Line[] = [];
  let block = 0;
  let footnote = 0;
  const label = numbering();
  doc.descendants((node, pos) => {
    if (!node.isTextblock || node.type.name === 'footnote') return !node.isInline;
    block += 1;
    const kind = KINDS[node.type.name] ?? 'paragraph';
    const level = kind === 'heading' ? Number(node.attrs.level) : 0;
    const own = { block, kind, level, label: kind === 'numbered' ? label(Number(node.attrs.level)) : undefined };
    const notes: Line[] = [];
    lines.push({ ...own, footnote: undefined, pos, ...wordsOf(node, pos + 1) });
    node.forEach((child, offset) => {
      if (child.type.name !== 'footnote') return;
      footnote += 1;
      const at = pos + 1 + offset;
      notes.push({ ...own, footnote, pos: at, ...wordsOf(child, at + 1) });
    });
    lines.push(...notes);
    return false;
  });
  return lines;
}

function wordsOf(node: Node, start: number): { text: string; stretches: Stretch[] } {
  let text = '';
  const stretches: Stretch[] = [];
  node.forEach((child, offset) => {
    if (child.type.name === 'footnote') return;
    const words = child.isText ? (child.text ?? '') : '\n';
    stretches.push({ at: text.length, length: words.length, pos: start + offset, marks: child.marks });
    text += words;
  });
  return { text, stretches };
}

/** `3`, `3(b)`: numbers as the editor shows them. */
function numbering(): (level: number) => string {
  let numbered = 0;
  let lettered = 0;
  return (level) => {
    if (level !== 2) {
      numbered += 1;
      lettered = 0;
      return String(numbered);
    }
    lettered += 1;
    let letters = '';
    for (let rest = lettered; rest > 0; rest = Math.floor((rest - 1) / 26)) letters = String.fromCodePoint(97 + ((rest - 1) % 26)) + letters;
    return `${numbered}(${letters})`;
  };
}

/** Where an offset into a line stands in the document. */
export function posOf(line: Line, offset: number): number {
  const stretch = line.stretches.findLast(({ at }) => at <= offset);
  return stretch === undefined ? line.pos + 1 : stretch.pos + Math.min(offset - stretch.at, stretch.length);
}

/** What a place means in the document as it stands now; nothing when the text has moved on. */
export function found(doc: Node, place: Place): { line: Line; from: number; to: number } | undefined {
  const line = linesOf(doc).find(({ block, footnote }) => block === place.block && footnote === place.footnote);
  if (line === undefined) return undefined;
  const from = posOf(line, place.offset);
  const to = place.length === 0 ? from : posOf(line, place.offset + place.length - 1) + 1;
  return { line, from, to: Math.max(from, to) };
}

const AROUND = 24;

export function placeOf(line: Line, offset: number, length: number): Place {
  const { block, kind, label, footnote, text } = line;
  // A character has two units at most; one more says whether something was cut.
  const reach = 2 * AROUND + 1;
  const head = Array.from(text.slice(Math.max(offset - reach, 0), offset));
  const within = Array.from(text.slice(offset, offset + Math.min(length, 2 * reach)));
  const tail = Array.from(text.slice(offset + length, offset + length + reach));
  const about = plainly(within.slice(0, 2 * AROUND).join(''), true) + (within.length > 2 * AROUND ? '…' : '');
  const words = plainly(head.slice(-AROUND).join('')) + about + plainly(tail.slice(0, AROUND).join(''));
  const excerpt = `${head.length > AROUND ? '…' : ''}${words.trim()}${tail.length > AROUND ? '…' : ''}`;
  return { block, kind, offset, length, excerpt, ...(label === undefined ? {} : { label }), ...(footnote === undefined ? {} : { footnote }) };
}
