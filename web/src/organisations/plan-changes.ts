// What became of an import's plan while somebody looked at it: the register has changed under it, organisation by organisation.
import type { ImportPreview } from '../api/types';

export interface Named {
  reference: string;
  name: string;
}

export interface PlanChanges {
  /** By now as the file says: nothing is left to do for them. */
  alike: Named[];
  /** New when one looked; in the register by now, and otherwise than in the file. */
  otherwise: Named[];
  /** Known when one looked, and changed in the register since. */
  changed: Named[];
}

export function planChanges(before: ImportPreview, now: ImportPreview): PlanChanges {
  const wasNew = new Set(before.added.map(({ reference }) => reference));
  const wasKnown = new Map(before.updated.map((row) => [row.reference, JSON.stringify(row)]));
  const isThere = new Set([...now.added, ...now.updated].map(({ reference }) => reference));
  return {
    alike: [...before.added, ...before.updated].filter(({ reference }) => !isThere.has(reference)),
    otherwise: now.updated.filter(({ reference }) => wasNew.has(reference)),
    changed: now.updated.filter((row) => !wasNew.has(row.reference) && wasKnown.get(row.reference) !== JSON.stringify(row)),
  };
}
