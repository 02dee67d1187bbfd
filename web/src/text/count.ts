// How long a text is and how long it takes to say, by the server's rule (server/text/count.rs), so that the number under the text is
// the number at freezing. Both are held to the same cases (tests/vectors/text/counts.json).
import pace from './pace.json';

export interface Counts {
  words: number;
  wordsWithNotes: number;
  /** Letters, signs and spaces, footnotes included; ends of lines and paragraphs are none. */
  characters: number;
}

/** A limit on the words of a statement. */
export interface Limit {
  words: number;
  with_notes: boolean;
}

/** Words that a limit counts, and how many are left: fewer than none once there are too many. */
export function against(limit: Limit, { words, wordsWithNotes }: Counts): { counted: number; left: number } {
  const counted = limit.with_notes ? wordsWithNotes : words;
  return { counted, left: limit.words - counted };
}

/** Seconds it takes to say so many words; nothing for a language whose pace is not known. */
export function seconds(words: number, language: string): number | undefined {
  const perMinute = (pace.words_per_minute as Record<string, number>)[language.split('-')[0] ?? ''];
  return perMinute === undefined ? undefined : Math.ceil((words * 60) / perMinute);
}

export function countWords(text: string): number {
  let count = 0;
  for (const piece of text.replaceAll('\u200B', '').split(PARTS)) {
    for (const stretch of piece.match(STRETCHES) ?? []) count += wordsOf(stretch);
  }
  return count;
}

/** Letters as people count them, in one piece where one is written as a letter and its accent. */
export function countCharacters(text: string): number {
  return [...text.replaceAll(/[\u200B\n]/gu, '').normalize('NFC')].length;
}

// White space, and the dashes that stand between words where a hyphen or an en dash stands in one.
const PARTS = /[\s\u0085\u2014\u2015]+/u;
const ALONE = '\\u3041-\\u3096\\u30a1-\\u30fa\\u31f0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff\\u{20000}-\\u{323af}';
// Thai, Lao, Burmese and Khmer, and how many letters ten words have there.
const ESTIMATED: readonly [string, number][] = [
  ['\\u0e00-\\u0e7f', 33],
  ['\\u0e80-\\u0eff', 32],
  ['\\u1000-\\u109f\\ua9e0-\\ua9ff\\uaa60-\\uaa7f', 22],
  ['\\u1780-\\u17ff', 37],
];
const ENDS_IN = ESTIMATED.map(([range, perTen]) => ({ perTen, range: new RegExp(`[${range}]$`, 'u') }));
const UNSPACED = ESTIMATED.map(([range]) => range).join('');
// Letters of those, one character that stands alone, or a letter or digit with everything after it up to the next of these.
const STRETCHES = new RegExp(`[${UNSPACED}]+|[${ALONE}]|[\\p{Alphabetic}\\p{N}][^${ALONE}${UNSPACED}]*`, 'gu');

/** Words in letters that stand together; in scripts that put no spaces between words they are estimated. */
function wordsOf(stretch: string): number {
  const perTen = stretch < '\u0e00' ? undefined : ENDS_IN.find(({ range }) => range.test(stretch))?.perTen;
  if (perTen === undefined) return 1;
  const letters = stretch.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
  return letters === 0 ? 0 : Math.max(1, Math.floor((letters * 20 + perTen) / (2 * perTen)));
}
