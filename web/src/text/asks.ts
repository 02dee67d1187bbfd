// What is said in a draft about its text: what somebody proposes, and how that was answered. Each is one embed, written in one way
// only but for the order of its names; the server's half is server/text/asks.rs.
//
// Letters, marks and places are named by the ids they have in the shared document, never by where they stand. Who proposes has a
// client id of its own for it, which begins with `by`: what such an id brings is proposed, and no more.
import { isDirection, isLanguage, isLink, isNoteId, isStart, shapeOf } from './draft';

/** Some clocks of one client that follow one another. */
export interface Items {
  client: number;
  clock: number;
  len: number;
}

/** Whose suggestion: a writer's handle in this draft, and ten signs of its own. */
export interface SuggestionId {
  handle: string;
  sid: string;
}

/** What letters would look like; null ends it. */
export type Styles = Partial<Record<'bold' | 'italic' | 'lang' | 'link', string | true | null>>;

/** What a paragraph mark would say, whole. */
export interface BlockLooks {
  block: string | null;
  dir: string | null;
  start: number | null;
}

/** Said by who proposes. */
export type Ask =
  | { is: 'by'; handle: string }
  | { is: 'begin'; sid: string }
  | { is: 'strike'; items: readonly Items[] }
  | { is: 'style'; items: readonly Items[]; set: Styles }
  | { is: 'block'; item: Items; set: BlockLooks };

/** Said by who decides: what of a suggestion is answered, letters and asks. */
export interface Fate {
  suggestion: SuggestionId;
  accepted: boolean;
  of: readonly Items[];
}

// Clocks, and client ids, are less than these.
const CLOCK_END = 2 ** 31;
const CLIENT_END = 2 ** 53;

const STYLES = ['bold', 'italic', 'lang', 'link'] as const;
const BLOCK = ['block', 'dir', 'start'] as const;

/** The embed of an ask; items may come in any order, and touch. */
export function embedOfAsk(ask: Ask): Record<string, unknown> {
  switch (ask.is) {
    case 'by':
      return { by: ask.handle };
    case 'begin':
      return { ask: ask.sid };
    case 'strike':
      return { del: itemsWritten(ask.items) };
    case 'style':
      return { fmt: itemsWritten(ask.items), set: only(STYLES, ask.set) };
    case 'block':
      return { blk: itemsWritten([ask.item]), set: only(BLOCK, ask.set) };
  }
}

/** The embed of an answer. */
export function embedOfFate({ suggestion: { handle, sid }, accepted, of }: Fate): Record<string, unknown> {
  return { [accepted ? 'yes' : 'no']: `${handle}.${sid}`, of: itemsWritten(of) };
}

/** Nothing for an embed that is not written so. */
export function askOf(embed: unknown): Ask | undefined {
  const ask = readAsk(embed);
  return ask !== undefined && isWritten(embed, embedOfAsk(ask)) ? ask : undefined;
}

/** Nothing for an embed that is not written so. */
export function fateOf(embed: unknown): Fate | undefined {
  if (!isObject(embed)) return undefined;
  const accepted = 'yes' in embed;
  const named = accepted ? embed.yes : embed.no;
  const [handle, sid, ...more] = typeof named === 'string' ? named.split('.') : [];
  const of = itemsOf(embed.of);
  if (!isNoteId(handle) || !isNoteId(sid) || more.length > 0 || of === undefined) return undefined;
  const fate = { suggestion: { handle, sid }, accepted, of };
  return isWritten(embed, embedOfFate(fate)) ? fate : undefined;
}

/** The items in order, those that touch as one. */
export function joined(items: readonly Items[]): Items[] {
  const all: Items[] = [];
  for (const { client, clock, len } of items.toSorted((one, other) => one.client - other.client || one.clock - other.clock)) {
    const last = all.at(-1);
    if (last?.client === client && last.clock + last.len >= clock) last.len = Math.max(last.len, clock + len - last.clock);
    else all.push({ client, clock, len });
  }
  return all;
}

export function itemsWritten(items: readonly Items[]): string {
  const written = ({ client, clock, len }: Items) => [client, clock, ...(len === 1 ? [] : [len])].map((number) => number.toString(36)).join('.');
  return joined(items).map(written).join(' ');
}

/** Nothing where they are not written as they should be. */
export function itemsOf(written: unknown): Items[] | undefined {
  if (typeof written !== 'string') return undefined;
  const items = written.split(' ').map((one) => {
    const [client = NaN, clock = NaN, len = 1, ...more] = one.split('.').map((number) => (/^[0-9a-z]{1,11}$/u.test(number) ? parseInt(number, 36) : NaN));
    return { client, clock, len: more.length > 0 ? NaN : len };
  });
  const may = ({ client, clock, len }: Items) => client < CLIENT_END && clock < CLOCK_END && len > 0 && clock + len <= CLOCK_END;
  return items.every(may) && itemsWritten(items) === written ? items : undefined;
}

function readAsk(embed: unknown): Ask | undefined {
  if (!isObject(embed)) return undefined;
  if (isNoteId(embed.by)) return { is: 'by', handle: embed.by };
  if (isNoteId(embed.ask)) return { is: 'begin', sid: embed.ask };
  const [struck, styled, closing] = [itemsOf(embed.del), itemsOf(embed.fmt), itemsOf(embed.blk)];
  if (struck !== undefined) return { is: 'strike', items: struck };
  const { set } = embed;
  if (!isObject(set)) return undefined;
  if (styled !== undefined && isStyles(set)) return { is: 'style', items: styled, set };
  const item = closing?.[0];
  if (item?.len === 1 && closing?.length === 1 && isBlockLooks(set)) return { is: 'block', item, set };
  return undefined;
}

function isStyles(set: Record<string, unknown>): set is Styles {
  const names = Object.keys(set);
  const may = (name: string) => {
    const value = set[name];
    if (value === null) return true;
    if (name === 'link') return isLink(value);
    if (name === 'lang') return isLanguage(value);
    return value === true;
  };
  return names.length > 0 && names.every(may);
}

function isBlockLooks(set: Record<string, unknown>): set is Record<string, unknown> & BlockLooks {
  const { block, dir, start } = set;
  return (block === null || shapeOf(block) !== undefined) && (dir === null || isDirection(dir)) && (start === null || isStart(start));
}

function only<Name extends string>(names: readonly Name[], set: Partial<Record<Name, unknown>>): Record<string, unknown> {
  return Object.fromEntries(names.filter((name) => name in set).map((name) => [name, set[name]]));
}

// The server's library keeps an embed's names in no order, and writes them so when it merges updates.
function isWritten(embed: unknown, as: Record<string, unknown>): boolean {
  return JSON.stringify(sorted(embed)) === JSON.stringify(sorted(as));
}

function sorted(value: unknown): unknown {
  if (!isObject(value)) return value;
  return Object.keys(value)
    .toSorted()
    .map((name) => [name, sorted(value[name])]);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
