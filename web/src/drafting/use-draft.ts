// Opens the draft while the page is shown, and leaves it with the page. Here the connection meets the server's other doors:
// whom it asks why its socket stays shut.
import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { api, ask, Refusal } from '../api/client';
import { foundIn, type Found, type Told } from './cause';
import { DraftConnection, type Snapshot } from './connection';
import { wakes } from './wakes';

const NOT_YET: Snapshot = { saved: 'connecting', unsaved: false, met: false, ending: undefined, present: [] };
const never = () => () => undefined;

/** An answer that takes longer is none: a train's Wi-Fi swallows questions. */
const ANSWER_MAX_MS = 10_000;

interface Who {
  draft: string;
  person: string;
  mayEdit: boolean;
}

export function useDraft({ draft: id, person, mayEdit }: Who): { connection: DraftConnection | undefined; draft: Snapshot } {
  const queries = useQueryClient();
  const [connection, setConnection] = useState<DraftConnection>();
  useEffect(() => {
    const opened = new DraftConnection({ draft: id, person, mayEdit, inquire: () => inquire(queries, id, person) });
    setConnection(opened);
    const forget = wakes(opened);
    return () => {
      forget();
      setConnection(undefined);
      opened.leave();
    };
    // The page stays its opener's: a changed right is told to the open connection below, and whoever else signs in is not
    // given another's words. It opens no new one.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [id]);
  useEffect(() => connection?.allow(mayEdit), [connection, mayEdit]);
  const draft = useSyncExternalStore(connection?.subscribe ?? never, connection?.snapshot ?? (() => NOT_YET));
  return { connection, draft };
}

/** Asks who is signed in and what this statement is to them; the page shows at once what it learns of the statement. */
async function inquire(queries: QueryClient, id: string, person: string): Promise<Found> {
  const signal = AbortSignal.timeout(ANSWER_MAX_MS);
  const [me, statement] = await Promise.all([
    told(ask(api.GET('/api/me', { signal }))),
    told(ask(api.GET('/api/statements/{id}', { params: { path: { id } }, signal }))),
  ]);
  const found = foundIn(person, me, statement);
  if ('said' in statement && found !== 'another-person') queries.setQueryData(['statement', id], statement.said);
  return found;
}

async function told<T>(answer: Promise<T>): Promise<Told<T>> {
  try {
    return { said: await answer };
  } catch (failure) {
    return { refused: failure instanceof Refusal ? failure : { status: 0 } };
  }
}
