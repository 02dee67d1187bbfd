// Freezing, confirmed on a page of its own: the words that will be fixed, what it means, and how it can be undone.
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFreeze, useFreezePreview, useThreads } from '../api/queries';
import type { EditionSummary, FreezePreview, Obstacle, StatementDetail } from '../api/types';
import { afresh, Changed, lookOf, useBindingAct } from '../parts/binding-act';
import { Digest } from '../parts/digest';
import { Icon } from '../parts/icon';
import { Loading, Problem } from '../parts/states';
import { textChanges } from '../parts/text-changes';
import { TextView } from '../parts/text-view';
import { useWhen } from '../parts/when';
import type { Counts } from '../text/count';
import { StatementFrame } from '../shell/statement-frame';
import { WithStatement } from '../shell/with-statement';
import { useLengthSaid } from './limit-said';
import { useTelling } from './obstacles';

export function FreezePage() {
  return <WithStatement>{(statement) => <Freeze statement={statement} />}</WithStatement>;
}

function Freeze({ statement }: { statement: StatementDetail }) {
  const { t } = useTranslation('statements');
  // The room may have closed behind the reader: what was frozen here stays on the page.
  const [frozen, setFrozen] = useState<EditionSummary>();
  const mayFreeze = statement.may.includes('freeze');
  const preview = useFreezePreview(statement.id, mayFreeze && frozen === undefined);
  const look = lookOf(preview);
  const edition = frozen ?? (statement.state === 'frozen' ? statement.edition : undefined);
  if (edition !== undefined) return <Frozen statement={statement} edition={edition} />;
  return (
    <StatementFrame statement={statement} page={t('freeze.title')}>
      {!mayFreeze && (
        <section className="act-page" aria-labelledby="act">
          <h2 id="act">{t('freeze.title')}</h2>
          <p>{statement.state === 'drafting' ? t('freeze.not-you') : t('freeze.already')}</p>
          <Link className="btn" to="/statements/$id" params={{ id: statement.id }}>
            {t('freeze.to-text')}
          </Link>
        </section>
      )}
      {mayFreeze && preview.isError && look === undefined && <Problem error={preview.error} retry={() => preview.refetch()} />}
      {mayFreeze && !preview.isError && look === undefined && <Loading lines={10} />}
      {mayFreeze && look !== undefined && (
        <Look statement={statement} look={look} again={() => afresh(preview)} onFrozen={setFrozen} />
      )}
    </StatementFrame>
  );
}

interface LookProps {
  statement: StatementDetail;
  look: FreezePreview;
  again: () => Promise<FreezePreview>;
  onFrozen: (edition: EditionSummary) => void;
}

/** The text as it would be frozen, all of it, and what freezing means. */
function Look({ statement, look, again, onFrozen }: LookProps) {
  const { t } = useTranslation('statements');
  const { t: comparing } = useTranslation('comparing');
  const navigate = useNavigate();
  const { shown, before, confirm, busy, error } = useBindingAct({ look, again, mutation: useFreeze(statement.id) });
  const changes = useFreezeChanges();
  return (
    <section className="act-page" aria-labelledby="act">
      <h2 id="act">{t('freeze.question', { label: shown.label })}</h2>
      {before !== undefined && <Changed changes={changes(before, shown)} />}
      {shown.problems.length > 0 && <Obstacles problems={shown.problems} more={shown.more_problems} />}
      <p className="quiet">
        {t('words', { count: shown.words })} ({t('freeze.with-notes')}) · {t('paragraphs', { count: shown.paragraphs })} ·{' '}
        {t('notes', { count: shown.footnotes })}
        <Aloud look={shown} language={statement.language} />
      </p>
      <OverLimit look={shown} />
      {statement.edition !== undefined && (
        <p>
          <Link to="/statements/$id/compare" params={{ id: statement.id }} search={{ from: statement.edition.label, to: 'now' }}>
            {comparing('since', { label: statement.edition.label })}
          </Link>
        </p>
      )}
      <div className="frozen-words">
        <TextView text={shown.text} />
      </div>
      {shown.problems.length === 0 && (
        <>
          <h3>{t('freeze.happens')}</h3>
          <ul className="what-happens">
            <li>{t('freeze.no-edits')}</li>
            <li>{t('freeze.digest')}</li>
            <li>{t('freeze.nobody-told')}</li>
            <li>{t('freeze.reopen')}</li>
            <OpenRemarks statement={statement.id} />
          </ul>
        </>
      )}
      {error !== undefined && <Problem error={error} />}
      <div className="acts">
        {shown.problems.length === 0 && (
          <button type="button" className="btn primary" disabled={busy} aria-busy={busy} onClick={() => confirm(shown.seen, onFrozen)}>
            <Icon name="lock" />
            {t('freeze.verb', { label: shown.label })}
          </button>
        )}
        <button type="button" className="btn" onClick={() => void navigate({ to: '/statements/$id', params: { id: statement.id } })}>
          {t('freeze.back')}
        </button>
      </div>
    </section>
  );
}

function countsOf({ counts }: FreezePreview): Counts {
  return { words: counts.words, wordsWithNotes: counts.words_with_notes, characters: counts.characters };
}

function Aloud({ look, language }: { look: FreezePreview; language: string }) {
  const { t } = useTranslation('statements');
  const time = useLengthSaid().aloud(look.counts.words, language);
  return time === undefined ? null : ` · ${t('limit.read-aloud', { time })}`;
}

/** A warning, and nothing that stops. */
function OverLimit({ look }: { look: FreezePreview }) {
  const { t } = useTranslation('statements');
  const { limited } = useLengthSaid();
  const said = look.limit === undefined ? undefined : limited(look.limit, countsOf(look));
  if (said === undefined || !said.isOver) return null;
  return (
    <div className="notice amber" role="status">
      <Icon name="warning" />
      <p>
        {said.sentence} {t('limit.all-the-same')}
      </p>
    </div>
  );
}

function useFreezeChanges() {
  const { t } = useTranslation('statements');
  return (before: FreezePreview, now: FreezePreview): string[] => {
    const text = textChanges(before.text, now.text);
    return [
      ...(before.label === now.label ? [] : [t('freeze.changed-label', { before: before.label, now: now.label })]),
      ...(before.words === now.words ? [] : [t('freeze.changed-words', { before: before.words, count: now.words })]),
      ...text.before.map((words) => t('freeze.changed-before', { words })),
      ...text.now.map((words) => t('freeze.changed-now', { words })),
    ];
  };
}

// A text pasted from a page with hyphenation has hundreds; the list beside the text has them all.
const PLACES_SHOWN = 3;

/** Comments that are open stop no freeze, and nobody should learn of them only afterwards. */
function OpenRemarks({ statement }: { statement: string }) {
  const { t } = useTranslation('remarks');
  const count = useThreads(statement).data?.threads.filter(({ resolved }) => resolved === undefined).length ?? 0;
  return count === 0 ? null : <li>{t('before-freezing', { count })}</li>;
}

function Obstacles({ problems, more }: { problems: Obstacle[]; more: number }) {
  const { t } = useTranslation('statements');
  const { grouped } = useTelling();
  return (
    <div className="notice amber" role="status">
      <Icon name="warning" />
      <div className="notice-body">
        <p>
          <b>{t('freeze.problems')}</b>
        </p>
        <ul className="dots">
          {grouped(problems).map(({ code, heading, items }) => (
            <li key={code} dir="auto">
              {heading === undefined ? items[0]?.words : `${heading} ${items.slice(0, PLACES_SHOWN).map(({ words }) => words).join(' · ')}`}
              {items.length > PLACES_SHOWN && ` · ${t('freeze.more-problems', { count: items.length - PLACES_SHOWN })}`}
            </li>
          ))}
        </ul>
        {more > 0 && <p>{t('freeze.more-problems', { count: more })}</p>}
        <p>{t('freeze.beside-text')}</p>
      </div>
    </div>
  );
}

function Frozen({ statement, edition }: { statement: StatementDetail; edition: EditionSummary }) {
  const { t } = useTranslation('statements');
  const when = useWhen();
  const params = { id: statement.id };
  return (
    <StatementFrame statement={statement} page={t('frozen.title', { label: edition.label })}>
      <section className="act-page" aria-labelledby="act">
        <h2 id="act">{t('frozen.title', { label: edition.label })}</h2>
        <p role="status">{t('frozen.when', { when: when(edition.frozen_at) })}</p>
        <dl className="facts wide">
          <dt>{t('settled.digest')}</dt>
          <dd>
            <Digest value={edition.digest} />
            <span className="quiet">{t('settled.digest-means')}</span>
          </dd>
        </dl>
        <div className="acts">
          <Link className="btn primary" to="/statements/$id/round" params={params}>
            {t('next.open-round')}
          </Link>
          <Link className="btn" to="/statements/$id" params={params}>
            {t('frozen.read')}
          </Link>
        </div>
      </section>
    </StatementFrame>
  );
}
