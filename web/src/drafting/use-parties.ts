// Asks who is behind the handles, anew whenever somebody comes, goes or chooses, and tells the carets.
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useWriters } from '../api/queries';
import type { DraftConnection, Shown } from './connection';
import { calledBy, choseAnew, ownHandle, partiesOf, type Calls, type Party } from './parties';

// A hall that comes back online comes all at once; one question then does for all.
const SETTLED_AFTER_MS = 300;

/** The others who are here; nothing while that is being asked. */
export function useParties(id: string, present: readonly Shown[], connection: DraftConnection | undefined): Party[] | undefined {
  const { t } = useTranslation('drafting');
  const queries = useQueryClient();
  const answer = useWriters(id).data;
  const told = answer?.writers;
  const stand = present.map(({ client, handle, colour }) => `${client} ${handle} ${colour}`).join('\n');
  const before = useRef<readonly Shown[]>([]);
  useEffect(() => {
    // Who may write is told by another answer, which a choice changes, too.
    const chose = choseAnew(before.current, present);
    before.current = present;
    if (chose) void queries.invalidateQueries({ queryKey: ['statement', id] });
    const timer = setTimeout(() => void queries.invalidateQueries({ queryKey: ['writers', id] }), SETTLED_AFTER_MS);
    return () => clearTimeout(timer);
    // Only what is said in `stand` counts; the list is a new one each time anything is told.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [stand, id, queries]);

  const calls = useMemo<Calls>(
    () => ({
      secretariat: { acronym: t('presence.secretariat-short'), name: t('presence.secretariat') },
      unnamed: { acronym: t('presence.unnamed-short'), name: t('presence.unnamed') },
    }),
    [t],
  );
  useEffect(() => {
    const labels = (told ?? []).map(({ handle, organisation, unnamed }) => {
      const { acronym, name } = calledBy({ organisation, unnamed }, calls);
      return [handle, acronym || name] as const;
    });
    const colours = (told ?? []).map(({ handle, organisation }) => [handle, organisation?.colour ?? 0] as const);
    connection?.names.know(new Map(labels), new Map(colours));
  }, [told, connection, calls]);
  useEffect(() => {
    const own = ownHandle(answer);
    if (own !== undefined) connection?.writesAs(own);
  }, [answer, connection]);
  // oxlint-disable-next-line react-hooks/exhaustive-deps
  return useMemo(() => partiesOf(present, told, calls), [stand, told, calls]);
}
