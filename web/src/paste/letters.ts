// From runs of characters to the words of a block: white space as HTML shows it, soft returns, cells kept apart, raised figures.
import { append, isNote, looksLike, SOFT_RETURN, wordsOf, type Letters, type NoteRef } from './blocks';
import type { Direction } from '../text/draft';
import unseen from '../text/unseen.json';

/** A piece of a block as it was met: words, a note, a soft return, or the place where a table's next cell begins. */
export type Piece = Letters | NoteRef | 'break' | 'cell';

// Between two cells of a row: said in no language, read in both directions, and neither a comma, which stands in cells, nor a
// dash, which beside figures is a minus or a span.
const BETWEEN_CELLS = ' · ';

const SPACE = /([ \t\n\r\f\u00A0]+)/u;

/**
 * The contents a block's pieces come to; two soft returns on end are where a new one begins. What stands at the edges is no
 * matter, except of words that melt into others.
 */
export function contentsOf(pieces: Piece[], edges: 'trimmed' | 'kept'): (Letters | NoteRef)[][] {
  const contents: (Letters | NoteRef)[][] = [];
  let content: (Letters | NoteRef)[] = [];
  let space: Letters | undefined;
  let breaks = 0;
  let cell = false;

  const next = (letters: Letters | undefined) => {
    if (content.length === 0) {
      if (edges === 'kept' && contents.length === 0 && breaks === 0) appendEdge(content, space);
    } else if (breaks > 1) {
      contents.push(content);
      content = [];
    } else if (breaks === 1) append(content, { ...shared(content.at(-1), letters), text: SOFT_RETURN });
    else if (cell) append(content, { text: BETWEEN_CELLS });
    else if (space !== undefined) append(content, { ...space, text: spaceOf(space.text) });
    space = undefined;
    breaks = 0;
    cell = false;
  };

  for (const piece of pieces) {
    if (piece === 'break') {
      breaks += 1;
      space = undefined;
    } else if (piece === 'cell') {
      cell = true;
      space = undefined;
    } else if (isNote(piece)) {
      next(undefined);
      content.push(piece);
    } else {
      for (const part of piece.text.split(SPACE)) {
        if (part === '') continue;
        if (!SPACE.test(part)) {
          next(piece);
          append(content, { ...piece, text: part });
        } else if (breaks === 0) space = { ...(space ?? piece), text: (space?.text ?? '') + part };
      }
    }
  }
  if (edges === 'kept' && content.length > 0) appendEdge(content, space);
  if (content.length > 0) contents.push(content);
  return contents;
}

/** The space at an edge is the person's; with a line feed it is the payload's own layout. */
function appendEdge(content: (Letters | NoteRef)[], space: Letters | undefined): void {
  if (space !== undefined && !/[\n\r]/u.test(space.text)) append(content, { ...space, text: spaceOf(space.text) });
}

/** A content without the space at its edges. */
export function trimmed(content: (Letters | NoteRef)[]): (Letters | NoteRef)[] {
  const last = content.length - 1;
  return content.flatMap((one, at) => {
    if (isNote(one) || (at > 0 && at < last)) return [one];
    let { text } = one;
    if (at === 0) text = text.replace(/^[ \u00A0]+/u, '');
    if (at === last) text = text.replace(/[ \u00A0]+$/u, '');
    return text === '' ? [] : [{ ...one, text }];
  });
}

/** The marks of what stands between two pieces: theirs, where they look alike. */
function shared(one: Letters | NoteRef | undefined, other: Letters | undefined): Partial<Letters> {
  return one !== undefined && other !== undefined && !isNote(one) && looksLike(one, other) ? other : {};
}

/** One no-break space alone is meant, as before a French colon; among others it is a program's way to draw a gap. */
const spaceOf = (run: string) => (run === '\u00A0' ? run : ' ');

/** The pieces as they are, for what we have written ourselves. */
export function verbatim(pieces: Piece[]): (Letters | NoteRef)[] {
  const content: (Letters | NoteRef)[] = [];
  for (const piece of pieces) {
    if (piece === 'break' || piece === 'cell') continue;
    if (isNote(piece)) content.push(piece);
    else append(content, { ...piece, text: piece.text.replaceAll(/[\t\n\r]/gu, ' ') });
  }
  return content;
}

// "10" and a raised "6" must not become "106": figures keep their height as characters do it. Other raised words ("1st") are the
// same words on the line.
const PLAIN = '0123456789+-−=()';
const RAISED = { super: '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾', sub: '₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎' };

export function raised(text: string, to: 'super' | 'sub'): string {
  if (!/^\s*\[?[0-9+\-−=()]*[0-9][0-9+\-−=()]*\]?\s*$/u.test(text)) return text;
  const figures = [...text.replaceAll(/[[\]]/gu, '')];
  return figures.map((figure) => (PLAIN.includes(figure) ? (RAISED[to][PLAIN.indexOf(figure)] ?? figure) : figure)).join('');
}

const RIGHT_TO_LEFT = unseen.letters.right_to_left.map(([from = '', to = '']) => [Number.parseInt(from, 16), Number.parseInt(to, 16)] as const);

/** The direction of the first letter that has one, by which a block without its own runs. */
export function firstStrong(content: (Letters | NoteRef)[]): Direction | undefined {
  const letter = /\p{L}/u.exec(wordsOf(content))?.[0];
  const code = letter?.codePointAt(0);
  if (code === undefined) return undefined;
  return RIGHT_TO_LEFT.some(([from, to]) => from <= code && code <= to) ? 'rtl' : 'ltr';
}
