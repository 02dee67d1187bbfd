// Opens the draft while the page is shown, and leaves it with the page. Here the connection meets the server's other doors:
// whom it asks why its socket stays shut; and this device, which forgets what the server would not show any more.
import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { api, ask, Refusal } from '../api/client';
import { forgetsStatement, keepsStatement } from '../api/kept';
import type { Me, StatementDetail } from '../api/types';
import type { Whose } from '../device/device';
import { askToStay, device, hearPages, hold, tellPages } from '../device/here';
import { foundIn, type Found, type Told } from './cause';
import { DraftConnection, type Snapshot } from './connection';
import { Keeper } from './keeper';
import { wakes } from './wakes';

const NOT_YET: Snapshot = { saved: 'connecting', unsaved: false, kept: 'keeping', met: false, ending: undefined, present: [] };
const never = () => () => undefined;

/** An answer that takes longer is none: a train's Wi-Fi swallows questions. */
const ANSWER_MAX_MS = 10_000;

interface Who {
  draft: string;
  person: string;
  mayEdit: boolean;
}

export function useDraft({ draft: id, person, mayEdit }: Who): DraftConnection | undefined {
  const queries = useQueryClient();
  const [connection, setConnection] = useState<DraftConnection>();
  useEffect(() => {
    const whose = { person, draft: id };
    const keeper = new Keeper(device, whose, () => {
      askToStay();
      tellPages({ what: 'kept', ...whose });
    });
    const release = hold(openDraft(whose));
    const opened = new DraftConnection({ draft: id, person, mayEdit, inquire: () => inquire(queries, id, person), keeper });
    setConnection(opened);
    const forget = wakes(opened);
    const deaf = hearPages((heard) => {
      if (heard.what === 'kept' && heard.draft === id && heard.person === person) void opened.hears();
      if (heard.what === 'signed-out' && heard.person === person) opened.forgets();
    });
    return () => {
      forget();
      deaf();
      release();
      setConnection(undefined);
      opened.leave();
    };
    // The page stays its opener's: a changed right is told to the open connection below, and whoever else signs in is not
    // given another's words. It opens no new one.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [id]);
  useEffect(() => connection?.allow(mayEdit), [connection, mayEdit]);
  return connection;
}

/** One thing that may be said of the draft. Whoever asks is drawn anew when that changes, and not at every letter. */
export function useSaid<Field extends keyof Snapshot>(connection: DraftConnection | undefined, field: Field): Snapshot[Field] {
  return useSyncExternalStore(connection?.subscribe ?? never, () => (connection?.snapshot() ?? NOT_YET)[field]);
}

/** Held while a page has the draft open: it saves its own words. */
export function openDraft({ person, draft }: Whose): string {
  return `draft ${draft} ${person}`;
}

/** Asks who is signed in and what this statement is to them; the page shows at once what it learns of the statement. */
export async function inquire(queries: QueryClient, id: string, person: string): Promise<Found> {
  const signal = AbortSignal.timeout(ANSWER_MAX_MS);
  const [me, statement] = await Promise.all([
    told(ask(api.GET('/api/me', { signal }))),
    told(ask(api.GET('/api/statements/{id}', { params: { path: { id } }, signal }))),
  ]);
  const found = foundIn(person, me, statement);
  await keepsWhatIsShown(found, id, me, statement).catch(() => undefined);
  if ('said' in statement && found !== 'another-person') queries.setQueryData(['statement', id], statement.said);
  return found;
}

/** The device keeps what the server shows now, and nothing else but own unsent words. */
async function keepsWhatIsShown(found: Found, draft: string, me: Told<Me>, statement: Told<StatementDetail>): Promise<void> {
  if (found === 'signed-out') await device.isLeftAlone();
  if ('said' in me) await device.meets(me.said.person);
  if (found === 'no-right') await forgetsStatement(draft);
  if (found !== 'another-person' && 'said' in statement) await keepsStatement(statement.said);
}

async function told<T>(answer: Promise<T>): Promise<Told<T>> {
  try {
    return { said: await answer };
  } catch (failure) {
    return { refused: failure instanceof Refusal ? failure : { status: 0 } };
  }
}
