// Saves what a person wrote on this device and no server has, without opening its page: after signing in again, or when the server
// is back. What cannot be saved, because one may not write there any more, is told, and stays until its writer has copied it.
import type { QueryClient } from '@tanstack/react-query';
import { device, unlessHeld } from '../device/here';
import { VERSION } from '../text/draft';
import type { Ending } from './acknowledge';
import type { Found } from './cause';
import { DraftConnection } from './connection';
import { Keeper } from './keeper';
import { inquire, openDraft } from './use-draft';
import { wordsIn } from './words-in';

/** Words that were not saved. */
export interface Stranded {
  draft: string;
  words: string;
  rows: number[];
  /** Their writer may write there, and yet they are not taken. */
  mayWrite: boolean;
}

// A draft that takes longer is tried again with the next look.
const SAVED_MS_MAX = 60_000;
/** What ended the last attempt, by draft: who is refused twice for the same reason, though they may write, will be again. */
const endedBy = new Map<string, Ending>();

/** Answers what cannot be saved; what could not be saved yet waits for the next time. */
export async function bringBack(queries: QueryClient, person: string): Promise<Stranded[]> {
  const stranded: Stranded[] = [];
  const all = await device.unsent(person);
  for (const draft of new Set(all.map((row) => row.draft))) {
    const rows = all.filter((row) => row.draft === draft);
    // oxlint-disable-next-line no-await-in-loop -- one draft after another
    await unlessHeld(openDraft({ person, draft }), async () => {
      // Whoever is signed in by now: words are shown to their writer alone.
      const found = await inquire(queries, draft, person);
      const mayWrite = found === 'writes';
      if (!mayWrite && !SETTLED.has(found)) return;
      const before = rows.filter(({ version }) => version !== VERSION);
      const isRefused = NEVER.has(endedBy.get(draft) ?? 'refused');
      const saved = mayWrite && !isRefused && (before.length === rows.length || (await saves(queries, person, draft)) !== 'never');
      const lost = saved ? before : rows;
      if (lost.length > 0) stranded.push({ draft, words: wordsIn(lost.map(({ update }) => update)), rows: lost.map(({ row }) => row), mayWrite });
    });
  }
  return stranded;
}

/** The server says that this person may not write there now. */
const SETTLED: ReadonlySet<Found> = new Set<Found>(['reads', 'settled', 'no-right']);
/** Why words will not be taken, however often they are brought. */
const NEVER: ReadonlySet<Ending> = new Set<Ending>(['malformed', 'draft-full', 'place-crowded', 'only-suggestions']);
/** What may have passed by the next time. */
const LATER: ReadonlySet<Ending> = new Set<Ending>(['room-full', 'outdated', 'signed-out', 'no-right', 'frozen']);

/** Connects as the page would, until everything is committed. */
function saves(queries: QueryClient, person: string, draft: string): Promise<'saved' | 'later' | 'never'> {
  const keeper = new Keeper(device, { person, draft });
  const connection = new DraftConnection({ draft, person, mayEdit: true, inquire: () => inquire(queries, draft, person), keeper });
  return new Promise((done) => {
    const ends = (how: 'saved' | 'later' | 'never') => {
      clearTimeout(late);
      connection.leave();
      done(how);
    };
    const late = setTimeout(() => ends('later'), SAVED_MS_MAX);
    connection.subscribe(() => {
      const { saved, unsaved, met, ending } = connection.snapshot();
      if (ending !== undefined) {
        const again = endedBy.get(draft) === ending && !LATER.has(ending);
        endedBy.set(draft, ending);
        ends(again || NEVER.has(ending) ? 'never' : 'later');
      } else if (saved === 'saved' && met && !unsaved) ends('saved');
    });
  });
}
