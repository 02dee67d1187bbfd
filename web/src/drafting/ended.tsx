// What is said when the server closed the draft for good: why, what became of the last words, what to do next.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../parts/icon';
import type { Ending } from './acknowledge';
import type { DraftConnection, Snapshot } from './connection';

/** What may have passed when one tries again; the others need a fresh page or a coordinator. */
const MAY_PASS: ReadonlySet<Ending> = new Set<Ending>(['too-much', 'room-full', 'signed-out', 'no-right', 'refused']);

interface Props {
  draft: Snapshot;
  connection: DraftConnection;
  /** The whole text as it stands on this page; absent before it arrived. */
  text: (() => string) | undefined;
  onDone: () => void;
}

export function Ended({ draft: { ending, unsaved }, connection, text, onDone }: Props) {
  const { t } = useTranslation('drafting');
  const [copied, setCopied] = useState(false);
  if (ending === undefined) return null;
  const copy = async () => {
    if (text === undefined) return;
    await navigator.clipboard?.writeText(text()).then(
      () => setCopied(true),
      () => undefined,
    );
  };
  return (
    <div className={unsaved ? 'notice red ended' : 'notice amber ended'} role="alert">
      <Icon name={ending === 'frozen' ? 'lock' : 'warning'} />
      <div className="notice-body">
        <p>
          <b>{t(`ending.${ending}`)}</b>
        </p>
        {unsaved && text !== undefined && <p>{t('ending.kept')}</p>}
        <p className="acts">
          {unsaved && text !== undefined && (
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
          {ending === 'signed-out' && (
            <a className="btn small" href="/sign-in" target="_blank" rel="noopener">
              {t('ending.sign-in')}
            </a>
          )}
          {MAY_PASS.has(ending) && (
            <button type="button" className="btn small" onClick={() => connection.again()}>
              {t('ending.again')}
            </button>
          )}
          {(ending === 'malformed' || ending === 'foreign-client' || ending === 'refused') && (
            <button type="button" className="btn small" onClick={() => globalThis.location.reload()}>
              {t('ending.reload')}
            </button>
          )}
        </p>
      </div>
    </div>
  );
}
