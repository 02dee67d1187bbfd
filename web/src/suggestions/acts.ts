// What a suggestion does, act by act, as its card tells it: words that go and others that come beside them are one replacement.
import type { Piece } from '../editor/binding/proposals';
import { NOTE_SIGN } from '../editor/binding/proposals';
import { styleActs, type StyleAct } from '../editor/says';
import type { BlockLooks } from '../text/asks';
import { noteOf } from '../text/draft';

export type Act = { inNote: boolean } & (
  | { is: 'insert' | 'delete'; words: string }
  | { is: 'replace'; old: string; words: string }
  | { is: 'split' | 'join' | 'footnote' | 'delete-footnote' }
  | { is: 'style'; act: StyleAct; to: string; words: string }
  | { is: 'block'; set: BlockLooks }
);

export function actsOf(pieces: readonly Piece[]): Act[] {
  const acts: Act[] = [];
  for (let at = 0; at < pieces.length; at += 1) {
    const [piece, next] = [pieces[at], pieces[at + 1]];
    if (piece === undefined) break;
    const inNote = noteOf(piece.root) !== undefined;
    if (next !== undefined && replaces(piece, next)) {
      const [old, words] = piece.is === 'del' ? [piece, next] : [next, piece];
      acts.push({ is: 'replace', inNote, old: onOneLine(old.words), words: onOneLine(words.words) });
      at += 1;
    } else {
      acts.push(...alone(piece).map((act) => ({ ...act, inNote })));
    }
  }
  return acts;
}

/** Others' words may stand between words that go and those that come; beside each other they are one act. */
function replaces(one: Piece, other: Piece): boolean {
  const kinds = `${one.is} ${other.is}`;
  return one.root === other.root && one.plain.to === other.plain.from && (kinds === 'del ins' || kinds === 'ins del') && !isSign(one) && !isSign(other);
}

const isSign = ({ words }: Piece) => words === '\n' || words === NOTE_SIGN;

type Alone = Act extends infer One ? (One extends Act ? Omit<One, 'inNote'> : never) : never;

function alone(piece: Piece): Alone[] {
  switch (piece.is) {
    case 'ins':
      if (piece.words === '\n') return [{ is: 'split' }];
      return piece.words === NOTE_SIGN ? [{ is: 'footnote' }] : [{ is: 'insert', words: onOneLine(piece.words) }];
    case 'del':
      if (piece.words === '\n') return [{ is: 'join' }];
      return piece.words === NOTE_SIGN ? [{ is: 'delete-footnote' }] : [{ is: 'delete', words: onOneLine(piece.words) }];
    case 'style':
      return styleActs(piece.set).map(({ act, to }) => ({ is: 'style', act, to, words: onOneLine(piece.words) }));
    case 'block':
      return [{ is: 'block', set: piece.set }];
  }
}

/** Words on one line: paragraphs end in a sign, a footnote's place is one, and the mark that ends a footnote says nothing. */
export function onOneLine(words: string): string {
  return words.replace(/\n$/u, (end) => (words.length > 1 ? '' : end)).replaceAll('\n', '¶ ').replaceAll(NOTE_SIGN, '¹').replaceAll('\u2028', ' ');
}
