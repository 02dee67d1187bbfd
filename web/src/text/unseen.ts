// One rule for every text people sign or are named by: what nobody sees must do nothing. The rule is written out in
// server/text/unseen.rs; this is the same rule for those who write, over the same table and held to the same cases.
import table from './unseen.json';

export type Mend = 'gone' | 'space' | 'by-hand';

/** A character that must not stand where it stands. */
export interface Finding {
  /** UTF-16 units before it. */
  at: number;
  /** UTF-16 units of it. */
  length: number;
  /** `U+202E`. */
  code: string;
  /** Its name in words/obstacles. */
  name: string;
  mend: Mend;
}

interface Sign {
  name: string;
  stays: string;
}

interface Letter {
  at: number;
  letter: string;
  code: number;
  sign: Sign | undefined;
  /** The next character that is no sign. */
  after: string | undefined;
  /** Whether the nearest letter after it runs from right to left. */
  leadsTo: boolean | undefined;
}

/** Everything the rule finds in a text, in order. A line ends at `\n`. */
export function findUnseen(text: string): Finding[] {
  // Most texts are passed at one look.
  if (!SUSPECT.test(text)) return [];
  let start = 0;
  return text.split('\n').flatMap((line) => {
    const found = inLine(line, start);
    start += line.length + 1;
    return found;
  });
}

/** The rule has a say on this character. */
export const isSign = (letter: string): boolean => signOf(letter.codePointAt(0) ?? 0) !== undefined;

export function codePoint(letter: string): string {
  return `U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/**
 * Words as they may be shown: what nobody sees is written out. In what an excerpt is about that is every sign; around it, a
 * script's own stay and those of direction go, because cut out of their line they would steer others.
 */
export function plainly(text: string, about = false): string {
  const shown = [...text].map((letter) => {
    const stays = signOf(letter.codePointAt(0) ?? 0)?.stays;
    if (letter === '\n' || letter === '\r' || letter === '\t') return ' ';
    if (stays === undefined || (!about && SHAPING.has(stays))) return letter;
    return !about && STEERING.has(stays) ? '' : `⟨${codePoint(letter)}⟩`;
  });
  return shown.join('');
}

const STEERING = new Set(['left-mark', 'right-mark', 'isolate', 'word-break']);
const SHAPING = new Set(['non-joiner', 'joiner', 'hebrew-order', 'mongolian-form', 'mongolian-break', 'variation', 'ideographic']);
const MENDS: Record<string, Mend> = { space: 'space', 'by-hand': 'by-hand' };

function inLine(line: string, start: number): Finding[] {
  const letters = lettersOf(line, start);
  const isolated = isolates(letters);
  const leftSomewhere = letters.some(({ letter }) => runsLeft(letter));
  const found: Finding[] = [];
  const before: Before = { seen: undefined, sign: undefined, leadsFrom: undefined, stacked: 0 };
  for (const [place, one] of letters.entries()) {
    const finding = judged(one, before, leftSomewhere, isolated[place] === true);
    passes(before, one, finding !== undefined);
    if (finding !== undefined) found.push({ at: one.at, length: one.letter.length, code: codePoint(one.letter), ...finding });
  }
  return found;
}

function lettersOf(line: string, start: number): Letter[] {
  const letters: Letter[] = [];
  let at = start;
  for (const letter of line) {
    const code = letter.codePointAt(0) ?? 0;
    letters.push({ at, letter, code, sign: signOf(code), after: undefined, leadsTo: undefined });
    at += letter.length;
  }
  let after: string | undefined;
  let leadsTo: boolean | undefined;
  for (const one of letters.toReversed()) {
    one.after = after;
    one.leadsTo = leadsTo;
    after = seenAt(one) ?? after;
    if (one.sign === undefined && isLetter(one.letter)) leadsTo = runsLeft(one.letter);
  }
  return letters;
}

/** What stands before a character, once all that goes is gone. */
interface Before {
  seen: string | undefined;
  /** The sign that stays directly before, if one does. */
  sign: string | undefined;
  leadsFrom: boolean | undefined;
  stacked: number;
}

function judged(one: Letter, before: Before, leftSomewhere: boolean, isolated: boolean): { name: string; mend: Mend } | undefined {
  if (one.sign === undefined) {
    if (!has(LETTERS.stacking, one.letter)) return undefined;
    if (before.seen === undefined) return { name: 'lone-mark', mend: 'by-hand' };
    return before.stacked >= table.stacked_max ? { name: 'stacked-mark', mend: 'by-hand' } : undefined;
  }
  const { name, stays } = one.sign;
  return mayStay(stays, one, before, leftSomewhere, isolated) ? undefined : { name, mend: MENDS[stays] ?? 'gone' };
}

function mayStay(stays: string, one: Letter, before: Before, leftSomewhere: boolean, isolated: boolean): boolean {
  switch (stays) {
    case 'left-mark':
      return leftSomewhere;
    case 'right-mark':
      return leftSomewhere && (before.leadsFrom !== false || one.leadsTo !== false);
    case 'isolate':
      return leftSomewhere && isolated;
    default:
      return scriptNeeds(stays, before, one.after);
  }
}

function scriptNeeds(stays: string, before: Before, after: string | undefined): boolean {
  const last = before.seen;
  const nextJoins = after !== undefined && joins(after);
  if (last === undefined) return stays === 'joiner' && nextJoins;
  const afterJoiner = before.sign === 'joiner' || before.sign === 'non-joiner';
  switch (stays) {
    case 'non-joiner':
      return !afterJoiner && after !== undefined && says(last) && says(after) && (joins(last) || nextJoins);
    case 'joiner':
      return !afterJoiner && (joins(last) || nextJoins);
    case 'word-break': {
      const apart = after !== undefined && !/\s/u.test(last) && !/\s/u.test(after);
      return before.sign !== 'word-break' && apart && (has(LETTERS.unspaced, last) || has(LETTERS.unspaced, after));
    }
    case 'hebrew-order':
      return before.sign === undefined && has(LETTERS.hebrew_points, last) && after !== undefined && has(LETTERS.hebrew_points, after);
    case 'mongolian-form':
      return before.sign === undefined && has(LETTERS.mongolian, last);
    case 'mongolian-break':
      return before.sign !== 'mongolian-break' && has(LETTERS.mongolian, last) && after !== undefined && has(LETTERS.mongolian, after);
    case 'variation':
      return before.sign === undefined && has(LETTERS.varying, last);
    case 'ideographic':
      return before.sign === undefined && has(LETTERS.ideographs, last);
    default:
      return false;
  }
}

function passes(before: Before, one: Letter, goes: boolean): void {
  const seen = seenAt(one);
  if (seen === undefined) {
    if (!goes) before.sign = one.sign?.stays;
    return;
  }
  before.stacked = has(LETTERS.stacking, seen) ? before.stacked + 1 : 0;
  before.seen = seen;
  before.sign = undefined;
  if (one.sign === undefined && isLetter(one.letter)) before.leadsFrom = runsLeft(one.letter);
}

/** What a reader sees here, if anything. */
function seenAt({ letter, sign }: Letter): string | undefined {
  if (sign === undefined || sign.stays === 'by-hand') return letter;
  return sign.stays === 'space' ? ' ' : undefined;
}

/** For each character whether, as an isolate or its end, it has its partner and holds what it is for. */
function isolates(letters: Letter[]): boolean[] {
  const good: boolean[] = letters.map(() => false);
  const open: { from: number; holds: boolean }[] = [];
  for (const [place, { letter, code }] of letters.entries()) {
    if (code >= 0x2066 && code <= 0x2068) open.push({ from: place, holds: false });
    else if (code === 0x2069) {
      const inner = open.pop();
      if (inner === undefined) continue;
      const fine = inner.holds || letters[inner.from]?.code !== 0x2067;
      good[inner.from] = fine;
      good[place] = fine;
      const outer = open.at(-1);
      if (outer !== undefined) outer.holds ||= inner.holds;
    } else if (runsLeft(letter)) {
      const inner = open.at(-1);
      if (inner !== undefined) inner.holds = true;
    }
  }
  return good;
}

const isLetter = (letter: string) => /^\p{Alphabetic}/u.test(letter);
const says = (letter: string) => /^[\p{Alphabetic}\p{N}\p{M}]/u.test(letter);
const joins = (letter: string) => has(LETTERS.joining, letter) && /^[\p{Alphabetic}\p{M}]/u.test(letter);
const runsLeft = (letter: string) => has(LETTERS.right_to_left, letter) && isLetter(letter);

type Ranges = [number, number][];
const ranges = (pairs: string[][]): Ranges => pairs.map(([from = '', to = '']) => [Number.parseInt(from, 16), Number.parseInt(to, 16)]);
const LETTERS = {
  right_to_left: ranges(table.letters.right_to_left),
  joining: ranges(table.letters.joining),
  unspaced: ranges(table.letters.unspaced),
  mongolian: ranges(table.letters.mongolian),
  hebrew_points: ranges(table.letters.hebrew_points),
  ideographs: ranges(table.letters.ideographs),
  varying: ranges(table.letters.varying),
  stacking: ranges(table.letters.stacking),
};
const SIGNS = table.signs.map(([from = '', to = '', name = '', stays = '']) => ({
  from: Number.parseInt(from, 16),
  to: Number.parseInt(to, 16),
  name,
  stays,
}));

// Any character the rule may have something to say about.
const hex = (code: number) => `\\u{${code.toString(16)}}`;
const SUSPECT = new RegExp(`[${[...SIGNS.map(({ from, to }) => [from, to] as const), ...LETTERS.stacking].map(([from, to]) => `${hex(from)}-${hex(to)}`).join('')}]`, 'u');

function has(among: Ranges, letter: string): boolean {
  const code = letter.codePointAt(0) ?? 0;
  return among.some(([from, to]) => from <= code && code <= to);
}

function signOf(code: number): Sign | undefined {
  if (code >= 0x20 && code <= 0x7e) return undefined;
  let low = 0;
  let high = SIGNS.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((SIGNS[middle]?.to ?? 0) < code) low = middle + 1;
    else high = middle;
  }
  const sign = SIGNS[low];
  return sign !== undefined && sign.from <= code ? sign : undefined;
}
