// Who asked for the chosen words: everybody who wrote some of them, whoever wrote first comes first, with the comments on them
// and the suggestions they came with. Beside the text, where there is room; on narrow pages a sheet from below.
import type { Editor } from '@tiptap/react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSuggestions, useThreads, useWhoWrote } from '../api/queries';
import type { Hand, StatementDetail, SuggestionLine, Thread, WhoWrote } from '../api/types';
import { cameWith, lettersIn, touching, type ChosenLetters } from '../editor/asking';
import { isKey, isMac, spelled } from '../editor/keys';
import type { Remarked } from '../editor/remarked';
import { announce } from '../parts/announce';
import { Icon } from '../parts/icon';
import { day } from '../parts/moment';
import { OrgChip } from '../parts/org-chip';
import { Loading, Problem } from '../parts/states';
import { useMoments, useRecent } from '../parts/when';
import { useCalls } from '../remarks/author';
import { shortened } from '../remarks/thread-card';
import { hands, quoted, type Wrote } from './hands';

interface Props {
  statement: StatementDetail;
  /** The one that is written in, which may be that of an open footnote. */
  active: Editor;
  marks: Remarked;
  opened: boolean;
  onOpen: (opened: boolean) => void;
  /** Counts how often it was asked elsewhere on the page. */
  asked: number;
  /** A comment is to be shown. */
  onRemarks: () => void;
}

const PANEL = 'asked-panel';
const NONE: readonly Thread[] = [];
const NOTHING: readonly SuggestionLine[] = [];

export function WhoAsked({ statement, active, marks, opened, onOpen, asked, onRemarks }: Props) {
  const { t } = useTranslation('asked');
  const { threads = NONE } = useThreads(statement.id).data ?? {};
  const { mutateAsync, data, error, isPending } = useWhoWrote(statement.id);
  const [chosen, setChosen] = useState<ChosenLetters>();
  const [nothingChosen, setNothingChosen] = useState(false);
  const { data: suggestions = NOTHING } = useSuggestions(statement.id);
  const [on, setOn] = useState<readonly string[]>([]);
  const [came, setCame] = useState<readonly string[]>([]);
  const panel = useRef<HTMLElement>(null);
  const says = useSays();

  const asks = async (letters: ChosenLetters) => {
    const { draft } = active.storage.remarked.sheet;
    setOn(touching(draft, letters, threads));
    setCame(cameWith(draft, letters));
    try {
      announce(t('told', { who: hands(await mutateAsync(letters.stretches), letters.units).map(says.who).join(', ') }));
    } catch {
      // The panel says it.
    }
  };
  const begins = (byKey: boolean) => {
    const letters = lettersIn(active);
    setNothingChosen(letters === undefined);
    setChosen(letters);
    onOpen(true);
    if (letters !== undefined) void asks(letters);
    // Whoever asks by a key reads on by keys; Escape leads back.
    if (byKey) requestAnimationFrame(() => panel.current?.focus());
  };
  const close = () => {
    onOpen(false);
    setChosen(undefined);
    active.commands.focus();
  };
  const latest = useRef({ begins, close });
  useEffect(() => {
    latest.current = { begins, close };
  });
  useEffect(() => {
    if (asked > 0) latest.current.begins(false);
  }, [asked]);
  useEffect(() => {
    const hears = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      if (isAsking(event)) latest.current.begins(true);
      else if (event.key === 'Escape' && panel.current?.contains(event.target as Node) === true) latest.current.close();
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', hears);
    return () => window.removeEventListener('keydown', hears);
  }, []);

  const stand = threads.filter(({ id }) => on.includes(id));
  const brought = suggestions.filter(({ handle, sid }) => came.includes(`${handle}.${sid}`));
  const shows = (id: string) => {
    onRemarks();
    marks.choose(id);
  };
  return (
    <section id={PANEL} ref={panel} tabIndex={-1} className={opened ? 'asked opened' : 'asked'} aria-labelledby="asked">
      <header className="asked-head">
        <h2 id="asked">{t('heading')}</h2>
        {opened && (
          <button type="button" className="btn small plain" aria-label={t('close')} onClick={close}>
            <Icon name="cross" />
          </button>
        )}
      </header>
      {chosen === undefined && <p className="quiet">{t('hint')}</p>}
      <p className="quiet" role="status">
        {nothingChosen && t('choose-first')}
      </p>
      {chosen !== undefined && (
        <>
          <blockquote className="asked-words" dir="auto">
            {shortened(chosen.units.join(''))}
          </blockquote>
          {isPending && <Loading lines={3} />}
          {error !== null && <Problem beside error={error} retry={() => asks(chosen)} />}
          {data !== undefined && !isPending && <Told told={data} chosen={chosen} says={says} />}
          {brought.length > 0 && (
            <>
              <h3>{t('suggestions')}</h3>
              <ul className="asked-remarks">
                {brought.map((line) => (
                  <li key={`${line.handle}.${line.sid}`}>
                    <button type="button" onClick={() => shows(`${line.handle}.${line.sid}`)}>
                      <Icon name="suggest" /> {says.suggestion(line)}
                    </button>
                  </li>
                ))}
              </ul>
            </>
          )}
          {stand.length > 0 && (
            <>
              <h3>{t('remarks')}</h3>
              <ul className="asked-remarks">
                {stand.map(({ id, quote }) => (
                  <li key={id}>
                    <button type="button" onClick={() => shows(id)}>
                      <Icon name="remark" /> {t('go', { quote: shortened(quote) })}
                    </button>
                  </li>
                ))}
              </ul>
            </>
          )}
        </>
      )}
      {!isPending && (
        <button type="button" className="btn small" aria-keyshortcuts={spelled('asked')} onMouseDown={(event) => event.preventDefault()} onClick={() => begins(false)}>
          <Icon name="asked" /> {t('ask')}
        </button>
      )}
    </section>
  );
}

function Told({ told, chosen, says }: { told: WhoWrote; chosen: ChosenLetters; says: ReturnType<typeof useSays> }) {
  const { t } = useTranslation('asked');
  return (
    <>
      <ul className="origin">
        {hands(told, chosen.units).map((wrote, place) => (
          <li key={`${place} ${wrote.hand?.day ?? ''}`}>
            {wrote.hand === undefined || wrote.hand.began ? <span aria-hidden="true" /> : <OrgChip {...says.called(wrote.hand)} />}
            <span>
              <bdi className="name">{says.name(wrote)}</bdi>
              {wrote.hand?.by.person !== undefined && <bdi className="quiet">{wrote.hand.by.person}</bdi>}
              {says.quotes(wrote, place === 0) && <bdi className="quiet">“{quoted(wrote)}”</bdi>}
              {wrote.hand !== undefined && !wrote.hand.began && (
                <span className="quiet">{place === 0 ? t('first', { when: says.when(wrote.hand) }) : says.when(wrote.hand)}</span>
              )}
              {wrote.brought.map((hand) => (
                <span key={`${hand.day} ${says.calls(hand)}`} className="quiet">
                  {t('brought', { who: says.calls(hand), when: says.when(hand) })}
                </span>
              ))}
            </span>
          </li>
        ))}
      </ul>
      {!told.complete && <p className="quiet">{t('incomplete')}</p>}
    </>
  );
}

/** How hands are said on this page. */
function useSays() {
  const { t } = useTranslation('asked');
  const calls = useCalls();
  const recent = useRecent();
  const { language, now } = useMoments();
  const called = ({ by }: Hand) => calls(by);
  // Who writes unnamed is told by the day, and days are the world's.
  const when = ({ at, day: that }: Hand) => (at === undefined ? day(`${that}T12:00:00Z`, 'UTC', language, now) : recent(at));
  const name = ({ hand }: Wrote) => (hand === undefined ? t('unstored') : hand.began ? t('began') : called(hand).name);
  return {
    called,
    when,
    name,
    calls: (hand: Hand) => (hand.began ? t('began') : hand.by.person === undefined ? called(hand).name : t('person', { person: hand.by.person, organisation: called(hand).name })),
    suggestion: ({ organisation, unnamed, own, fate, decided_by: by }: SuggestionLine) => {
      const who = calls({ unnamed, own, ...(organisation ? { organisation } : {}) }).name;
      if (fate === undefined || fate === null || by === undefined || by === null) return t('suggested', { who });
      return t(`suggested-${fate}`, { who, by: calls(by).name });
    },
    who: (wrote: Wrote) => (wrote.hand?.by.own === true ? t('own') : name(wrote)),
    // Of the first wording the rest is not.
    quotes: ({ hand }: Wrote, isFirst: boolean) => hand === undefined || hand.began || !isFirst,
  };
}

/** On keyboards where AltGr stands for both keys, it writes a letter; on a Mac, Option does, so there the key itself counts. */
function isAsking(event: KeyboardEvent): boolean {
  if (event.getModifierState('AltGraph')) return false;
  return isKey('asked', event) || (isMac() && event.metaKey && event.altKey && !event.ctrlKey && !event.shiftKey && event.code === 'KeyA');
}
