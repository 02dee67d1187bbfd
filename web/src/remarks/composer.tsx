// Where a comment or a reply is written. What is written belongs to whoever shows this: it outlives a failed answer, and a card that
// moves elsewhere under one's hands. Behind an @ it offers whom one may mention, and says who will be written to.
import { useEffect, useId, useLayoutEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { announce } from '../parts/announce';
import { Problem } from '../parts/states';
import { begunAt, completed, mentionedIn, type Mentionable } from './mentions';

interface Props {
  label: string;
  verb: string;
  words: string;
  mentionable: readonly Mentionable[];
  busy: boolean;
  error: unknown;
  onWrite: (words: string) => void;
  onSend: () => void;
  onCancel: () => void;
  children?: ReactNode;
}

export function Composer({ label, verb, words, mentionable, busy, error, onWrite, onSend, onCancel, children }: Props) {
  const { t } = useTranslation('remarks');
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []);
  const [caret, setCaret] = useState(0);
  const [chosen, setChosen] = useState(0);
  // Where an @ stands that nothing is to be offered for any more.
  const [waved, setWaved] = useState(-1);
  const begun = begunAt(words, caret, mentionable);
  const open = begun !== undefined && begun.at !== waved ? begun : undefined;
  const at = Math.min(chosen, (open?.offers.length ?? 1) - 1);
  const isOpen = open !== undefined;
  useEffect(() => {
    if (isOpen) announce(t('mention.offered'));
  }, [isOpen, t]);
  const goesTo = useRef<number>(undefined);
  useLayoutEffect(() => {
    const to = goesTo.current;
    goesTo.current = undefined;
    if (to !== undefined) field.current?.setSelectionRange(to, to);
  });
  const takes = (one: Mentionable | undefined) => {
    if (open === undefined || one === undefined) return;
    const now = completed(words, caret, open.at, one);
    goesTo.current = now.caret;
    setCaret(now.caret);
    setWaved(open.at);
    onWrite(now.words);
  };
  const mentioned = mentionedIn(words, mentionable);
  const sends = () => {
    if (!busy && words.trim() !== '') onSend();
  };
  const keys = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (open !== undefined && choosesBy(event)) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      sends();
    } else if (event.key === 'Escape') {
      // The words stay: Escape is pressed for many reasons.
      event.stopPropagation();
      if (words.trim() === '') onCancel();
    }
  };
  /** Whether the key means something to what is offered. */
  const choosesBy = (event: KeyboardEvent): boolean => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const count = open?.offers.length ?? 0;
    if (step !== undefined) setChosen((at + step + count) % count);
    else if (event.key === 'Escape') setWaved(open?.at ?? -1);
    else if (event.key === 'Tab' || (event.key === 'Enter' && !event.ctrlKey && !event.metaKey)) takes(open?.offers[at]);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
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
      <textarea
        ref={field}
        id={id}
        rows={3}
        dir="auto"
        value={words}
        aria-keyshortcuts="Control+Enter"
        aria-autocomplete="list"
        aria-controls={isOpen ? `${id}-offers` : undefined}
        aria-activedescendant={isOpen ? `${id}-${at}` : undefined}
        onChange={({ currentTarget }) => {
          setCaret(currentTarget.selectionStart);
          setChosen(0);
          onWrite(currentTarget.value);
        }}
        onSelect={({ currentTarget }) => setCaret(currentTarget.selectionStart)}
        onBlur={() => setCaret(0)}
        onKeyDown={keys}
      />
      {open !== undefined && (
        <div id={`${id}-offers`} className="mention-offers" role="listbox" aria-label={t('mention.offers')}>
          {open.offers.map((one, place) => (
            // Keys go to the field, which says by its attributes what is chosen here.
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
            <div
              key={`${one.tag}${one.name}`}
              id={`${id}-${place}`}
              role="option"
              aria-selected={place === at}
              // The field keeps its caret and, on a phone, its keyboard.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => takes(one)}
            >
              <bdi>{one.tag}</bdi> {one.name !== '' && <bdi className="quiet">{one.name}</bdi>}
            </div>
          ))}
        </div>
      )}
      <p className="quiet mentioned">{mentioned.length > 0 ? t('mention.told', { who: mentioned.map(({ tag }) => tag) }) : t('mention.hint')}</p>
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
