// Whom a comment mentions: whoever's name stands behind an @ in it. What is sent is what stands there, so a name that was taken out
// again is not written to. Pure.
import type { NewMention, ThreadList } from '../api/types';
import { fold } from '../text/folding';

/** Somebody who can be mentioned. */
export interface Mentionable {
  /** As it stands behind the @. */
  tag: string;
  /** What it is called besides. */
  name: string;
  as: NewMention;
}

/** In the order they are offered. Among coordinators only they are there. */
export function mentionable({ organisations, colleagues, coordinators }: ThreadList['may_mention'], secretariat: string, among: 'all' | 'coordinators'): Mentionable[] {
  const people = (all: typeof colleagues) => all.map(({ id, name }): Mentionable => ({ tag: name, name: '', as: { whom: 'person', person: id } }));
  const office: Mentionable = { tag: secretariat, name: '', as: { whom: 'secretariat' } };
  if (among === 'coordinators') return [office, ...people(coordinators)];
  const of = organisations.map(({ id, acronym, name }): Mentionable => ({ tag: acronym || name, name: acronym === '' ? '' : name, as: { whom: 'organisation', organisation: id } }));
  return [...of, office, ...people(colleagues), ...people(coordinators)];
}

/** Those whose names stand in the words, once each, in the order of the words. */
export function mentionedIn(words: string, all: readonly Mentionable[]): Mentionable[] {
  const found: Mentionable[] = [];
  // The longest that fits: @AJO-Sud is not @AJO.
  const byLength = all.toSorted((one, other) => other.tag.length - one.tag.length);
  for (const { index } of words.matchAll(/(?<![\p{L}\p{N}])@/gu)) {
    const behind = words.slice(index + 1);
    const one = byLength.find(({ tag }) => behind.startsWith(tag) && !/^[\p{L}\p{N}_-]/u.test(behind.slice(tag.length)));
    if (one !== undefined && !found.includes(one)) found.push(one);
  }
  return found;
}

export interface Begun {
  /** Where the @ stands. */
  at: number;
  offers: Mentionable[];
}

const OFFERS_MAX = 6;
const PLAIN = { case: false, forms: false };

/** What is offered to a caret behind an @ and the first letters of a name. */
export function begunAt(words: string, caret: number, all: readonly Mentionable[]): Begun | undefined {
  const typed = /(?<![\p{L}\p{N}])@(?<part>[^@\n]{0,40})$/u.exec(words.slice(0, caret));
  if (typed === null) return undefined;
  const part = fold(typed.groups?.part ?? '', PLAIN).text;
  const begins = (text: string) => fold(text, PLAIN).text.split(/(?<=[\s-])/u).some((_, at, parts) => parts.slice(at).join('').startsWith(part));
  // A name that stands already asks for nothing more.
  const offers = all.filter(({ tag, name }) => fold(tag, PLAIN).text !== part && (begins(tag) || begins(name))).slice(0, OFFERS_MAX);
  return offers.length === 0 ? undefined : { at: typed.index, offers };
}

/** The words with a name in the place of what was typed of it, and where the caret stands then. */
export function completed(words: string, caret: number, at: number, { tag }: Mentionable): { words: string; caret: number } {
  const rest = words.slice(caret);
  const name = `@${tag}${/^[\s\p{P}]/u.test(rest) ? '' : ' '}`;
  return { words: words.slice(0, at) + name + rest, caret: at + name.length };
}
