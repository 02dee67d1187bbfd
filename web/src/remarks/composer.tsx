// Where a comment or a reply is written. What is written belongs to whoever shows this: it outlives a failed answer, and a card that
// moves elsewhere under one's hands.
import { useEffect, useId, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '../parts/states';

interface Props {
  label: string;
  verb: string;
  words: string;
  busy: boolean;
  error: unknown;
  onWrite: (words: string) => void;
  onSend: () => void;
  onCancel: () => void;
  children?: ReactNode;
}

export function Composer({ label, verb, words, busy, error, onWrite, onSend, onCancel, children }: Props) {
  const { t } = useTranslation('remarks');
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []);
  const sends = () => {
    if (!busy && words.trim() !== '') onSend();
  };
  const keys = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      sends();
    } else if (event.key === 'Escape') {
      // The words stay: Escape is pressed for many reasons.
      event.stopPropagation();
      if (words.trim() === '') onCancel();
    }
  };
  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault();
        sends();
      }}
    >
      <label htmlFor={id}>{label}</label>
      <textarea ref={field} id={id} rows={3} dir="auto" value={words} aria-keyshortcuts="Control+Enter" onChange={(event) => onWrite(event.currentTarget.value)} onKeyDown={keys} />
      {children}
      {error !== null && error !== undefined && <Problem error={error} />}
      <div className="acts">
        <button type="submit" className="btn small primary" disabled={busy || words.trim() === ''}>
          {verb}
        </button>
        <button type="button" className="btn small plain" onClick={onCancel}>
          {t('cancel')}
        </button>
      </div>
    </form>
  );
}
