// The lines of a draft: what each text block and each footnote says, and where in the document every letter stands. Places are
// counted as the server counts them (server/text/place.rs): blocks and footnotes from 1, empty ones too, letters in UTF-16
// units, a line break as one and a footnote as none.
import type { Mark, Node } from '@tiptap/pm/model';
import type { Place } from '../api/types';
import { shapeOf, type Shape } from '../text/draft';
import { Numbering } from '../text/numbering';
import { plainly } from '../text/unseen';

/** The words of a footnote, as a document. */
export type NoteWords = (id: string) => Node;

export interface Line {
  block: number;
  kind: Place['kind'];
  /** Of a heading, the title's being 1; 0 of all else. */
  level: number;
  /** Of a numbered paragraph, as it is cited. */
  label: string | undefined;
  footnote: number | undefined;
  /** Which note it is. */
  note: string | undefined;
  text: string;
  /** Of the block, or of the footnote's number, in the document. */
  pos: number;
  /** In the document; a footnote's in the document of its words. */
  stretches: Stretch[];
  /** Something in it that this page's description does not know. */
  unknown: string | undefined;
}

/** Letters that stand together. */
interface Stretch {
  at: number;
  length: number;
  pos: number;
  marks: readonly Mark[];
}

/** Every block with its footnotes after it, in the order of the text. */
export function linesOf(doc: Node, words: NoteWords): Line[] {
  const lines: Line[] = [];
  const numbering = new Numbering();
  let footnote = 0;
  doc.forEach((node, pos, at) => {
    const shape = shapeOf(node.attrs.block);
    const { cited } = numbering.next(shape, node.attrs.start as number | null);
    const own = { block: at + 1, kind: kindOf(shape), level: headingLevel(shape), label: cited };
    lines.push({ ...own, footnote: undefined, note: undefined, pos, ...wordsOf([node], pos), unknown: shape === undefined ? String(node.attrs.block) : unknownIn(node) });
    node.forEach((child, offset) => {
      if (child.type.name !== 'footnote') return;
      footnote += 1;
      const note = String(child.attrs.id);
      const said = words(note);
      lines.push({ ...own, footnote, note, pos: pos + 1 + offset, ...wordsOf(said.children, 0), unknown: said.children.map(unknownIn).find((what) => what !== undefined) });
    });
  });
  return lines;
}

function kindOf(shape: Shape | undefined): Place['kind'] {
  if (shape?.kind === 'title' || shape?.kind === 'heading') return 'heading';
  return shape?.kind === 'numbered' ? 'numbered' : 'paragraph';
}

/** 1 for the title, 2 to 4 for headings; 0 for all else. */
export function headingLevel(shape: Shape | undefined): number {
  if (shape?.kind === 'title') return 1;
  return shape?.kind === 'heading' ? shape.level + 1 : 0;
}

function unknownIn(block: Node): string | undefined {
  for (const child of block.children) {
    if (child.type.name === 'unknown') return String(child.attrs.json);
    const other = child.marks.find(({ type }) => type.name === 'other');
    if (other !== undefined) return String(other.attrs.key);
  }
  return undefined;
}

/** What blocks that stand side by side from `pos` on say, a line each. */
function wordsOf(blocks: readonly Node[], pos: number): { text: string; stretches: Stretch[] } {
  let text = '';
  const stretches: Stretch[] = [];
  let start = pos + 1;
  blocks.forEach((block, at) => {
    if (at > 0) text += '\n';
    block.forEach((child, offset) => {
      if (!child.isText && child.type.name !== 'break') return;
      const words = child.isText ? (child.text ?? '') : '\n';
      stretches.push({ at: text.length, length: words.length, pos: start + offset, marks: child.marks });
      text += words;
    });
    start += block.nodeSize;
  });
  return { text, stretches };
}

/** Where an offset into a line stands: in the document, or in that of the footnote's words. */
export function posOf(line: Line, offset: number): number {
  const stretch = line.stretches.findLast(({ at }) => at <= offset);
  return stretch === undefined ? (line.note === undefined ? line.pos + 1 : 1) : stretch.pos + Math.min(offset - stretch.at, stretch.length);
}

/** What a place means in the document as it stands now; nothing when the text has moved on. */
export function found(doc: Node, words: NoteWords, place: Place): { line: Line; from: number; to: number } | undefined {
  const line = linesOf(doc, words).find(({ block, footnote }) => block === place.block && footnote === place.footnote);
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
