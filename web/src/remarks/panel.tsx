// The comments beside the text: open ones and resolved ones in the order of the text, and the one that is being written. On a phone
// they are a sheet from below. A click leads to the passage and from the passage to its card; so do keys.
import type { Editor } from '@tiptap/react';
import { useCallback, useEffect, useMemo, useRef, useState, useSyncExternalStore, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useThreads } from '../api/queries';
import type { StatementDetail, Thread, ThreadList } from '../api/types';
import { isMac, spelled } from '../editor/keys';
import { chosenIn, goToPassage, type Passage, type Remarked } from '../editor/remarked';
import { announce } from '../parts/announce';
import { Icon } from '../parts/icon';
import { Empty, Loading, Problem } from '../parts/states';
import { keyOf, type RemarkKey } from './keys';
import { mentionable } from './mentions';
import { NewRemark } from './new-remark';
import { beside, inOrder, listed, newsIn, type Tab } from './order';
import { Tabs } from './tabs';
import { cardOf, ThreadCard } from './thread-card';

/** Something else that is told beside the text, in the same order. */
export interface Other {
  id: string;
  isOpen: boolean;
  /** Where it stands in the whole, and in its text. */
  order: number;
  from: number;
  go: (asReader: boolean) => void;
  card: ReactNode;
}

interface Props {
  statement: StatementDetail;
  /** Of the text; and the one that is written in, which may be that of an open footnote. */
  editor: Editor;
  active: Editor;
  marks: Remarked;
  /** Whether the sheet is open, where there is one. */
  opened: boolean;
  onOpen: (opened: boolean) => void;
  /** Counts how often a comment was asked for elsewhere on the page. */
  asked: number;
  others: readonly Other[];
  /** A passage on which a comment was asked for there. */
  replying: { passage: Passage } | undefined;
  /** What can be done with all of them. */
  children?: ReactNode;
}

// The passage of the comment that is being written is marked like the others.
const NEW = 'new';
const PANEL = 'remarks-panel';
const NONE: readonly Thread[] = [];
const NOBODY: ThreadList['may_mention'] = { organisations: [], colleagues: [], coordinators: [] };

export function Remarks({ statement, editor, active, marks, opened, onOpen, asked, others, replying, children }: Props) {
  const { t } = useTranslation('remarks');
  const found = useThreads(statement.id);
  const { threads = NONE, may_take_part: mayTakePart = false, may_be_among_coordinators: mayBeAmong = false, may_mention: known = NOBODY } = found.data ?? {};
  const { standing, chosen } = useSyncExternalStore(marks.subscribe, marks.snapshot);
  const [tab, setTab] = useState<Tab>('open');
  const [begun, setBegun] = useState<Passage>();
  const [nothingChosen, setNothingChosen] = useState(false);
  const [writing, setWriting] = useState<Readonly<Record<string, string>>>({});
  const list = useMemo(() => listed(threads, tab, standing, new Set(Object.keys(writing))), [threads, tab, standing, writing]);
  const shown = useMemo(() => {
    const those = others.filter(({ isOpen }) => isOpen === (tab === 'open'));
    return inOrder([...list.map((thread) => ({ id: thread.id, thread, place: standing.get(thread.id) })), ...those.map((other) => ({ id: other.id, other, place: other }))]);
  }, [list, others, tab, standing]);

  useEffect(() => {
    // Of those that are resolved the one that is being read.
    const open = threads.filter(({ id, resolved }) => resolved === undefined || (tab === 'resolved' && id === chosen));
    marks.marks([...open.map(({ id, root, first, last, quote }) => ({ id, root, first, last, quote })), ...(begun === undefined ? [] : [{ id: NEW, ...begun }])]);
  }, [marks, threads, tab, chosen, begun]);
  useNews(threads, found.isSuccess);

  const beginsOn = useCallback(
    (passage: Passage) => {
      // What is being written already stays with its passage.
      setBegun((before) => before ?? passage);
      marks.choose(NEW);
    },
    [marks],
  );
  const begins = useCallback(() => {
    if (!mayTakePart) return;
    const passage = chosenIn(active);
    setNothingChosen(passage === undefined);
    onOpen(true);
    if (passage !== undefined) beginsOn(passage);
  }, [mayTakePart, active, onOpen, beginsOn]);
  useEffect(() => {
    if (asked > 0) begins();
    // Only what was asked counts, not that it could be answered otherwise now.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [asked]);

  useEffect(() => {
    if (replying !== undefined) beginsOn(replying.passage);
  }, [replying, beginsOn]);

  // A passage that was chosen in the text brings its card into sight.
  useEffect(() => {
    const isOpen = others.find(({ id }) => id === chosen)?.isOpen ?? threads.filter(({ id }) => id === chosen).map(({ resolved }) => resolved === undefined)[0];
    if (isOpen === undefined || chosen === undefined) return;
    if (!shown.some(({ id }) => id === chosen)) setTab(isOpen ? 'open' : 'resolved');
    // Once it is listed.
    requestAnimationFrame(() => document.getElementById(cardOf(chosen))?.scrollIntoView({ block: 'nearest' }));
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [chosen]);

  const goes = (id: string, asReader: boolean) => {
    const [place, other] = [standing.get(id), others.find((one) => one.id === id)];
    if (place === undefined && other === undefined) return;
    if (!asReader) onOpen(false);
    other?.go(asReader);
    if (place !== undefined) goToPassage(editor, place, asReader);
  };
  const steps = (step: 1 | -1) => {
    const next = beside(shown, chosen, step);
    if (next === undefined) return;
    onOpen(true);
    marks.choose(next.id);
    document.getElementById(cardOf(next.id))?.focus();
    goes(next.id, true);
  };
  const close = () => {
    onOpen(false);
    editor.commands.focus();
  };
  useKeys((key) => {
    if (key === 'comment') begins();
    else if (key !== 'back') steps(key === 'next' ? 1 : -1);
    else if (chosen !== undefined && (standing.has(chosen) || others.some(({ id }) => id === chosen))) goes(chosen, false);
    else close();
  });

  const writes = (id: string, words: string | undefined) =>
    setWriting((before) => {
      const { [id]: _gone, ...rest } = before;
      return words === undefined ? rest : { ...rest, [id]: words };
    });
  return (
    <section
      id={PANEL}
      className={opened ? 'remarks opened' : 'remarks'}
      aria-labelledby="remarks"
    >
      <header className="remarks-head">
        <h2 id="remarks" tabIndex={-1}>
          {t('heading-all')}
        </h2>
        <Tabs tab={tab} threads={threads} others={others} onTab={setTab} />
        <button type="button" className="btn small plain remarks-close" aria-label={t('close')} onClick={close}>
          <Icon name="cross" />
        </button>
      </header>
      {mayTakePart && begun === undefined && (
        <button type="button" className="btn small" aria-keyshortcuts={spelled('remark')} onMouseDown={(event) => event.preventDefault()} onClick={begins}>
          <Icon name="remark" /> {t('new')}
        </button>
      )}
      <p className="quiet" role="status">
        {nothingChosen && t('choose-first')}
      </p>
      {begun !== undefined && (
        <NewRemark
          statement={statement.id}
          passage={begun}
          mayBeAmong={mayBeAmong}
          known={known}
          words={writing[NEW] ?? ''}
          onWrite={(words) => writes(NEW, words)}
          onDone={(id) => {
            writes(NEW, undefined);
            setBegun(undefined);
            setTab('open');
            marks.choose(id);
          }}
        />
      )}
      {tab === 'open' && children}
      {found.isPending && <Loading lines={4} />}
      {found.isError && found.data === undefined && <Problem beside error={found.error} retry={() => found.refetch()} />}
      {found.data !== undefined && shown.length === 0 && <NoThreads tab={tab} mayTakePart={mayTakePart} />}
      <ul className="notes">
        {shown.map(({ id, ...one }) => (
          <li key={id}>
            {'other' in one ? (
              one.other.card
            ) : (
              <ThreadCard
                statement={statement.id}
                thread={one.thread}
                // A resolved passage is looked for once it is chosen.
                stands={standing.has(id) || (one.thread.resolved !== undefined && id !== chosen)}
                isChosen={id === chosen}
                mayTakePart={mayTakePart}
                mentionable={mentionable(known, t('mention.secretariat'), one.thread.among)}
                words={writing[id]}
                onWrite={(words) => {
                  marks.choose(id);
                  writes(id, words);
                }}
                onGo={() => {
                  marks.choose(id);
                  goes(id, false);
                }}
              />
            )}
          </li>
        ))}
      </ul>
      {shown.length > 1 && <p className="quiet keys">{t(isMac() ? 'keys-mac' : 'keys')}</p>}
    </section>
  );
}

export function NoThreads({ tab, mayTakePart }: { tab: Tab; mayTakePart: boolean }) {
  const { t } = useTranslation('remarks');
  return <Empty title={t(`none-${tab}`)}>{<p>{t(tab === 'resolved' ? 'none-resolved-next' : mayTakePart ? 'none-open-next' : 'none-open-read')}</p>}</Empty>;
}

/** Says what others have said since the page was opened. */
function useNews(threads: readonly Thread[], isKnown: boolean): void {
  const { t } = useTranslation('remarks');
  const before = useRef<readonly Thread[]>(undefined);
  useEffect(() => {
    if (!isKnown) return;
    const count = before.current === undefined ? 0 : newsIn(before.current, threads);
    before.current = threads;
    if (count > 0) announce(t('news', { count }));
  }, [threads, isKnown, t]);
}

/** Keys that mean something wherever one is on the page, but in a field or a menu of their own. */
function useKeys(pressed: (key: RemarkKey) => void): void {
  const latest = useRef(pressed);
  useEffect(() => {
    latest.current = pressed;
  });
  useEffect(() => {
    const hears = (event: KeyboardEvent) => {
      const key = keyOf(event, isMac());
      if (key === undefined || event.defaultPrevented) return;
      if (key === 'back' && document.getElementById(PANEL)?.contains(event.target as Node) !== true) return;
      event.preventDefault();
      latest.current(key);
    };
    window.addEventListener('keydown', hears);
    return () => window.removeEventListener('keydown', hears);
  }, []);
}
