// Which threads are listed, and in which order: as their passages stand in the text; those whose words are gone come last.
import type { Thread } from '../api/types';

export type Tab = 'open' | 'resolved';

interface Place {
  order: number;
  from: number;
}

/** A thread that somebody is writing to stays where it is, whatever others do with it. */
export function listed(threads: readonly Thread[], tab: Tab, standing: ReadonlyMap<string, Place>, writing: ReadonlySet<string>): Thread[] {
  const isIn = ({ id, resolved }: Thread) => (tab === 'open') === (resolved === undefined || writing.has(id));
  return inOrder(threads.filter(isIn).map((thread) => ({ id: thread.id, thread, place: standing.get(thread.id) }))).map(({ thread }) => thread);
}

/** As they stand in the text. */
export function inOrder<One extends { id: string; place: Place | undefined }>(all: readonly One[]): One[] {
  const gone = { order: Infinity, from: 0 };
  return all.toSorted((one, other) => {
    const [here, there] = [one.place ?? gone, other.place ?? gone];
    if (here.order !== there.order) return here.order < there.order ? -1 : 1;
    return here.from - there.from || (one.id < other.id ? -1 : 1);
  });
}

/** The next one that way, round at the ends; the first or last where none is chosen. */
export function beside<One extends { id: string }>(list: readonly One[], chosen: string | undefined, step: 1 | -1): One | undefined {
  const at = list.findIndex(({ id }) => id === chosen);
  if (at < 0) return list.at(step === 1 ? 0 : -1);
  return list[(at + step + list.length) % list.length];
}

/** How many remarks have come that this reader did not write. */
export function newsIn(before: readonly Thread[], now: readonly Thread[]): number {
  const known = new Set(before.flatMap(({ remarks }) => remarks.map(({ id }) => id)));
  return now.flatMap(({ remarks }) => remarks).filter(({ id, by }) => !by.own && !known.has(id)).length;
}
