// What the pages read and change on the server. After a change, everything it touches is read again.
import { keepPreviousData, queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { device } from '../device/here';
import { api, ask, Refusal } from './client';
import { forgetsStatement, keepsListed, keepsStatement, meAsKept, orKept, statementAsKept } from './kept';
import type { BracketList, May, Me, NewMention, NewThread, Organisation, StatementDetail, ThreadList, WhoWrote } from './types';

const STALE_AFTER_MS = 15_000;
const SIGNED_OUT = 401;
const FORBIDDEN = 403;
const NOT_FOUND = 404;
const CONFLICT = 409;
// How often the page of an open round looks.
const ROUND_EVERY_MS = 5_000;
// A right to comment, the end of comments and who last edited change without a word on the draft's socket.
const DRAFT_EVERY_MS = 60_000;
// So often the past is read on for one question.
const ASKED_ON_MAX = 4;
// How often a page looks whether somebody said something. Where nobody did, the answer has no body.
const THREADS_EVERY_MS = 5_000;
// What is suggested and answered comes with the draft itself; by whom and when is asked beside it.
const SUGGESTIONS_EVERY_MS = 15_000;
// The register of one coalition holds hundreds of organisations; this bounds a server that never says "last page".
const PAGES_MAX = 100;

// What comes from this device is asked for again until the server has said it.
const KEPT_EVERY_MS = 15_000;
const ALSO_OFFLINE = {
  refetchInterval: ({ state }: { state: { data?: { kept?: true } | undefined } }) => (state.data?.kept === true ? KEPT_EVERY_MS : false),
} as const;

export interface RegisterFilter {
  search?: string;
  region?: string;
  status?: string;
  visibility?: string;
  page?: number;
}

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ client, queryKey }) => orKept<Me>((signal) => ask(api.GET('/api/me', { signal: signal ?? null })), meAsKept, {
    inHand: () => client.getQueryData(queryKey),
    said: ({ person }) => device.meets(person),
    refused: (status) => (status === SIGNED_OUT ? device.isLeftAlone() : undefined),
  }),
  staleTime: 60_000,
  retry: retryOnce,
  ...ALSO_OFFLINE,
});

export const useMe = () => useQuery(meQuery);

export const useStatements = () =>
  useQuery({
    queryKey: ['statements'],
    queryFn: async () => {
      const { statements } = await ask(api.GET('/api/statements'));
      await keepsListed(statements).catch(() => undefined);
      return statements;
    },
    staleTime: STALE_AFTER_MS,
    retry: retryOnce,
  });

export const useStatement = (id: string) =>
  useQuery({
    queryKey: ['statement', id],
    queryFn: ({ client, queryKey }) => orKept<StatementDetail>((signal) => ask(api.GET('/api/statements/{id}', { params: { path: { id } }, signal: signal ?? null })), () => statementAsKept(id), {
      inHand: () => client.getQueryData(queryKey),
      said: keepsStatement,
      refused: (status) => (status === FORBIDDEN || status === NOT_FOUND ? forgetsStatement(id) : undefined),
    }),
    staleTime: STALE_AFTER_MS,
    retry: retryOnce,
    refetchInterval: (query) => ALSO_OFFLINE.refetchInterval(query) || (query.state.data?.state === 'drafting' ? DRAFT_EVERY_MS : false),
  });

// A look at what an act would do. It is held still while it is read: nothing but its page asks for it again.
const HELD = { staleTime: 0, gcTime: 0, refetchOnWindowFocus: false, refetchOnReconnect: false } as const;

export const freezePreview = (id: string, signal: AbortSignal) => ask(api.GET('/api/statements/{id}/freeze', { params: { path: { id } }, signal }));

export const useFreezePreview = (id: string, enabled: boolean) =>
  useQuery({
    queryKey: ['freeze', id],
    queryFn: ({ signal }) => freezePreview(id, signal),
    enabled,
    ...HELD,
    retry: retryOnce,
  });

export const useReopenPreview = (id: string) =>
  useQuery({
    queryKey: ['reopen', id],
    queryFn: () => ask(api.GET('/api/statements/{id}/reopen', { params: { path: { id } } })),
    ...HELD,
    retry: retryOnce,
  });

/** Who may do what with the draft, as it is about to be changed. */
export const useDrafters = (id: string) =>
  useQuery({
    queryKey: ['drafters', id],
    queryFn: () => ask(api.GET('/api/statements/{id}/drafters', { params: { path: { id } } })),
    ...HELD,
    retry: retryOnce,
  });

/** Who is behind the handles of a draft, as far as I may know, and how my organisation writes. */
export const useWriters = (id: string) =>
  useQuery({
    queryKey: ['writers', id],
    queryFn: () => ask(api.GET('/api/statements/{id}/writers', { params: { path: { id } } })),
    staleTime: STALE_AFTER_MS,
    retry: retryOnce,
  });

/** How my organisation writes, as that is about to be changed. */
export const useOwnName = (id: string) =>
  useQuery({
    queryKey: ['own-name', id],
    queryFn: async () => {
      const { own } = await ask(api.GET('/api/statements/{id}/writers', { params: { path: { id } } }));
      if (own === undefined) throw new Refusal(NOT_FOUND, {});
      return own;
    },
    ...HELD,
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

/** What became of one text in another. It is held still while it is read, as the draft goes on. */
export const useComparison = (id: string, { from, to }: { from: string; to: string }, enabled: boolean) =>
  useQuery({
    queryKey: ['comparison', id, from, to],
    queryFn: ({ signal }) => ask(api.GET('/api/statements/{id}/compare', { params: { path: { id }, query: { from, to } }, signal })),
    enabled,
    ...HELD,
    retry: retryOnce,
  });

/** What became of one text in another, as a Word file whose changes can be taken or refused. */
export const fetchChanges = (id: string, { from, to }: { from: string; to: string }): Promise<Blob> =>
  ask(api.GET('/api/statements/{id}/compare.docx', { params: { path: { id }, query: { from, to } }, parseAs: 'blob' }));

/** The draft as it stands, as a Word file. */
export const fetchDraft = (id: string): Promise<Blob> => ask(api.GET('/api/statements/{id}/draft.docx', { params: { path: { id } }, parseAs: 'blob' }));

export const useRound = (id: string | undefined) =>
  useQuery({
    queryKey: ['round', id],
    queryFn: () => ask(api.GET('/api/rounds/{id}', { params: { path: { id: id ?? '' } } })),
    enabled: id !== undefined,
    staleTime: STALE_AFTER_MS,
    // Public answers show at once; what is withheld moves once a day, and the server sees to that.
    refetchInterval: ({ state }) => (state.data?.state === 'closed' ? false : ROUND_EVERY_MS),
    retry: retryOnce,
  });

/** What publishing would make public: the list as it will be printed. */
export const usePublicationPreview = (id: string, enabled: boolean) =>
  useQuery({
    queryKey: ['publication', id],
    queryFn: () => ask(api.GET('/api/statements/{id}/publish', { params: { path: { id } } })),
    enabled,
    ...HELD,
    retry: retryOnce,
  });

/** The open rounds in which my organisations are asked, soonest deadline first. */
export const useAsked = () =>
  useQuery({
    queryKey: ['asked'],
    queryFn: async () => (await ask(api.GET('/api/asked'))).asked,
    staleTime: STALE_AFTER_MS,
    retry: retryOnce,
  });

export const useHistory = (id: string) =>
  useQuery({
    queryKey: ['history', id],
    queryFn: async () => (await ask(api.GET('/api/statements/{id}/history', { params: { path: { id } } }))).acts,
    retry: retryOnce,
  });

/** The versions of a draft, newest first. */
export const useVersions = (id: string) =>
  useQuery({
    queryKey: ['versions', id],
    queryFn: () => ask(api.GET('/api/statements/{id}/versions', { params: { path: { id } } })),
    retry: retryOnce,
  });

/** One version with its text, which never changes; its name may. */
export const useVersion = (id: string) =>
  useQuery({
    queryKey: ['version', id],
    queryFn: () => ask(api.GET('/api/versions/{id}', { params: { path: { id } } })),
    retry: retryOnce,
  });

/** What bringing a version back would mean. */
export const useRestorePreview = (id: string) =>
  useQuery({
    queryKey: ['restore', id],
    queryFn: () => ask(api.GET('/api/versions/{id}/restore', { params: { path: { id } } })),
    ...HELD,
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

/** What was said about a draft, as far as it exists for me. Asked again and again while the page is looked at. */
export const useThreads = (id: string, enabled = true) =>
  useQuery({
    queryKey: ['threads', id],
    queryFn: async ({ client, queryKey, signal }) => {
      const before = client.getQueryData<ThreadList>(queryKey);
      const query = before === undefined ? {} : { known: before.told };
      const now: ThreadList | undefined = await ask(api.GET('/api/statements/{id}/threads', { params: { path: { id }, query }, signal }));
      if (now !== undefined) return now;
      if (before !== undefined) return before;
      throw new Refusal(0, {});
    },
    enabled,
    staleTime: THREADS_EVERY_MS,
    refetchInterval: THREADS_EVERY_MS,
    retry: retryOnce,
  });

/** Who suggested what in a draft, and how it was answered; the words stand in the draft. Asked again and again, as comments are. */
export const useSuggestions = (id: string, enabled = true) =>
  useQuery({
    queryKey: ['suggestions', id],
    queryFn: ({ signal }) => ask(api.GET('/api/statements/{id}/suggestions', { params: { path: { id } }, signal })),
    enabled,
    staleTime: THREADS_EVERY_MS,
    refetchInterval: SUGGESTIONS_EVERY_MS,
    retry: retryOnce,
  });

/** What was said about the brackets of a draft. Asked again and again while the page is looked at. */
export const useBrackets = (id: string) =>
  useQuery({
    queryKey: ['brackets', id],
    queryFn: async ({ client, queryKey, signal }) => {
      const before = client.getQueryData<BracketList>(queryKey);
      const query = before === undefined ? {} : { known: before.told };
      const now: BracketList | undefined = await ask(api.GET('/api/statements/{id}/brackets', { params: { path: { id }, query }, signal }));
      if (now !== undefined) return now;
      if (before !== undefined) return before;
      throw new Refusal(0, {});
    },
    staleTime: THREADS_EVERY_MS,
    refetchInterval: THREADS_EVERY_MS,
    retry: retryOnce,
  });

// What no change touches: a settled text, who is asking; and the looks before an act, which are held still while they are
// read and are refused once the act is done.
const KEPT: ReadonlySet<unknown> = new Set(['edition', 'me', 'freeze', 'reopen', 'drafters', 'own-name', 'publication', 'restore']);

// ---- changes -------------------------------------------------------------------------------------------------------

export const useStartStatement = () =>
  useChange((body: { title: string; language: string; forum?: string }) =>
    ask(api.POST('/api/statements', { body })),
  );

export const useSetDrafters = (id: string) =>
  useChange((body: { organisations: { id: string; may: May }[]; remarks_until: string | null; seen: string }) =>
    ask(api.PUT('/api/statements/{id}/drafters', { params: { path: { id } }, body })),
  );

/** Says how many words a statement may have; `null` takes the limit away. */
export const useSetLimit = (id: string) =>
  useChange((limit: { words: number; with_notes: boolean } | null) =>
    ask(api.PUT('/api/statements/{id}/limit', { params: { path: { id } }, body: { limit } })),
  );

export const useChooseName = (id: string) =>
  useChange((body: { unnamed: boolean; seen: string }) =>
    ask(api.PUT('/api/statements/{id}/writers', { params: { path: { id } }, body })),
  );

/** Asks who wrote letters. What is found is kept on the server, so where the past is long it is asked on. */
export const useWhoWrote = (id: string) =>
  useMutation<WhoWrote, Refusal, string[]>({
    mutationFn: async (letters) => {
      const asks = () => ask(api.POST('/api/statements/{id}/asked', { params: { path: { id } }, body: { letters } }));
      let told = await asks();
      for (let again = 1; !told.complete && again < ASKED_ON_MAX; again += 1) told = await asks();
      return told;
    },
  });

export const openThread = (id: string, body: NewThread) => ask(api.POST('/api/statements/{id}/threads', { params: { path: { id } }, body }));
interface NewRemark {
  body: string;
  mentions: NewMention[];
}
export const replyIn = (id: string, thread: string, body: NewRemark) =>
  ask(api.POST('/api/statements/{id}/threads/{thread}/remarks', { params: { path: { id, thread } }, body }));

export const useOpenThread = (id: string) => useSaying(id, (body: NewThread) => openThread(id, body));
export const useReply = (id: string, thread: string) => useSaying(id, (body: NewRemark) => replyIn(id, thread, body));

/** Resolves a thread, or opens it again. */
export const useSettle = (id: string, thread: string) =>
  useSaying(id, (body: { resolved: boolean; seen: string }) =>
    ask(api.PUT('/api/statements/{id}/threads/{thread}', { params: { path: { id, thread } }, body })),
  );

/** Says why a suggestion was not accepted. */
export const giveReason = (id: string, { handle, sid, reason }: { handle: string; sid: string; reason: string }) =>
  ask(api.PUT('/api/statements/{id}/suggestions/{handle}/{sid}/reason', { params: { path: { id, handle, sid } }, body: { reason } }));

/** Enters a bracket that was made here. */
export const useEnterBracket = (id: string) =>
  useSaying(id, (bracket: string) => ask(api.PUT('/api/statements/{id}/brackets/{bracket}', { params: { path: { id, bracket } } })), 'brackets');

/** Puts an organisation of mine behind an alternative; `null` steps back. */
export const useStandBehind = (id: string) =>
  useSaying(id, ({ bracket, on }: OnBracket) => ask(api.PUT('/api/statements/{id}/brackets/{bracket}/stand', { params: { path: { id, bracket } }, body: { on } })), 'brackets');

/** Marks an alternative as agreed ad referendum; `null` takes that back. */
export const useAgree = (id: string) =>
  useSaying(id, ({ bracket, on }: OnBracket) => ask(api.PUT('/api/statements/{id}/brackets/{bracket}/agreed', { params: { path: { id, bracket } }, body: { on } })), 'brackets');

interface OnBracket {
  bracket: string;
  on: { alternative: number; words: string } | null;
}

export const useFreeze = (id: string) =>
  useChange((seen: string) => ask(api.POST('/api/statements/{id}/freeze', { params: { path: { id } }, body: { seen } })));

export const useReopen = (id: string) =>
  useChange((seen: string) => ask(api.POST('/api/statements/{id}/reopen', { params: { path: { id } }, body: { seen } })));

/** Keeps the text as it stands under a name. */
export const useKeepVersion = (id: string) =>
  useChange((name: string) => ask(api.POST('/api/statements/{id}/versions', { params: { path: { id } }, body: { name } })));

export const useNameVersion = (id: string) =>
  useChange((name: string) => ask(api.PUT('/api/versions/{id}/name', { params: { path: { id } }, body: { name } })));

export const useRestore = (id: string) =>
  useChange((seen: string) => ask(api.POST('/api/versions/{id}/restore', { params: { path: { id } }, body: { seen } })));

/** Looks at what opening a round would do; changes nothing. */
export const previewRound = (id: string, body: { organisations: string[]; closes_at: string }) =>
  ask(api.POST('/api/statements/{id}/rounds/preview', { params: { path: { id } }, body }));

export const useOpenRound = (id: string) =>
  useChange((body: { organisations: string[]; closes_at: string; seen: string }) =>
    ask(api.POST('/api/statements/{id}/rounds', { params: { path: { id } }, body })),
  );

export const usePublish = (id: string) =>
  useChange((seen: string) => ask(api.POST('/api/statements/{id}/publish', { params: { path: { id } }, body: { seen } })));

export const useRemind = (id: string) =>
  useChange((seen: string) => ask(api.POST('/api/rounds/{id}/remind', { params: { path: { id } }, body: { seen } })));

export const useExtend = (id: string) =>
  useChange((body: { closes_at: string; seen: string }) =>
    ask(api.POST('/api/rounds/{id}/extend', { params: { path: { id } }, body })),
  );

export const useCloseRound = (id: string) =>
  useChange((seen: string) => ask(api.POST('/api/rounds/{id}/close', { params: { path: { id } }, body: { seen } })));

/** Each call is an act on record; its answer is shown once and kept nowhere. */
export const useReveal = (id: string) =>
  useChange((seen: string) => ask(api.POST('/api/rounds/{id}/reveal', { params: { path: { id } }, body: { seen } })));

/** Mails me my link to a round once more. */
export const useSendLetter = () =>
  useChange(({ round, organisation }: { round: string; organisation: string }) =>
    ask(api.POST('/api/rounds/{id}/letter', { params: { path: { id: round } }, body: { organisation } })),
  );

// The contract calls a body of text a string; what is sent are the file's own bytes, whatever they are.
const asItIs = (file: Blob) => ({ body: '', bodySerializer: () => file, headers: { 'Content-Type': 'text/csv' } });

/** Looks at what a file of a word processor would change in a draft; changes nothing. */
export const previewWord = (id: string, file: Blob, changes: 'with' | 'without') =>
  ask(api.POST('/api/statements/{id}/word', { params: { path: { id }, query: { changes } }, body: [], bodySerializer: () => file, headers: { 'Content-Type': 'application/octet-stream' } }));

/** Looks at what a file would change in the register; changes nothing. */
export const previewImport = (file: Blob) => ask(api.POST('/api/organisations/import/preview', asItIs(file)));

export const useImport = () =>
  useChange(({ file, seen }: { file: Blob; seen: string }) =>
    ask(api.POST('/api/organisations/import', { params: { query: { seen } }, ...asItIs(file) })),
  );

export const signOut = () => ask(api.POST('/api/sign-out', { headers: { 'Content-Type': 'application/json' } }));

function organisationPage(filter: RegisterFilter) {
  const query = Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined && value !== ''));
  return ask(api.GET('/api/organisations', { params: { query } }));
}

function useChange<In, Out>(act: (input: In) => Promise<Out>) {
  const client = useQueryClient();
  const readAgain = () => client.invalidateQueries({ predicate: ({ queryKey }) => !KEPT.has(queryKey[0]) });
  return useMutation<Out, Refusal, In>({
    mutationFn: act,
    onSuccess: readAgain,
    // What stands in the way has happened elsewhere: the page behind the question shows it, too.
    onError: ({ status }) => {
      if (status === CONFLICT) void readAgain();
    },
  });
}

/** What is said about a draft changes nothing but what was said; whether it is taken or not, that is read again first. */
function useSaying<In, Out>(id: string, act: (input: In) => Promise<Out>, about = 'threads') {
  const client = useQueryClient();
  return useMutation<Out, Refusal, In>({
    mutationFn: act,
    onSettled: () => client.invalidateQueries({ queryKey: [about, id] }),
  });
}

/** A refusal is an answer and is not asked for again; silence is, once. */
function retryOnce(count: number, error: Error): boolean {
  return count < 1 && !(error instanceof Refusal && error.status >= 400 && error.status < 500);
}
