// What a transaction changed in a text. Yjs would say so too (`event.delta`), but in saying it deletes formats that have become
// superfluous: a page that only reads would write. Here nothing is written.
import { ContentEmbed, ContentFormat, ContentString, isDeleted, type Item, type Text, type Transaction } from 'yjs';
import { difference, type Attributes } from './attributes';

export type Change = { kept: number; formatted?: Record<string, unknown> } | { deleted: number } | { inserted: unknown; attributes: Attributes };

/** In the order of the text; together they lead from the text before to the text now. */
export function changesOf(text: Text, transaction: Transaction): Change[] {
  const changes: Change[] = [];
  const before: Record<string, unknown> = {};
  const now: Record<string, unknown> = {};
  for (let item = startOf(text); item !== null; item = item.right) {
    const isNew = item.id.clock >= (transaction.beforeState.get(item.id.client) ?? 0);
    const was = !isNew && (!item.deleted || isDeleted(transaction.deleteSet, item.id));
    const is = !item.deleted;
    const { content } = item;
    if (content instanceof ContentFormat) {
      if (was) set(before, content.key, content.value);
      if (is) set(now, content.key, content.value);
    } else if (item.countable) {
      if (was && is) keep(changes, item.length, difference(before, now));
      else if (was) remove(changes, item.length);
      else if (is) insert(changes, content instanceof ContentString ? content.str : embeddedIn(content), { ...now });
    }
  }
  return changes;
}

/** The first item of a sequence. */
export function startOf(text: Text): Item | null {
  return (text as unknown as { _start: Item | null })._start;
}

function embeddedIn(content: unknown): unknown {
  return content instanceof ContentEmbed ? content.embed : null;
}

function set(attributes: Record<string, unknown>, key: string, value: unknown): void {
  if (value === null) delete attributes[key];
  else attributes[key] = value;
}

function keep(changes: Change[], kept: number, formatted: Record<string, unknown> | undefined): void {
  const last = changes.at(-1);
  if (last !== undefined && 'kept' in last && alike(last.formatted, formatted)) last.kept += kept;
  else changes.push(formatted === undefined ? { kept } : { kept, formatted });
}

function remove(changes: Change[], deleted: number): void {
  const last = changes.at(-1);
  if (last !== undefined && 'deleted' in last) last.deleted += deleted;
  else changes.push({ deleted });
}

function insert(changes: Change[], inserted: unknown, attributes: Attributes): void {
  const last = changes.at(-1);
  const goesOn = last !== undefined && 'inserted' in last && typeof last.inserted === 'string' && typeof inserted === 'string';
  if (goesOn && alike(last.attributes, attributes)) last.inserted += inserted;
  else changes.push({ inserted, attributes });
}

function alike(one: Attributes | undefined, other: Attributes | undefined): boolean {
  return one === other || difference(one ?? {}, other ?? {}) === undefined;
}
