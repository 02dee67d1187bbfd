// Saves what a person wrote on this device and no server has, without opening its page: after signing in again, or when the server
// is back. What cannot be saved, because one may not write there any more, is told, and stays until its writer has copied it.
import type { QueryClient } from '@tanstack/react-query';
import { api, ask, Refusal } from '../api/client';
import type { StatementDetail } from '../api/types';
import type { Row } from '../device/device';
import { device, unlessHeld } from '../device/here';
import { VERSION } from '../text/draft';
import type { Ending } from './acknowledge';
import { DraftConnection } from './connection';
import { Keeper } from './keeper';
import { inquire, openDraft } from './use-draft';
import { wordsIn } from './words-in';

/** Words that were not saved. */
export interface Stranded {
  draft: string;
  words: string;
  rows: number[];
}

export interface Brought {
  stranded: Stranded[];
  /** The server was not there for all of it. */
  again: boolean;
}

// A draft that takes longer is tried again with the next look.
const SAVED_MS_MAX = 60_000;
const FAULT = 500;

export async function bringBack(queries: QueryClient, person: string): Promise<Brought> {
  const brought: Brought = { stranded: [], again: false };
  const all = await device.unsent(person);
  for (const draft of new Set(all.map((row) => row.draft))) {
    const rows = all.filter((row) => row.draft === draft);
    // oxlint-disable-next-line no-await-in-loop -- one draft after another
    await unlessHeld(openDraft({ person, draft }), async () => {
      const may = await mayWrite(draft);
      if (may === 'unknown') {
        brought.again = true;
        return;
      }
      const before = rows.filter(({ version }) => version !== VERSION);
      const done = may === 'no' ? 'never' : before.length === rows.length ? 'saved' : await saves(queries, person, draft);
      if (done === 'later') brought.again = true;
      const lost = done === 'never' ? rows : before;
      if (lost.length > 0) brought.stranded.push(strandedIn(draft, lost));
    });
  }
  return brought;
}

function strandedIn(draft: string, rows: readonly Row[]): Stranded {
  return { draft, words: wordsIn(rows.map(({ update }) => update)), rows: rows.map(({ row }) => row) };
}

async function mayWrite(id: string): Promise<'yes' | 'no' | 'unknown'> {
  let statement: StatementDetail;
  try {
    statement = await ask(api.GET('/api/statements/{id}', { params: { path: { id } } }));
  } catch (failure) {
    const status = failure instanceof Refusal ? failure.status : FAULT;
    return status === 403 || status === 404 ? 'no' : 'unknown';
  }
  return statement.state === 'drafting' && statement.may.includes('edit') ? 'yes' : 'no';
}

/** Why words will not be taken, however often they are brought. */
const NEVER: ReadonlySet<Ending> = new Set<Ending>(['malformed', 'draft-full', 'place-crowded']);

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
      if (ending !== undefined) ends(NEVER.has(ending) ? 'never' : 'later');
      else if (saved === 'saved' && met && !unsaved) ends('saved');
    });
  });
}
