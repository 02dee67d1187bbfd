// Why a draft's socket stays shut, and whether one may come back. A browser is not told why a socket was refused at the
// door, so the session and the statement are asked over HTTP. Pure: answers in, what they mean for the page out.
import type { Refusal } from '../api/client';
import type { May } from '../api/types';
import type { Ending } from './acknowledge';
import { capped } from './mode';

/** What the server says now about this draft and the person who opened it here. */
export type Found = 'signed-out' | 'another-person' | 'no-right' | 'settled' | 'reads' | 'writes' | 'unreachable';

/** An answer, or why there is none. */
export type Told<T> = { said: T } | { refused: Pick<Refusal, 'status'> };

interface Who {
  person: { id: string };
}
interface What {
  state: string;
  my_right?: May | null;
}

export function foundIn(person: string, me: Told<Who>, statement: Told<What>): Found {
  if ('refused' in me) return me.refused.status === 401 ? 'signed-out' : 'unreachable';
  if (me.said.person.id !== person) return 'another-person';
  if ('refused' in statement) {
    const { status } = statement.refused;
    return status === 401 ? 'signed-out' : status === 403 || status === 404 ? 'no-right' : 'unreachable';
  }
  if (statement.said.state !== 'drafting') return 'settled';
  // What is suggested is written, too.
  return capped('edit', statement.said.my_right ?? 'read') === 'read' ? 'reads' : 'writes';
}

/** What the page knows of itself. */
export interface Page {
  ending: Ending | undefined;
  unsaved: boolean;
  /** Somebody may have written on this page, now or before. */
  wrote: boolean;
}

/** Why this page cannot go on, or `undefined` where nothing stands in its way. Silence says neither: ask later. */
export function endingFor(found: Exclude<Found, 'unreachable'>, { ending, unsaved, wrote }: Page): Ending | undefined {
  switch (found) {
    case 'signed-out':
      return 'signed-out';
    case 'another-person':
      return 'foreign-client';
    case 'no-right':
      return 'no-right';
    case 'settled':
      // Who only reads a draft goes on reading it.
      return wrote || ending === 'frozen' ? 'frozen' : undefined;
    case 'reads':
      return unsaved ? 'no-right' : undefined;
    case 'writes':
      return undefined;
  }
}

/** Endings whose cause can be asked for, and may be gone when one asks again. */
export const ASKED_FOR: ReadonlySet<Ending> = new Set<Ending>(['signed-out', 'foreign-client', 'no-right', 'frozen']);
