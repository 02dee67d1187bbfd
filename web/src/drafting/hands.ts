// Who wrote a passage, from whose each of its letters is: everybody once, whoever wrote first comes first. Pure.
import type { Hand, WhoWrote } from '../api/types';

/** Somebody who wrote some of it. Nothing for words the server has not stored yet. */
export interface Wrote {
  hand: Hand | undefined;
  /** The words in the order of the text, as they stand together. */
  words: string[];
  letters: number;
  /** Who else brought words of theirs where they stand. */
  brought: Hand[];
}

/** `units` are the letters that were asked about. */
export function hands({ parts }: WhoWrote, units: readonly string[]): Wrote[] {
  const all = new Map<string, Wrote>();
  let at = 0;
  let before: Wrote | undefined;
  for (const { letters, first, brought } of parts) {
    const words = units.slice(at, at + letters).join('');
    at += letters;
    const wrote = all.get(nameOf(first)) ?? { hand: first, words: [], letters: 0, brought: [] };
    all.set(nameOf(first), wrote);
    if (first !== undefined && wrote.hand !== undefined && isBefore(first, wrote.hand)) wrote.hand = first;
    // Of one hand, though of two days.
    if (wrote === before) wrote.words.push((wrote.words.pop() ?? '') + words);
    else wrote.words.push(words);
    wrote.letters += letters;
    if (brought !== undefined && !wrote.brought.some((known) => nameOf(known) === nameOf(brought))) wrote.brought.push(brought);
    before = wrote;
  }
  // What is not stored yet is the newest.
  return [...all.values()].toSorted((one, other) => (one.hand === undefined ? 1 : other.hand === undefined ? -1 : isBefore(one.hand, other.hand) ? -1 : isBefore(other.hand, one.hand) ? 1 : 0));
}

function nameOf(hand: Hand | undefined): string {
  if (hand === undefined) return '';
  const { by, began } = hand;
  return JSON.stringify([began, by.unnamed, by.organisation?.id, by.person]);
}

/** Of whoever writes unnamed no more than the day is known. */
function isBefore(one: Hand, other: Hand): boolean {
  if (one.day !== other.day) return one.day < other.day;
  return one.at !== undefined && other.at !== undefined && one.at < other.at;
}

const WORDS_MAX = 60;

/** As much of somebody's words as a line holds. */
export function quoted({ words }: Wrote): string {
  const letters = Array.from(words.map((some) => some.replaceAll('\n', ' ').trim()).filter((some) => some !== '').join(' … '));
  return letters.length <= WORDS_MAX ? letters.join('') : `${letters.slice(0, WORDS_MAX - 1).join('').trimEnd()}…`;
}
