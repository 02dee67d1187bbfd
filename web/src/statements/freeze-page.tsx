// Freezing, confirmed on a page of its own: exactly what will be fixed, what it means, and how it can be undone.
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useFreeze, useFreezePreview } from '../api/queries';
import type { EditionSummary, Obstacle, StatementDetail } from '../api/types';
import { Digest } from '../parts/digest';
import { Icon } from '../parts/icon';
import { Loading, Problem } from '../parts/states';
import { useWhen } from '../parts/when';
import { StatementFrame } from '../shell/statement-frame';
import { WithStatement } from '../shell/with-statement';
import { toldObstacles, useTelling } from './obstacles';

export function FreezePage() {
  return <WithStatement>{(statement) => <Freeze statement={statement} />}</WithStatement>;
}

function Freeze({ statement }: { statement: StatementDetail }) {
  const { t } = useTranslation('statements');
  const freeze = useFreeze(statement.id);
  const navigate = useNavigate();
  const mayFreeze = statement.may.includes('freeze');
  const preview = useFreezePreview(statement.id, mayFreeze && freeze.data === undefined);
  const params = { id: statement.id };

  if (freeze.data !== undefined) return <Frozen statement={statement} edition={freeze.data} />;
  // The text may have become another while the question stood here; then the refusal says what is in the way.
  const refused = freeze.error?.code === 'text-unsettled' ? freeze.error.params : undefined;
  const problems = refused === undefined ? (preview.data?.problems ?? []) : toldObstacles(refused.problems);
  const more = Number(refused === undefined ? (preview.data?.more_problems ?? 0) : (refused.more ?? 0));
  return (
    <StatementFrame statement={statement} heading={t('freeze.title')}>
      <section className="act-page" aria-labelledby="act">
        <h2 id="act">{preview.data === undefined ? t('freeze.title') : t('freeze.question', { label: preview.data.label })}</h2>
        {!mayFreeze && <p>{statement.state === 'drafting' ? t('freeze.not-you') : t('freeze.already')}</p>}
        {mayFreeze && preview.isPending && <Loading />}
        {preview.isError && <Problem error={preview.error} retry={() => preview.refetch()} />}
        {preview.data !== undefined && mayFreeze && (
          <>
            <dl className="facts wide">
              <dt>{t('freeze.edition')}</dt>
              <dd>{preview.data.label}</dd>
              <dt>{t('freeze.length')}</dt>
              <dd>
                {t('words', { count: preview.data.words })} <span className="quiet">{t('freeze.with-notes')}</span>
              </dd>
              <dt>{t('freeze.parts')}</dt>
              <dd>
                {t('paragraphs', { count: preview.data.paragraphs })}, {t('notes', { count: preview.data.footnotes })}
              </dd>
            </dl>
            {problems.length > 0 ? (
              <Obstacles problems={problems} more={more} />
            ) : (
              <>
                <h3>{t('freeze.happens')}</h3>
                <ul className="what-happens">
                  <li>{t('freeze.no-edits')}</li>
                  <li>{t('freeze.digest')}</li>
                  <li>{t('freeze.nobody-told')}</li>
                  <li>{t('freeze.reopen')}</li>
                </ul>
              </>
            )}
            {freeze.isError && refused === undefined && <Problem error={freeze.error} />}
            <div className="acts">
              {problems.length === 0 && (
                <button
                  type="button"
                  className="btn primary"
                  disabled={freeze.isPending}
                  aria-busy={freeze.isPending}
                  onClick={() => freeze.mutate(undefined)}
                >
                  <Icon name="lock" />
                  {t('freeze.verb', { label: preview.data.label })}
                </button>
              )}
              <button type="button" className="btn" onClick={() => void navigate({ to: '/statements/$id', params })}>
                {t('freeze.back')}
              </button>
            </div>
          </>
        )}
        {!mayFreeze && (
          <Link className="btn" to="/statements/$id" params={params}>
            {t('freeze.to-text')}
          </Link>
        )}
      </section>
    </StatementFrame>
  );
}

// A text pasted from a page with hyphenation has hundreds; the list beside the text has them all.
const PLACES_SHOWN = 3;

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
    <StatementFrame statement={statement} heading={t('frozen.title', { label: edition.label })}>
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
