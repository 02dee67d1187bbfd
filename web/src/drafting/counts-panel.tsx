// Everything that is counted of a text; and, for coordinators, the place where its limit is set.
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSetLimit } from '../api/queries';
import type { StatementDetail } from '../api/types';
import { announce } from '../parts/announce';
import { TextField } from '../parts/field';
import { Problem } from '../parts/states';
import { useLengthSaid } from '../statements/limit-said';
import type { Counts } from '../text/count';

/** The most words that a text can have: the server's ceiling (server/statements/limits.rs). */
const WORDS_MAX = 50_000;

interface Props {
  statement: StatementDetail;
  counts: Counts;
  onClose: () => void;
}

export function CountsPanel({ statement, counts, onClose }: Props) {
  const { t } = useTranslation('drafting');
  const { number, limited, aloud } = useLengthSaid();
  const time = aloud(counts.words, statement.language);
  const place = useRef<HTMLElement>(null);
  useEffect(() => place.current?.focus(), []);
  return (
    // Escape comes from whatever has the focus within.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section
      ref={place}
      id="counts"
      className="counts-panel"
      aria-label={t('counts.label')}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
    >
      <dl>
        <dt>{t('counts.with-notes')}</dt>
        <dd className="nums">{number(counts.wordsWithNotes)}</dd>
        <dt>{t('counts.without-notes')}</dt>
        <dd className="nums">{number(counts.words)}</dd>
        <dt>{t('counts.characters')}</dt>
        <dd className="nums">{number(counts.characters)}</dd>
        <dt>{t('counts.aloud')}</dt>
        <dd>
          {time ?? t('counts.no-pace')}
          {time !== undefined && <span className="quiet">{t('counts.pace')}</span>}
        </dd>
        <dt>{t('counts.limit')}</dt>
        <dd>{statement.limit === undefined ? t('counts.no-limit') : limited(statement.limit, counts).sentence}</dd>
      </dl>
      {statement.may.includes('set-limit') && statement.kept !== true && <SetLimit statement={statement} />}
      <button type="button" className="btn small" onClick={onClose}>
        {t('counts.close')}
      </button>
    </section>
  );
}

function SetLimit({ statement }: { statement: StatementDetail }) {
  const { t } = useTranslation('drafting');
  const { limit } = statement;
  const [typed, setTyped] = useState(limit === undefined ? '' : String(limit.words));
  const [withNotes, setWithNotes] = useState(limit?.with_notes ?? true);
  const [tried, setTried] = useState(false);
  const set = useSetLimit(statement.id);
  const words = Number(typed);
  const sound = /^\d+$/u.test(typed) && words >= 1 && words <= WORDS_MAX;
  const sets = (to: { words: number; with_notes: boolean } | null) => {
    set.mutate(to, { onSuccess: () => announce(to === null ? t('counts.taken') : t('counts.is-set')) });
  };
  return (
    <form
      className="set-limit"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (sound && !set.isPending) sets({ words, with_notes: withNotes });
      }}
    >
      <TextField
        label={t('counts.at-most')}
        problem={tried && !sound ? t('counts.problem', { max: WORDS_MAX }) : undefined}
        type="text"
        inputMode="numeric"
        maxLength={6}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value.trim())}
      />
      <label className="tick">
        <input type="checkbox" checked={withNotes} onChange={(event) => setWithNotes(event.currentTarget.checked)} />
        {t('counts.notes-count')}
      </label>
      {set.isError && <Problem error={set.error} />}
      <p className="acts">
        <button type="submit" className="btn small primary" aria-busy={set.isPending}>
          {t('counts.set')}
        </button>
        {limit !== undefined && (
          <button
            type="button"
            className="btn small"
            onClick={() => {
              setTyped('');
              setTried(false);
              sets(null);
            }}
          >
            {t('counts.take')}
          </button>
        )}
      </p>
    </form>
  );
}
