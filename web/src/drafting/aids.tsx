// What helps while one writes or reads: finding, the list of keys, and what "/" offers. The first Ctrl+F is ours; another, in the bar
// that it opens, is the browser's own.
import type { Editor } from '@tiptap/react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SharedDraft } from '../editor/binding/shared';
import { FindBar } from '../editor/find-bar';
import { isKey, spelled } from '../editor/keys';
import { SlashMenu } from '../editor/slash-menu';
import { Icon, type IconName } from '../parts/icon';
import { Tip } from '../parts/tip';
import { KeysList } from './keys-list';

interface Props {
  editor: Editor;
  /** The one that is written in: the text's, or that of an open footnote. */
  active: Editor;
  draft: SharedDraft;
  editable: boolean;
}

interface Finding {
  begin: string;
  replaces: boolean;
  asked: number;
  /** Where the keys went before. */
  from: Element | null;
}

export function Aids({ editor, active, draft, editable }: Props) {
  const { t } = useTranslation('drafting');
  const [finding, setFinding] = useState<Finding>();
  const [listed, setListed] = useState(false);
  const finds = (replaces: boolean) =>
    setFinding((now) => ({
      begin: now?.begin ?? chosenWords(active),
      replaces: replaces || (now?.replaces ?? false),
      asked: (now?.asked ?? 0) + 1,
      from: now?.from ?? document.activeElement,
    }));
  const hears = useRef<(event: KeyboardEvent) => void>(() => undefined);
  useEffect(() => {
    hears.current = (event) => {
      if (event.defaultPrevented || isWithin(event, '[role="dialog"]')) return;
      if (isKey('find', event) && !isWithin(event, '.find-bar')) finds(false);
      else if (isKey('replace', event) && editable) finds(true);
      else if (isKey('keys', event)) setListed(true);
      else return;
      event.preventDefault();
    };
  });
  useEffect(() => {
    const heard = (event: KeyboardEvent) => hears.current(event);
    document.addEventListener('keydown', heard);
    return () => document.removeEventListener('keydown', heard);
  }, []);
  const closes = (entered: boolean) => {
    setFinding(undefined);
    if (entered) return;
    // At once: the next key is for the text already.
    if (editable) active.view.focus();
    else if (finding?.from instanceof HTMLElement) finding.from.focus();
  };

  return (
    <>
      <Sign label={t('find.open')} keys={spelled('find')} icon="search" act={() => finds(false)} />
      <Sign label={t('keys.open')} keys={spelled('keys')} icon="keyboard" act={() => setListed(true)} />
      {finding !== undefined && (
        <FindBar
          editor={editor}
          draft={draft}
          editable={editable}
          begin={finding.begin}
          replaces={finding.replaces}
          asked={finding.asked}
          onReplaces={(replaces) => setFinding({ ...finding, replaces })}
          onClose={closes}
        />
      )}
      {listed && <KeysList onClose={() => setListed(false)} />}
      {editable && <SlashMenu editor={editor} />}
    </>
  );
}

function isWithin({ target }: Event, place: string): boolean {
  return target instanceof Element && target.closest(place) !== null;
}

// Longer than this nobody looks for it; it is chosen to another end.
const BEGIN_CHARS_MAX = 80;

/** What is chosen within one paragraph. */
function chosenWords({ state: { doc, selection } }: Editor): string {
  const { $from, $to, from, to } = selection;
  if (!$from.sameParent($to) || to - from > BEGIN_CHARS_MAX) return '';
  return doc.textBetween(from, to).trim();
}

function Sign({ label, keys, icon, act }: { label: string; keys: string; icon: IconName; act: () => void }) {
  return (
    <Tip words={`${label} (${keys.replace('Control', 'Ctrl')})`}>
      <button type="button" className={`aid ${icon}`} aria-label={label} aria-keyshortcuts={keys} onClick={act}>
        <Icon name={icon} />
      </button>
    </Tip>
  );
}
