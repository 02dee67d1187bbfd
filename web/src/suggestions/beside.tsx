// Suggestions and comments beside the text, in one list and in its order. Whoever may edit decides here; whoever suggests sees what
// stands of it, and takes it back.
import { useEffect, useMemo, useRef, useState, useSyncExternalStore, type ComponentProps } from 'react';
import { useTranslation } from 'react-i18next';
import { useSuggestions, useThreads, useWriters } from '../api/queries';
import type { SuggestionLine, WriterLine } from '../api/types';
import { anchorOf } from '../editor/binding/anchors';
import { broughtIn } from '../editor/binding/brought';
import type { Suggestion } from '../editor/binding/proposals';
import type { SharedDraft } from '../editor/binding/shared';
import { accept, givingWay, reject, stillSo, withdraw } from '../editor/deciding';
import { isKey } from '../editor/keys';
import type { Proposed } from '../editor/proposed';
import type { Passage } from '../editor/remarked';
import type { View } from '../editor/settled-text';
import { goToSuggestion } from '../editor/suggested';
import { announce } from '../parts/announce';
import { Problem } from '../parts/states';
import { useCalls } from '../remarks/author';
import { Remarks, type Other } from '../remarks/panel';
import { cardOf } from '../remarks/thread-card';
import { noteOf } from '../text/draft';
import { AcceptAll } from './accept-all';
import { actsOf, onOneLine, type Act } from './acts';
import { SuggestionCard } from './card';
import { DecidedCard } from './decided-card';
import { useCalmly } from './use-calmly';
import { useReasons } from './use-reasons';
import { Views } from './views';
import { Authors } from './who';

type Props = Omit<ComponentProps<typeof Remarks>, 'others' | 'replying' | 'children'> & {
  draft: SharedDraft;
  proposed: Proposed;
  mayDecide: boolean;
  /** Whether what is written here is taken. */
  mayWrite: boolean;
  /** Whether all that was done here is on the server's disk. */
  isSaved: boolean;
  view: View;
  onView: (view: View) => void;
};

export function Beside({ draft, proposed, mayDecide, mayWrite, isSaved, view, onView, ...given }: Props) {
  const { t } = useTranslation('suggestions');
  const { statement, editor, marks } = given;
  const { suggestions } = useCalmly(proposed);
  // Where marks stand changes at every key, and says nothing here.
  const chosen = useSyncExternalStore(marks.subscribe, () => marks.snapshot().chosen);
  const own = useSyncExternalStore(draft.subscribe, () => draft.own);
  const writers = useWriters(statement.id).data?.writers ?? NOBODY;
  const told = useToldAnew(statement.id, suggestions);
  const authors = useMemo(() => new Authors(told, writers, own), [told, writers, own]);
  const remembered = useRemembered(suggestions);
  const reasons = useReasons(statement.id, isSaved);
  const calls = useCalls();
  const mayTakePart = useThreads(statement.id).data?.may_take_part === true;
  const [replying, setReplying] = useState<{ passage: Passage }>();
  const [changed, setChanged] = useState<string>();
  useNews(suggestions, own);

  const called = (handle: string) => calls(authors.writer(handle).by).name;
  const short = (handle: string) => {
    const { acronym, name } = calls(authors.writer(handle).by);
    return acronym || name;
  };
  /** Nothing is done with what has changed since it was shown. */
  const decides = (shown: readonly Suggestion[], act: (now: ReturnType<Proposed['now']>, these: Suggestion[]) => void): boolean => {
    const now = proposed.now();
    const keys = new Set(shown.map(({ key }) => key));
    if (!stillSo(now, shown)) {
      setChanged(shown.length === 1 ? shown[0]?.key : undefined);
      return false;
    }
    setChanged(undefined);
    act(now, now.suggestions.filter(({ key }) => keys.has(key)));
    return true;
  };
  /** The card behind the one that goes is looked at next; the focus stays where it was, in the text or among the cards. */
  const goesOn = (key: string) => {
    const at = suggestions.findIndex((one) => one.key === key);
    const next = suggestions[at + 1] ?? suggestions[at - 1];
    const wasWithin = document.getElementById(cardOf(key))?.contains(document.activeElement) === true;
    marks.choose(next?.key);
    if (wasWithin) document.getElementById(next === undefined ? 'remarks' : cardOf(next.key))?.focus();
  };
  const accepts = (shown: Suggestion) => {
    const done = decides([shown], (now, these) => accept(draft, now, these));
    if (!done) return;
    announce(t('accepted'));
    goesOn(shown.key);
  };
  const rejects = (shown: Suggestion, reason: string) => {
    const done = decides([shown], (_now, these) => reject(draft, these));
    if (done) {
      if (reason !== '') reasons.gives({ handle: shown.handle, sid: shown.sid, reason });
      announce(t('rejected'));
      goesOn(shown.key);
    }
    return done;
  };

  const open = suggestions.map((one): Other => {
    const { by, at, colour } = authors.of(one);
    const isOwn = one.handle === own;
    const passage = passageOf(draft, one);
    const go = (asReader: boolean) => goToSuggestion(editor, one, asReader);
    return {
      id: one.key,
      isOpen: true,
      order: one.order,
      from: one.pieces[0]?.from ?? 0,
      go,
      card: (
        <SuggestionCard
          suggestion={one}
          by={by}
          at={at}
          colour={colour}
          isChosen={one.key === chosen}
          mayDecide={mayDecide}
          rivals={one.rivals.map((key) => called(key.split('.', 1)[0] ?? ''))}
          hasChanged={changed === one.key}
          onAccept={accepts}
          onReject={rejects}
          onWithdraw={
            isOwn && mayWrite
              ? (shown) => {
                  if (!decides([shown], (_now, these) => these.forEach((this_) => withdraw(draft, this_)))) return;
                  announce(t('withdrawn'));
                  goesOn(shown.key);
                }
              : undefined
          }
          onGo={() => {
            marks.choose(one.key);
            given.onOpen(false);
            onView('with');
            // Once it is shown.
            if (view === 'with') go(false);
            else requestAnimationFrame(() => go(false));
          }}
          onReply={!mayTakePart || passage === undefined ? undefined : () => setReplying({ passage })}
        />
      ),
    };
  });
  const openKeys = new Set(suggestions.map(({ key }) => key));
  // What is accepted stands in the text, whoever remembers.
  const brought = told.some((line) => line.fate === 'accepted' && !remembered.has(keyOf(line))) ? broughtIn(draft) : undefined;
  const decided = told
    .filter((line) => (line.fate ?? undefined) !== undefined && !openKeys.has(keyOf(line)))
    .map((line, at): Other => {
      const key = keyOf(line);
      // They stand nowhere any more; the last is told first.
      return {
        id: key,
        isOpen: false,
        order: Infinity,
        from: -at,
        go: () => undefined,
        card: <DecidedCard line={line} whose={authors.of(line)} acts={remembered.get(key) ?? insertion(brought?.get(key))} isChosen={key === chosen} />,
      };
    });
  const byHandle = [...new Set(suggestions.map(({ handle }) => handle))].map((handle) => ({ handle, name: short(handle), suggestions: suggestions.filter((one) => one.handle === handle) }));

  useDecidingKeys(mayDecide, suggestions.find(({ key }) => key === chosen), accepts);
  return (
    <Remarks {...given} others={[...open, ...decided]} replying={replying}>
      {reasons.waits && !isSaved && <p className="quiet">{t('reason-waits')}</p>}
      {reasons.refused !== undefined && <Problem error={reasons.refused} />}
      {(suggestions.length > 0 || view !== 'with') && (
        <Views
          view={view}
          onView={(to) => {
            onView(to);
            given.onOpen(false);
          }}
        />
      )}
      {mayDecide && view === 'with' && (
        <AcceptAll
          groups={byHandle.filter((group) => group.suggestions.length > 1)}
          rivalsOf={(these) => givingWay(proposed.snapshot(), these).length}
          onAccept={(these) => {
            const done = decides(these, (now, those) => accept(draft, now, those));
            if (done) announce(t('all.done', { count: these.length }));
            return done;
          }}
        />
      )}
    </Remarks>
  );
}

const NOBODY: readonly WriterLine[] = [];
const NOTHING: readonly SuggestionLine[] = [];

function keyOf({ handle, sid }: SuggestionLine): string {
  return `${handle}.${sid}`;
}

/** What the server tells of them; asked anew when another is open, or one is not any more. */
function useToldAnew(statement: string, suggestions: readonly Suggestion[]): readonly SuggestionLine[] {
  const { data = NOTHING, refetch } = useSuggestions(statement);
  const keys = suggestions.map(({ key }) => key).toSorted().join();
  const before = useRef('');
  useEffect(() => {
    if (before.current === keys) return undefined;
    before.current = keys;
    const timer = setTimeout(() => void refetch(), SETTLED_AFTER_MS);
    return () => clearTimeout(timer);
  }, [keys, refetch]);
  return data;
}

// By then the server has noted what it was sent.
const SETTLED_AFTER_MS = 1_000;

/** What those did that were open while this page was: nothing of a rejected one is left in the draft. */
function useRemembered(suggestions: readonly Suggestion[]): ReadonlyMap<string, readonly Act[]> {
  const [held, setHeld] = useState<{ of: readonly Suggestion[]; acts: ReadonlyMap<string, readonly Act[]> }>({ of: [], acts: new Map() });
  if (held.of === suggestions) return held.acts;
  const acts = new Map([...held.acts, ...suggestions.map(({ key, pieces }) => [key, actsOf(pieces)] as const)]);
  setHeld({ of: suggestions, acts });
  return acts;
}

/** What is known of a suggestion that was decided elsewhere: the words that came with it. */
function insertion(words: string | undefined): Act[] | undefined {
  return words === undefined ? undefined : [{ is: 'insert', inNote: false, words: onOneLine(words) }];
}

/** The first words that it is about, as a thread can be opened on them. */
function passageOf(draft: SharedDraft, { pieces }: Suggestion): Passage | undefined {
  for (const { root, from, to } of pieces) {
    const note = noteOf(root);
    const anchor = anchorOf(note === undefined ? draft.body : draft.note(note), from, to);
    if (anchor !== undefined) return { root, ...anchor };
  }
  return undefined;
}

/** Says what others have suggested since the page was opened. */
function useNews(suggestions: readonly Suggestion[], own: string | undefined): void {
  const { t } = useTranslation('suggestions');
  const known = useRef<ReadonlySet<string>>(undefined);
  useEffect(() => {
    const before = known.current;
    const now = suggestions.filter(({ handle }) => handle !== own).map(({ key }) => key);
    known.current = new Set([...(before ?? []), ...now]);
    const count = before === undefined ? 0 : now.filter((key) => !before.has(key)).length;
    if (count > 0) announce(t('news', { count }));
  }, [suggestions, own, t]);
}

/** From the text, the keys are for the suggestion that is chosen; the reason for a no is written on its card. */
function useDecidingKeys(mayDecide: boolean, chosen: Suggestion | undefined, accepts: (shown: Suggestion) => void): void {
  const latest = useRef({ chosen, accepts });
  useEffect(() => {
    latest.current = { chosen, accepts };
  });
  useEffect(() => {
    if (!mayDecide) return undefined;
    const hears = (event: globalThis.KeyboardEvent) => {
      const { chosen: one, accepts: act } = latest.current;
      if (one === undefined || event.defaultPrevented) return;
      if (isKey('accept', event)) act(one);
      else if (isKey('reject', event)) document.getElementById(cardOf(one.key))?.querySelector<HTMLElement>('[data-reject]')?.click();
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', hears);
    return () => window.removeEventListener('keydown', hears);
  }, [mayDecide]);
}
