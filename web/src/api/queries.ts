// What the pages read and change on the server. After a change, everything it touches is read again.
import { keepPreviousData, queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, ask, Refusal } from './client';
import type { Organisation } from './types';

const STALE_AFTER_MS = 15_000;
// The register of one coalition holds hundreds of organisations; this bounds a server that never says "last page".
const PAGES_MAX = 100;

export interface RegisterFilter {
  search?: string;
  region?: string;
  status?: string;
  visibility?: string;
  page?: number;
}

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: () => ask(api.GET('/api/me')),
  staleTime: 60_000,
  retry: retryOnce,
});

export const useMe = () => useQuery(meQuery);

export const useStatements = () =>
  useQuery({
    queryKey: ['statements'],
    queryFn: async () => (await ask(api.GET('/api/statements'))).statements,
    staleTime: STALE_AFTER_MS,
    retry: retryOnce,
  });

export const useStatement = (id: string) =>
  useQuery({
    queryKey: ['statement', id],
    queryFn: () => ask(api.GET('/api/statements/{id}', { params: { path: { id } } })),
    staleTime: STALE_AFTER_MS,
    retry: retryOnce,
  });

export const useFreezePreview = (id: string, enabled: boolean) =>
  useQuery({
    queryKey: ['freeze', id],
    queryFn: () => ask(api.GET('/api/statements/{id}/freeze', { params: { path: { id } } })),
    enabled,
    staleTime: 0,
    retry: retryOnce,
  });

export const useEdition = (id: string | undefined) =>
  useQuery({
    queryKey: ['edition', id],
    queryFn: () => ask(api.GET('/api/editions/{id}', { params: { path: { id: id ?? '' } } })),
    enabled: id !== undefined,
    // A settled text never changes.
    staleTime: Number.POSITIVE_INFINITY,
    retry: retryOnce,
  });

export const useRound = (id: string | undefined) =>
  useQuery({
    queryKey: ['round', id],
    queryFn: () => ask(api.GET('/api/rounds/{id}', { params: { path: { id: id ?? '' } } })),
    enabled: id !== undefined,
    staleTime: STALE_AFTER_MS,
    refetchInterval: 60_000,
    retry: retryOnce,
  });

/** What publishing would make public: the list as it will be printed. Asked afresh whenever somebody looks. */
export const usePublicationPreview = (id: string, enabled: boolean) =>
  useQuery({
    queryKey: ['publication', id],
    queryFn: () => ask(api.GET('/api/statements/{id}/publish', { params: { path: { id } } })),
    enabled,
    staleTime: 0,
    retry: retryOnce,
  });

export const useHistory = (id: string) =>
  useQuery({
    queryKey: ['history', id],
    queryFn: async () => (await ask(api.GET('/api/statements/{id}/history', { params: { path: { id } } }))).acts,
    retry: retryOnce,
  });

export const useOrganisations = (filter: RegisterFilter) =>
  useQuery({
    queryKey: ['organisations', 'page', filter],
    queryFn: () => organisationPage(filter),
    placeholderData: keepPreviousData,
    staleTime: STALE_AFTER_MS,
    retry: retryOnce,
  });

/** The whole register, for choosing many at once. */
export const useAllOrganisations = (enabled = true) =>
  useQuery({
    queryKey: ['organisations', 'all'],
    queryFn: async () => {
      const all: Organisation[] = [];
      for (let page = 1; page <= PAGES_MAX; page += 1) {
        // One after the other: the next page exists only if this one says so.
        // oxlint-disable-next-line no-await-in-loop
        const answer = await organisationPage({ page });
        all.push(...answer.organisations);
        if (page >= answer.pages) break;
      }
      return all;
    },
    enabled,
    staleTime: 60_000,
    retry: retryOnce,
  });

export const useOrganisation = (id: string) =>
  useQuery({
    queryKey: ['organisations', 'one', id],
    queryFn: () => ask(api.GET('/api/organisations/{id}', { params: { path: { id } } })),
    retry: retryOnce,
  });

// What no change touches: a settled text, who is asking; and the looks before freezing and publishing, which are
// always asked afresh and are refused once the act is done.
const KEPT: ReadonlySet<unknown> = new Set(['edition', 'me', 'freeze', 'publication']);

// ---- changes -------------------------------------------------------------------------------------------------------

export const useStartStatement = () =>
  useChange((body: { title: string; language: string; forum?: string }) =>
    ask(api.POST('/api/statements', { body })),
  );

export const useSetDrafters = (id: string) =>
  useChange((organisations: string[]) =>
    ask(api.PUT('/api/statements/{id}/drafters', { params: { path: { id } }, body: { organisations } })),
  );

export const useFreeze = (id: string) =>
  useChange(() => ask(api.POST('/api/statements/{id}/freeze', { params: { path: { id } } })));

export const useReopen = (id: string) =>
  useChange(() => ask(api.POST('/api/statements/{id}/reopen', { params: { path: { id } } })));

export const useOpenRound = (id: string) =>
  useChange((body: { organisations: string[]; closes_at: string }) =>
    ask(api.POST('/api/statements/{id}/rounds', { params: { path: { id } }, body })),
  );

export const usePublish = (id: string) =>
  useChange(() => ask(api.POST('/api/statements/{id}/publish', { params: { path: { id } }, body: {} })));

export const useRemind = (id: string) =>
  useChange(() => ask(api.POST('/api/rounds/{id}/remind', { params: { path: { id } }, body: {} })));

export const useExtend = (id: string) =>
  useChange((closes_at: string) =>
    ask(api.POST('/api/rounds/{id}/extend', { params: { path: { id } }, body: { closes_at } })),
  );

export const useCloseRound = (id: string) =>
  useChange(() => ask(api.POST('/api/rounds/{id}/close', { params: { path: { id } }, body: {} })));

/** Each call is an act on record; its answer is shown once and kept nowhere. */
export const useReveal = (id: string) =>
  useChange(() => ask(api.POST('/api/rounds/{id}/reveal', { params: { path: { id } }, body: {} })));

export const useImport = () =>
  useChange((file: Blob) =>
    ask(
      api.POST('/api/organisations/import', {
        // The contract calls a body of text a string; what is sent are the file's own bytes, whatever they are.
        body: '',
        bodySerializer: () => file,
        headers: { 'Content-Type': 'text/csv' },
      }),
    ),
  );

export const signOut = () => ask(api.POST('/api/sign-out', { headers: { 'Content-Type': 'application/json' } }));

function organisationPage(filter: RegisterFilter) {
  const query = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined && value !== ''));
  return ask(api.GET('/api/organisations', { params: { query } }));
}

function useChange<In, Out>(act: (input: In) => Promise<Out>) {
  const client = useQueryClient();
  return useMutation<Out, Refusal, In>({
    mutationFn: act,
    onSuccess: () =>
      client.invalidateQueries({ predicate: ({ queryKey }) => !KEPT.has(queryKey[0]) }),
  });
}

/** A refusal is an answer and is not asked for again; silence is, once. */
function retryOnce(count: number, error: Error): boolean {
  return count < 1 && !(error instanceof Refusal && error.status >= 400 && error.status < 500);
}
