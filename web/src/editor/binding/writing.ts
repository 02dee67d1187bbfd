// What a step of the editor does to a text, written into it; the caller opens the transaction.
//
// Every insertion names all its attributes, because Yjs lets letters inherit those to their left.
import type { Node } from '@tiptap/pm/model';
import type { Step } from '@tiptap/pm/transform';
import { ContentString, type Text } from 'yjs';
import { difference, type Attributes } from './attributes';
import { startOf } from './changes';
import { operationsOf, type Operation } from './operations';
import { MARK, type Unit } from './units';

/** Writes what one step made of `before`. */
export function write(text: Text, step: Step, before: Node, after: Node): void {
  for (const operation of operationsOf(step, before, after)) perform(text, operation);
}

/** Writes one operation. */
export function perform(text: Text, operation: Operation): void {
  switch (operation.is) {
    case 'insert':
      insert(text, operation.at, operation.units);
      break;
    case 'delete':
      text.delete(operation.at, operation.length);
      break;
    case 'format':
      text.format(operation.at, operation.length, { ...operation.set });
      break;
  }
}

/** Gives the text the last mark it should never have lost. */
export function closeLastBlock(text: Text): void {
  if (!isClosed(text)) text.insert(text.length, MARK, {});
}

function isClosed(text: Text): boolean {
  let last: unknown;
  for (let item = startOf(text); item !== null; item = item.right) if (!item.deleted && item.countable) last = item.content;
  return last instanceof ContentString && last.str.endsWith(MARK);
}

function insert(text: Text, index: number, units: readonly Unit[]): void {
  let at = index;
  let letters = '';
  let attributes: Attributes = {};
  const flush = () => {
    // What has lost its other half would be another letter for everybody else.
    if (letters !== '') text.insert(at, letters.replaceAll(/\p{Surrogate}/gu, '\uFFFD'), { ...attributes });
    at += letters.length;
    letters = '';
  };
  let wasMark = false;
  for (const unit of units) {
    const isMark = unit.is === MARK;
    if (typeof unit.is !== 'string' || isMark !== wasMark || difference(attributes, unit.attributes) !== undefined) flush();
    ({ attributes } = unit);
    wasMark = isMark;
    if (typeof unit.is === 'string') {
      letters += unit.is;
    } else if (unit.is.note !== '') {
      text.insertEmbed(at, { note: unit.is.note }, { ...attributes });
      at += 1;
    }
  }
  flush();
}
