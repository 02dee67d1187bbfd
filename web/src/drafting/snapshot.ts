// What may be said of an open draft at one moment, and whether anything of it has changed since.
import type { Ending, Kept, Saved } from './acknowledge';
import { sameWriters, type Shown } from './shown';

export interface Snapshot {
  saved: Saved;
  unsaved: boolean;
  /** What becomes of unsaved words when the page is left. */
  kept: Kept;
  /** The text has arrived at least once, from the server or from this device. */
  met: boolean;
  /** Why the page cannot go on writing for now. */
  ending: Ending | undefined;
  /** The others who are here, each of their pages, in the order they came. */
  present: Shown[];
}

const FIELDS = ['saved', 'unsaved', 'kept', 'met', 'ending'] as const;

/** The next snapshot, or the one before where they say the same. */
export function said(next: Snapshot, before: Snapshot): Snapshot {
  const present = sameWriters(next.present, before.present) ? before.present : next.present;
  if (present === before.present && FIELDS.every((field) => next[field] === before[field])) return before;
  return { ...next, present };
}
