// Finding, and for those who write replacing. Enter goes on, Shift+Enter back, Escape to where the caret was; what is found in a
// footnote is shown here, since its words do not stand in the text.
import type { Editor } from '@tiptap/react';
import { useEffect, useId, useMemo, useRef, useState, useSyncExternalStore, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { announce } from '../parts/announce';
import { Icon, type IconName } from '../parts/icon';
import { Tip } from '../parts/tip';
import type { Apart } from '../text/folding';
import type { SharedDraft } from './binding/shared';
import { Finder, type Standing } from './finding/finder';
import { MATCHES_MAX } from './finding/search';
import { isKey } from './keys';
import { placeOf } from './lines';

/** Longer than any phrase one looks for. */
const SOUGHT_CHARS_MAX = 200;

interface Props {
  editor: Editor;
  draft: SharedDraft;
  editable: boolean;
  /** What was chosen in the text when it was asked for. */
  begin: string;
  replaces: boolean;
  /** Counts how often it was asked for: the field takes the keys again. */
  asked: number;
  onReplaces: (does: boolean) => void;
  onClose: (entered: boolean) => void;
}

export function FindBar({ editor, draft, editable, begin, replaces, asked, onReplaces, onClose }: Props) {
  const { t } = useTranslation('drafting');
  const [sought, setSought] = useState(begin);
  const [apart, setApart] = useState<Apart>({ case: false, forms: false });
  const [words, setWords] = useState('');
  const finder = useFinder(editor, draft);
  const standing = useSyncExternalStore(finder.subscribe, finder.snapshot);
  const field = useRef<HTMLInputElement>(null);
  const count = useCount(sought, standing);
  useEffect(() => {
    if (asked > 0) field.current?.select();
  }, [asked]);
  useEffect(() => finder.asks(sought, apart), [finder, sought, apart]);
  useEffect(() => {
    // These keys are for the text as well, while the bar is open.
    const hears = (event: globalThis.KeyboardEvent) => {
      const by = isKey('find-next', event) ? 1 : isKey('find-previous', event) ? -1 : undefined;
      if (by === undefined) return;
      event.preventDefault();
      finder.goes(by);
    };
    document.addEventListener('keydown', hears);
    return () => document.removeEventListener('keydown', hears);
  }, [finder]);

  const enters = () => {
    finder.enters();
    onClose(true);
  };
  const replacesOne = () => {
    if (finder.replaces(words)) announce(t('find.replaced'));
  };
  const replacesAll = () => announce(t('find.replaced-all', { count: finder.replacesAll(words) }));
  const onKeys = (event: KeyboardEvent) => {
    // An input method's own Enter and Escape end its word.
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') onClose(false);
    else if (event.key === 'Enter' && event.target === field.current) {
      if (event.ctrlKey || event.metaKey) enters();
      else finder.goes(event.shiftKey ? -1 : 1);
    } else if (event.key === 'Enter' && event.target instanceof HTMLInputElement) replacesOne();
    else return;
    event.preventDefault();
  };
  const none = standing.matches.length === 0;

  return (
    // Keys come from the fields within.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div role="search" className="find-bar" aria-label={t('find.region')} onKeyDown={onKeys}>
      <div className="find-row">
        <Field ref={field} label={t('find.sought')} value={sought} onType={setSought} />
        <span className="count nums" role="status">
          {count}
        </span>
        <Button label={t('find.previous')} icon="up" off={none} act={() => finder.goes(-1)} />
        <Button label={t('find.next')} icon="chevron" off={none} act={() => finder.goes(1)} />
        <Button label={t('find.close')} icon="cross" act={() => onClose(false)} />
      </div>
      <div className="find-row switches">
        <Switch label={t('find.case')} sign="Aa" pressed={apart.case} act={() => setApart({ ...apart, case: !apart.case })} />
        <Switch label={t('find.forms')} sign="é≠e" pressed={apart.forms} act={() => setApart({ ...apart, forms: !apart.forms })} />
        {editable && <Switch label={t('find.replace')} sign={t('find.replace')} pressed={replaces} act={() => onReplaces(!replaces)} />}
        <Act words={t('find.enter')} off={none} act={enters} />
      </div>
      {editable && replaces && (
        <div className="find-row">
          <Field label={t('find.words')} value={words} onType={setWords} />
          <Act words={t('find.one')} off={none} act={replacesOne} />
          <Act words={t('find.all')} off={none} act={replacesAll} />
        </div>
      )}
      <InNote standing={standing} />
    </div>
  );
}

function useFinder(editor: Editor, draft: SharedDraft): Finder {
  const finder = useMemo(() => new Finder(editor, draft), [editor, draft]);
  useEffect(() => finder.begins(), [finder]);
  return finder;
}

function useCount(sought: string, { matches, at }: Standing): string {
  const { t } = useTranslation('drafting');
  if (sought === '') return '';
  if (matches.length === 0) return t('find.none');
  return matches.length < MATCHES_MAX ? t('find.at', { at: at + 1, all: matches.length }) : t('find.at-many', { at: at + 1, all: matches.length });
}

/** The words around what is found in a footnote. */
function InNote({ standing: { matches, at } }: { standing: Standing }) {
  const { t } = useTranslation('drafting');
  const match = matches[at];
  if (match?.line.footnote === undefined) return null;
  const { excerpt } = placeOf(match.line, match.at, match.length);
  return (
    <p className="in-note" role="status">
      {t('find.in-note', { number: match.line.footnote })} <bdi>{excerpt}</bdi>
    </p>
  );
}

interface FieldProps {
  label: string;
  value: string;
  onType: (words: string) => void;
  ref?: React.Ref<HTMLInputElement>;
}

function Field({ label, value, onType, ref }: FieldProps) {
  const id = useId();
  return (
    <>
      <label htmlFor={id} className="hidden-words">
        {label}
      </label>
      <input
        ref={ref}
        id={id}
        type="text"
        dir="auto"
        autoComplete="off"
        spellCheck={false}
        enterKeyHint="search"
        placeholder={label}
        maxLength={SOUGHT_CHARS_MAX}
        value={value}
        onChange={(event) => onType(event.currentTarget.value)}
      />
    </>
  );
}

function Button({ label, icon, act, off = false }: { label: string; icon: IconName; act: () => void; off?: boolean }) {
  return (
    <Tip words={label}>
      <button type="button" aria-label={label} aria-disabled={off || undefined} onClick={() => !off && act()}>
        <Icon name={icon} />
      </button>
    </Tip>
  );
}

/** One that can do nothing now keeps the focus: the next key is still for the bar. */
function Act({ words, act, off }: { words: string; act: () => void; off: boolean }) {
  return (
    <button type="button" className="btn small" aria-disabled={off || undefined} onClick={() => !off && act()}>
      {words}
    </button>
  );
}

function Switch({ label, sign, pressed, act }: { label: string; sign: string; pressed: boolean; act: () => void }) {
  return (
    <Tip words={sign === label ? undefined : label}>
      <button type="button" aria-label={label} aria-pressed={pressed} onClick={act}>
        {sign}
      </button>
    </Tip>
  );
}
