// What is said when the draft cannot go on: why, what became of the last words, what to do next. It is said where the person
// is: in sight at any place of the text, beside the words they were at, and under their keys.
import type { Editor } from '@tiptap/react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { plainText } from '../editor/copying';
import { Icon } from '../parts/icon';
import type { Ending, Kept } from './acknowledge';
import type { DraftConnection } from './connection';
import { useSaid } from './use-draft';

/** What becomes of unsaved words: they are saved by themselves as soon as the reason is gone, or must be copied. */
const BY_THEMSELVES = { 'signed-out': '-signed-out', 'foreign-client': '-foreign-client', 'no-right': '-no-right' } as const;
const becomes = (ending: Ending, kept: Kept) =>
  `ending.${kept === 'kept' ? 'on-device' : 'kept'}${ending in BY_THEMSELVES ? BY_THEMSELVES[ending as keyof typeof BY_THEMSELVES] : ''}` as const;

/** What may have passed when one tries again; the others need a fresh page or a coordinator. */
const MAY_PASS: ReadonlySet<Ending> = new Set<Ending>(['too-much', 'room-full', 'signed-out', 'no-right', 'refused']);

interface Props {
  connection: DraftConnection;
  /** The text as it stands on this page; absent before it arrived. */
  editor: Editor | undefined;
  onDone: () => void;
  onReadAlong: () => void;
}

export function Ended({ connection, editor, onDone, onReadAlong }: Props) {
  const { t } = useTranslation('drafting');
  const [ending, unsaved, kept] = [useSaid(connection, 'ending'), useSaid(connection, 'unsaved'), useSaid(connection, 'kept')];
  const [copied, setCopied] = useState(false);
  const notice = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (ending !== undefined && notice.current !== null) comeTo(notice.current, editor);
  }, [ending, editor]);
  if (ending === undefined) return null;
  const copy = async () => {
    if (editor === undefined) return;
    await navigator.clipboard?.writeText(plainText(editor.state.doc, connection.draft)).then(
      () => setCopied(true),
      () => undefined,
    );
  };
  return (
    <div ref={notice} className={unsaved ? 'notice red ended' : 'notice amber ended'} role="alert" tabIndex={-1}>
      <Icon name={ending === 'frozen' ? 'lock' : 'warning'} />
      <div className="notice-body">
        <p>
          <b>{t(`ending.${ending}`)}</b>
        </p>
        {unsaved && editor !== undefined && <p>{t(becomes(ending, kept))}</p>}
        <p className="acts">
          {unsaved && editor !== undefined && (
            <button type="button" className="btn small" onClick={() => void copy()}>
              <Icon name={copied ? 'tick' : 'copy'} />
              <span aria-live="polite">{copied ? t('ending.copied') : t('ending.copy')}</span>
            </button>
          )}
          {ending === 'frozen' && (
            <button type="button" className="btn small" onClick={onDone}>
              {t('ending.show-frozen')}
            </button>
          )}
          {(ending === 'signed-out' || ending === 'foreign-client') && (
            <a className="btn small" href="/sign-in" target="_blank" rel="noopener">
              {t('ending.sign-in')}
            </a>
          )}
          {ending === 'room-full' && !unsaved && (
            <button type="button" className="btn small" onClick={onReadAlong}>
              {t('ending.read-along')}
            </button>
          )}
          {ending === 'only-suggestions' && (
            <button type="button" className="btn small" onClick={() => void connection.letsGo().then(() => globalThis.location.reload())}>
              {t('ending.let-go')}
            </button>
          )}
          {MAY_PASS.has(ending) && (
            <button type="button" className="btn small" onClick={() => connection.again()}>
              {t('ending.again')}
            </button>
          )}
          {(ending === 'malformed' || ending === 'outdated' || ending === 'foreign-client' || ending === 'refused') && (
            <button type="button" className="btn small" onClick={() => globalThis.location.reload()}>
              {t('ending.reload')}
            </button>
          )}
        </p>
      </div>
    </div>
  );
}

/** The line one was at comes out from under the notice, and the keys of somebody who was writing lead on to its buttons. */
function comeTo(notice: HTMLElement, editor: Editor | undefined): void {
  const { activeElement, body } = document;
  if (activeElement === null || activeElement === body || activeElement.closest('.editor') !== null) notice.focus({ preventScroll: true });
  if (editor === undefined) return;
  const line = editor.view.coordsAtPos(editor.state.selection.head);
  const { top, bottom } = notice.getBoundingClientRect();
  if (line.bottom > top && line.top < bottom) globalThis.scrollBy(0, line.top - bottom - (line.bottom - line.top));
}
