// What a draft may hold: the table `draft.json`, which the server reads too (server/text/description.rs). A draft is letters,
// footnotes' places and paragraph marks; the mark that closes a block says what kind it is.
import table from './draft.json';

export const VERSION = table.version;
export const BODY = table.body;
/** The roots of what is proposed, and of how that was answered (`asks.ts`). */
export const ASKS = table.asks;
export const FATES = table.fates;

/** A line broken within a block, as a letter. */
export const SOFT_RETURN = '\u2028';

/** The root that holds the words of one footnote. */
export function noteRoot(id: string): string {
  return table.note + id;
}

export function noteOf(root: string): string | undefined {
  return root.startsWith(table.note) && isNoteId(root.slice(table.note.length)) ? root.slice(table.note.length) : undefined;
}

export function isNoteId(id: unknown): id is string {
  return typeof id === 'string' && new RegExp(`^[a-z0-9]{${table.note_id_chars}}$`, 'u').test(id);
}

export function newNoteId(): string {
  const letters = 'abcdefghijklmnopqrstuvwxyz0123456789';
  return Array.from(crypto.getRandomValues(new Uint32Array(table.note_id_chars)), (number) => letters[number % letters.length]).join('');
}

/** Brackets have ids of the same kind as footnotes. */
export const newBracketId = newNoteId;

/** The format of letters that puts them into a bracket; its value says into which alternative. */
export function bracketKey(id: string): string {
  return table.bracket + id;
}

export function bracketOf(key: string): string | undefined {
  const id = key.startsWith(table.bracket) ? key.slice(table.bracket.length) : undefined;
  return isNoteId(id) ? id : undefined;
}

/** How many alternatives a bracket may have; they are told by one digit. */
export const ALTERNATIVES_MAX = table.alternatives_max;

export function isAlternative(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9]$/u.test(value) && Number(value) < ALTERNATIVES_MAX;
}

export type BlockKind = keyof typeof table.blocks;

export interface Shape {
  kind: BlockKind;
  /** From 1; 0 for a kind without levels. */
  level: number;
}

export const PARAGRAPH = 'paragraph';

const SHAPES = new Map<string, Shape>(
  Object.entries(table.blocks).flatMap(([kind, levels]): [string, Shape][] =>
    levels === 0
      ? [[kind, { kind: kind as BlockKind, level: 0 }]]
      : Array.from({ length: levels }, (_, at) => [`${kind}:${at + 1}`, { kind: kind as BlockKind, level: at + 1 }]),
  ),
);

/** Every value a block may have, `heading:2` and its like. */
export const BLOCKS: readonly string[] = [...SHAPES.keys()];

/** What a block is; nothing for one that this description does not know. */
export function shapeOf(block: unknown): Shape | undefined {
  return typeof block === 'string' ? SHAPES.get(block) : undefined;
}

export function blockOf({ kind, level }: Shape): string {
  return level === 0 ? kind : `${kind}:${level}`;
}

export function levelsOf(kind: BlockKind): number {
  return table.blocks[kind];
}

export type Direction = 'ltr' | 'rtl';

export function isDirection(dir: unknown): dir is Direction {
  return typeof dir === 'string' && table.directions.includes(dir);
}

export function isStart(start: unknown): start is number {
  return typeof start === 'number' && Number.isInteger(start) && start >= 1 && start <= table.start_max;
}

export function isLink(link: unknown): link is string {
  return typeof link === 'string' && link.length > 0 && link.length <= table.link_chars_max;
}

export function isLanguage(lang: unknown): lang is string {
  return typeof lang === 'string' && new RegExp(`^[A-Za-z0-9-]{1,${table.language_chars_max}}$`, 'u').test(lang);
}
