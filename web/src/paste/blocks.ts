// What is pasted and copied, apart from any editor: plain flat blocks, as text/draft.json describes them. Readers make them of a
// clipboard's payload, the writer makes a payload of them. Nothing here knows how a draft is stored or drawn.
import { blockOf as exactly, levelsOf, shapeOf, type BlockKind, type Direction } from '../text/draft';

/** Words that look alike. The text holds no line feed; a soft return is U+2028. */
export interface Letters {
  text: string;
  bold?: true;
  italic?: true;
  link?: string;
  lang?: string;
}

/** The place of a footnote, with its paragraphs. Only our own copies know which note it was. */
export interface NoteRef {
  note: PastedBlock[];
  id?: string;
}

export interface PastedBlock {
  /** `paragraph`, `numbered:2`: a kind and, where the kind has one, its level. */
  block: string;
  dir?: Direction;
  /** Only of `ordered`: numbering begins anew there. */
  start?: number;
  content: (Letters | NoteRef)[];
}

/** What stood in the payload and is no part of a statement, for one sentence to the person. */
export type LeftOut = 'comments' | 'deletions' | 'hidden' | 'fields' | 'images' | 'notes' | 'tables' | 'forms' | 'embeds' | 'readings' | 'links' | 'rest';

export interface Pasted {
  blocks: PastedBlock[];
  /** Each once, in the order it was met. */
  left: LeftOut[];
  /** One block of inline matter only, which melts into the paragraph it is pasted in. */
  open: boolean;
}

export { SOFT_RETURN } from '../text/draft';

/** A statement has some hundred blocks; ten times what the longest convention has is no statement any more. */
export const BLOCKS_MAX = 20_000;

/** As many as one draft may hold. */
export const NOTES_MAX = 2000;

/** A kind at a level, no deeper than it goes. */
export function blockOf(kind: BlockKind, level = 1): string {
  const most = levelsOf(kind);
  return exactly({ kind, level: most === 0 ? 0 : Math.max(1, Math.min(level, most)) });
}

/** A kind and its level; of a kind without levels it is the first. */
export function kindOf(block: string): { kind: BlockKind; level: number } {
  const { kind, level } = shapeOf(block) ?? { kind: 'paragraph', level: 0 };
  return { kind, level: level || 1 };
}

export const isNote = (one: Letters | NoteRef): one is NoteRef => 'note' in one;

/** The words of a content, without its notes. */
export const wordsOf = (content: (Letters | NoteRef)[]): string => content.map((one) => (isNote(one) ? '' : one.text)).join('');

/** Puts letters at the end of a content; what looks alike is one. */
export function append(content: (Letters | NoteRef)[], letters: Letters): void {
  if (letters.text === '') return;
  const last = content.at(-1);
  if (last !== undefined && !isNote(last) && looksLike(last, letters)) last.text += letters.text;
  else content.push({ ...letters });
}

export function looksLike(one: Letters, other: Letters): boolean {
  return one.bold === other.bold && one.italic === other.italic && one.link === other.link && one.lang === other.lang;
}
