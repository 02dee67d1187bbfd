// Who else is here, as presence tells it.
import { removeAwarenessStates, type Awareness } from 'y-protocols/awareness';
import type { Doc } from 'yjs';
import { writerOf, type Writer } from '../parts/writer';

/** A page of somebody else's. */
export interface Shown extends Writer {
  client: number;
}

const FIELDS = ['client', 'handle', 'colour'] as const;

export function sameWriters(one: Shown[], other: Shown[]): boolean {
  return one.length === other.length && one.every((writer, at) => FIELDS.every((field) => writer[field] === other[at]?.[field]));
}

export function others(awareness: Awareness): Shown[] {
  return [...awareness.getStates()].flatMap(([client, state]) => {
    const writer = client === awareness.clientID ? undefined : writerOf(state);
    return writer === undefined ? [] : [{ client, ...writer }];
  });
}

/** The provider speaks of presence by the document's id, so both are one; Yjs may change a document's by itself. */
export function showsItself(awareness: Awareness, doc: Doc): void {
  if (awareness.clientID === doc.clientID && awareness.getLocalState() !== null) return;
  const state = awareness.getLocalState() ?? {};
  removeAwarenessStates(awareness, [awareness.clientID], 'moved');
  awareness.clientID = doc.clientID;
  // Counted from 1: nobody takes in a first 0 of somebody they have not met.
  awareness.meta.set(doc.clientID, { clock: 0, lastUpdated: Date.now() });
  awareness.setLocalState(state);
}
