// Where somebody writes, as it is told to others: a place in one of the draft's texts that stays beside its letter whatever is
// written around it. What others tell is read with suspicion: anything can be said on a wire.
import type { Node } from '@tiptap/pm/model';
import {
  createAbsolutePositionFromRelativePosition,
  createRelativePositionFromJSON,
  createRelativePositionFromTypeIndex,
  relativePositionToJSON,
  type Text,
} from 'yjs';
import { besideLetter, indexOf, placeAt } from './places';

export interface Stand {
  /** The root: the body, or one footnote. */
  root: string;
  anchor: unknown;
  head: unknown;
}

export interface Span {
  anchor: number;
  head: number;
}

export function standOf(text: Text, root: string, doc: Node, { anchor, head }: Span): Stand {
  const told = (pos: number): unknown => relativePositionToJSON(createRelativePositionFromTypeIndex(text, Math.min(indexOf(doc, pos), text.length)));
  return { root, anchor: told(anchor), head: told(head) };
}

/** Where it is in the document now; nothing where it is nowhere. */
export function spanOf(text: Text, doc: Node, { anchor, head }: Stand): Span | undefined {
  const [from, to] = [anchor, head].map((told) => positionOf(text, doc, told));
  return from === undefined || to === undefined ? undefined : { anchor: from, head: to };
}

function positionOf(text: Text, doc: Node, told: unknown): number | undefined {
  if (text.doc === null || !isRelative(told)) return undefined;
  try {
    const found = createAbsolutePositionFromRelativePosition(createRelativePositionFromJSON(told), text.doc);
    if (found === null || found.type !== text) return undefined;
    return besideLetter(doc, placeAt(doc, found.index)?.pos ?? doc.content.size - 1);
  } catch {
    return undefined;
  }
}

/** Reads what a presence says of a place; nothing for anything else. */
export function readStand(state: unknown): Stand | undefined {
  const cursor = field(state, 'cursor');
  const root = field(cursor, 'root');
  const [anchor, head] = [field(cursor, 'anchor'), field(cursor, 'head')];
  return typeof root === 'string' && isRelative(anchor) && isRelative(head) ? { root, anchor, head } : undefined;
}

function isRelative(told: unknown): boolean {
  if (typeof told !== 'object' || told === null) return false;
  const { item, type, tname, assoc } = told as Record<string, unknown>;
  const none = (value: unknown) => value === undefined || value === null;
  return (none(item) || isId(item)) && none(type) && (none(tname) || typeof tname === 'string') && (none(assoc) || assoc === 0 || assoc === -1) && !(none(item) && none(tname));
}

function isId(id: unknown): boolean {
  return [field(id, 'client'), field(id, 'clock')].every((number) => Number.isSafeInteger(number) && Number(number) >= 0);
}

function field(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>)[key] : undefined;
}
