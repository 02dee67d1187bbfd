// What the text amounts to, against the limit that is set on it; and, while one writes where Tab changes a level, how one leaves by
// keyboard all the same. The words are a button: behind it stands everything that is counted.
import { useEditorState, type Editor } from '@tiptap/react';
import { Suspense, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { StatementDetail } from '../api/types';
import type { Measure } from '../editor/measure';
import { useChosen } from '../editor/use-measure';
import { announce } from '../parts/announce';
import { Icon } from '../parts/icon';
import { useLengthSaid } from '../statements/limit-said';
import { CountsPanel } from './later';

interface Props {
  statement: StatementDetail;
  text: Measure;
  editor: Editor;
  /** The editor one writes in: the text's, or that of an open footnote. */
  active: Editor;
}

export function StatusBar({ statement, text, editor, active }: Props) {
  const { t } = useTranslation('drafting');
  const { number, limited } = useLengthSaid();
  const takesTab = useEditorState({ editor, selector: ({ editor: at }) => at.isFocused && at.isEditable && (at.can().indent(1) || at.can().indent(-1)) });
  const chosen = useChosen(active);
  const [opened, setOpened] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const said = statement.limit === undefined ? undefined : limited(statement.limit, text.counts);
  useCrossing(said);
  const { wordsWithNotes } = text.counts;
  return (
    <footer className="statusbar">
      <button ref={button} type="button" className="words" aria-expanded={opened} aria-controls="counts" onClick={() => setOpened(!opened)}>
        {said === undefined ? (
          <>
            <b className="nums">{t('status.words', { number: number(wordsWithNotes), count: wordsWithNotes })}</b>
            <span>{t('status.with-notes')}</span>
          </>
        ) : (
          <>
            <b className={said.isOver ? 'nums over' : 'nums'}>
              {said.isOver && <Icon name="warning" />}
              {said.of}
            </b>
            <span className="meter" aria-hidden="true">
              <i style={{ inlineSize: `${said.share * 100}%` }} className={said.isOver ? 'over' : undefined} />
            </span>
            <span className={said.isOver ? 'left over' : 'left'}>{said.left}</span>
            <span>{statement.limit?.with_notes === false ? t('status.without-notes') : t('status.with-notes')}</span>
          </>
        )}
      </button>
      {chosen !== undefined && <span className="nums chosen">{t('status.chosen', { number: number(chosen), count: chosen })}</span>}
      {/* Readers' voices have it with the text's name. */}
      {takesTab && chosen === undefined && (
        <span className="keys" aria-hidden="true">
          {t('status.keys')}
        </span>
      )}
      <span className="end">
        <span>{t('status.paragraphs', { count: text.paragraphs })}</span>
        <span>{t('status.notes', { count: text.notes.length })}</span>
      </span>
      <Suspense>
        {opened && (
          <CountsPanel
            statement={statement}
            counts={text.counts}
            onClose={() => {
              setOpened(false);
              button.current?.focus();
            }}
          />
        )}
      </Suspense>
    </footer>
  );
}

/** Says it when the text comes over its limit, or back within, under one's hands. */
function useCrossing(said: { isOver: boolean; sentence: string } | undefined): void {
  const before = useRef(said?.isOver);
  const isOver = said?.isOver;
  const sentence = said?.sentence;
  useEffect(() => {
    const crossed = before.current !== undefined && isOver !== undefined && isOver !== before.current;
    before.current = isOver;
    if (crossed && sentence !== undefined) announce(sentence);
    // Said once a crossing, not with every word.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [isOver]);
}
