// What still stands in the way of freezing, in words, each with the way to its place. Those who may freeze see the server's own
// list; the others, and everybody while the text is another than the one the server read, see what can be seen from here.
import type { Editor } from '@tiptap/react';
import { useEffect, useMemo, useState, useSyncExternalStore, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { freezePreview, useThreads } from '../api/queries';
import type { Obstacle, StatementDetail } from '../api/types';
import type { SharedDraft } from '../editor/binding/shared';
import { goTo } from '../editor/go';
import type { Measure } from '../editor/measure';
import { obstaclesIn, removable, unseenInNotes, withoutUnseen } from '../editor/obstacles';
import type { Proposed } from '../editor/proposed';
import { announce } from '../parts/announce';
import { Icon } from '../parts/icon';
import { useLengthSaid } from '../statements/limit-said';
import { useTelling, type Group } from '../statements/obstacles';
import type { Counts, Limit } from '../text/count';
import type { DraftConnection } from './connection';
import { useSaid } from './use-draft';

// The server reads the whole text to answer; asked after a pause in the writing, not at every letter.
const ASK_AGAIN_MS = 4_000;

interface Props {
  statement: StatementDetail;
  shared: SharedDraft;
  proposed: Proposed;
  editor: Editor;
  editable: boolean;
  text: Measure;
  connection: DraftConnection;
}

export function BeforeFreezing({ statement, shared, proposed, editor, editable, text, connection }: Props) {
  const { t } = useTranslation('drafting');
  const { t: suggestions } = useTranslation('suggestions');
  const fromServer = useServersList(statement, text, connection);
  const { told, grouped } = useTelling();
  const words = useMemo(() => shared.words(editor.schema), [shared, editor]);
  const { seen, count } = useMemo(
    // The text tells when it has changed; the document itself is read from the editor.
    () => ({ seen: obstaclesIn(editor.state.doc, words, text), count: removable(editor.state.doc, words) }),
    [editor, words, text],
  );
  const obstacles = fromServer?.list ?? seen.map(told);
  const suggested = useSyncExternalStore(proposed.subscribe, () => proposed.snapshot().suggestions.length);
  // The server names each with its place; until it does, and for those it tells nothing, they are counted here.
  const counted = obstacles.some(({ code }) => code === 'draft-problem-open-suggestion') ? 0 : suggested;
  const removes = () => {
    const { doc } = editor.state;
    const tr = withoutUnseen(editor.state, words);
    const inNotes = unseenInNotes(doc, words);
    if (tr === undefined && inNotes.length === 0) return;
    // One step of its own: undo brings back these characters and nothing else.
    shared.alone(() => {
      if (tr !== undefined) editor.view.dispatch(tr);
      for (const { note, goes } of inNotes) shared.rewriteNote(note, goes);
    });
    announce(t('ready.removed', { count }));
  };
  return (
    <section className="ready" aria-labelledby="ready">
      <h2 id="ready">{t('ready.heading')}</h2>
      <ul>
        {grouped(obstacles).map((group) => (
          <GroupLine key={group.code} group={group} onGo={({ place }) => place !== undefined && goTo(editor, words, place)}>
            {group.code === 'draft-problem-unseen' && editable && count > 0 && (
              <button type="button" className="btn small" onClick={removes}>
                {t('ready.remove-unseen', { count })}
              </button>
            )}
          </GroupLine>
        ))}
        {fromServer !== undefined && fromServer.more > 0 && <Line done={false} words={t('ready.more-found', { count: fromServer.more })} />}
        {obstacles.length === 0 && counted === 0 && <Line done words={fromServer === undefined ? t('ready.looks-clear') : t('ready.clear')} />}
        {statement.limit !== undefined && <LimitLine limit={statement.limit} counts={text.counts} />}
        {counted > 0 && <Line done={false} words={suggestions('before-freezing', { count: counted })} />}
        {statement.kept !== true && <RemarksLine statement={statement.id} />}
        <SavedLine connection={connection} />
      </ul>
    </section>
  );
}

/** The server's list, as long as it is about the text that is here: an answer to an earlier question says nothing of it. */
function useServersList(statement: StatementDetail, text: Measure, connection: DraftConnection): { list: Obstacle[]; more: number } | undefined {
  const { id, may } = statement;
  const mayFreeze = may.includes('freeze');
  const [read, setRead] = useState<{ of: Measure; list: Obstacle[]; more: number }>();
  useEffect(() => {
    if (!mayFreeze) return undefined;
    const gone = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let settled = false;
    const asks = async () => {
      const found = await freezePreview(id, gone.signal).catch(() => undefined);
      if (gone.signal.aborted) return;
      if (found === undefined) timer = setTimeout(() => void asks(), ASK_AGAIN_MS);
      else setRead({ of: text, list: found.problems, more: found.more_problems });
    };
    const look = () => {
      if (settled === (connection.snapshot().saved === 'saved')) return;
      settled = !settled;
      clearTimeout(timer);
      if (settled) timer = setTimeout(() => void asks(), ASK_AGAIN_MS);
    };
    look();
    const deaf = connection.subscribe(look);
    return () => {
      gone.abort();
      clearTimeout(timer);
      deaf();
    };
  }, [id, mayFreeze, connection, text]);
  return read?.of === text ? read : undefined;
}

/** A text over its limit can be frozen: only the forum knows what it will take. */
function LimitLine({ limit, counts }: { limit: Limit; counts: Counts }) {
  const { t } = useTranslation('statements');
  const { sentence, isOver } = useLengthSaid().limited(limit, counts);
  if (!isOver) return <Line done words={sentence} />;
  return (
    <li className="warns">
      <Icon name="warning" />
      <span>
        {sentence} {t('limit.all-the-same')}
      </span>
    </li>
  );
}

/** How many threads are open, of those that exist for this reader. */
function RemarksLine({ statement }: { statement: string }) {
  const { t } = useTranslation('remarks');
  const count = useThreads(statement).data?.threads.filter(({ resolved }) => resolved === undefined).length ?? 0;
  return count === 0 ? null : <Line done={false} words={t('before-freezing', { count })} />;
}

function SavedLine({ connection }: { connection: DraftConnection }) {
  const { t } = useTranslation('drafting');
  const unsaved = useSaid(connection, 'unsaved');
  return <Line done={!unsaved} words={unsaved ? t('ready.unsaved') : t('ready.saved')} />;
}

function Line({ done, words }: { done: boolean; words: string }) {
  return (
    <li className={done ? 'done' : 'todo'}>
      <Icon name={done ? 'tick' : 'circle'} />
      <span>{words}</span>
    </li>
  );
}

// As many places as one takes in at a glance; the others on request.
const PLACES_SHOWN = 4;

/** Obstacles of one kind: one says all of itself, many say what they are and where they stand. */
function GroupLine({ group, onGo, children }: { group: Group; onGo: (obstacle: Obstacle) => void; children: ReactNode }) {
  const { t } = useTranslation('drafting');
  const [all, setAll] = useState(false);
  const { heading, items } = group;
  const shown = all ? items : items.slice(0, PLACES_SHOWN);
  return (
    <li className="todo">
      <Icon name="circle" />
      <div className="obstacles">
        {heading !== undefined && <span>{heading}</span>}
        <ul>
          {shown.map(({ obstacle, words }, at) => (
            // The list is drawn anew with every change of the text; its order is its identity.
            // oxlint-disable-next-line react/no-array-index-key
            <li key={at}>
              {obstacle.place === undefined ? (
                words
              ) : (
                <button type="button" className="place" dir="auto" onClick={() => onGo(obstacle)}>
                  {words}
                </button>
              )}
            </li>
          ))}
        </ul>
        {shown.length < items.length && (
          <button type="button" className="btn small plain" onClick={() => setAll(true)}>
            {t('ready.show-all', { count: items.length })}
          </button>
        )}
        {children}
      </div>
    </li>
  );
}
