// One suggestion: whose it is, what it would do, and how it is answered.
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { RemarkAuthor } from '../api/types';
import type { Suggestion } from '../editor/binding/proposals';
import { isKey } from '../editor/keys';
import { orgClass } from '../parts/org-chip';
import { Icon } from '../parts/icon';
import { Author, useCalls } from '../remarks/author';
import { cardOf } from '../remarks/thread-card';
import { actsOf } from './acts';
import { ActsSaid } from './acts-said';

interface Props {
  suggestion: Suggestion;
  by: RemarkAuthor;
  at: string | undefined;
  colour: number;
  isChosen: boolean;
  mayDecide: boolean;
  /** Those that accepting it answers no, as they are called. */
  rivals: readonly string[];
  /** It was not decided, because it is not any more what was shown. */
  hasChanged: boolean;
  onAccept: (shown: Suggestion) => void;
  /** Whether it was rejected; nothing is while it has changed. */
  onReject: (shown: Suggestion, reason: string) => boolean;
  onWithdraw: ((shown: Suggestion) => void) | undefined;
  onGo: () => void;
  onReply: (() => void) | undefined;
}

export function SuggestionCard({ suggestion, by, at, colour, isChosen, mayDecide, rivals, hasChanged, onAccept, onReject, onWithdraw, onGo, onReply }: Props) {
  const { t } = useTranslation('suggestions');
  const { name } = useCalls()(by);
  const [rejecting, setRejecting] = useState<Suggestion>();
  const keys = (event: KeyboardEvent) => {
    if (!mayDecide || event.defaultPrevented) return;
    if (isKey('accept', event.nativeEvent)) onAccept(suggestion);
    else if (isKey('reject', event.nativeEvent)) setRejecting(suggestion);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    // Keys come from whatever has the focus within.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <article
      id={cardOf(suggestion.key)}
      className={isChosen ? 'note suggestion current' : 'note suggestion'}
      tabIndex={-1}
      aria-label={t('card', { who: name })}
      aria-current={isChosen || undefined}
      onKeyDown={keys}
    >
      <Author by={by} at={at} />
      <button type="button" className="what" dir="auto" onClick={onGo}>
        <span className="hidden-words">{t('go')}</span>
        <ActsSaid acts={actsOf(suggestion.pieces)} colour={orgClass(colour)} />
      </button>
      {hasChanged && (
        <p className="notice amber" role="alert">
          {t('changed')}
        </p>
      )}
      {mayDecide && rivals.length > 0 && <p className="quiet">{t('rivals', { count: rivals.length, who: rivals.join(', ') })}</p>}
      {rejecting !== undefined ? (
        <Rejecting
          onReject={(reason) => {
            // What was read when one began to say why is what is answered.
            if (onReject(rejecting, reason)) setRejecting(undefined);
            else setRejecting(suggestion);
          }}
          onCancel={() => setRejecting(undefined)}
        />
      ) : (
        <footer>
          {mayDecide && (
            <>
              <button type="button" className="btn small primary" onClick={() => onAccept(suggestion)}>
                <Icon name="tick" /> {t(rivals.length > 0 ? 'accept-rivals' : 'accept')}
              </button>
              <button type="button" className="btn small" data-reject onClick={() => setRejecting(suggestion)}>
                {t('reject')}
              </button>
            </>
          )}
          {onWithdraw !== undefined && (
            <button type="button" className="btn small" onClick={() => onWithdraw(suggestion)}>
              {t('withdraw')}
            </button>
          )}
          {onReply !== undefined && (
            <button type="button" className="btn small plain" onClick={onReply}>
              {t('reply')}
            </button>
          )}
        </footer>
      )}
    </article>
  );
}

/** As the server takes it (server/remarks/limits.rs). */
const REASON_CHARS_MAX = 500;

function Rejecting({ onReject, onCancel }: { onReject: (reason: string) => void; onCancel: () => void }) {
  const { t } = useTranslation('suggestions');
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const [reason, setReason] = useState('');
  useEffect(() => field.current?.focus(), []);
  const keys = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      onReject(reason.trim());
    } else if (event.key === 'Escape') {
      event.stopPropagation();
      if (reason.trim() === '') onCancel();
    }
  };
  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault();
        onReject(reason.trim());
      }}
    >
      <label htmlFor={id}>{t('reason')}</label>
      <textarea ref={field} id={id} rows={2} dir="auto" maxLength={REASON_CHARS_MAX} value={reason} aria-keyshortcuts="Control+Enter" onChange={(event) => setReason(event.currentTarget.value)} onKeyDown={keys} />
      <div className="acts">
        <button type="submit" className="btn small primary">
          {t('reject-now')}
        </button>
        <button type="button" className="btn small plain" onClick={onCancel}>
          {t('cancel')}
        </button>
      </div>
    </form>
  );
}
