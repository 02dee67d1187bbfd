// Publishing, confirmed: what the world will see, what it will not see, and the link once it is done.
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { usePublish, useRound } from '../api/queries';
import type { Round, StatementDetail } from '../api/types';
import { Digest } from '../parts/digest';
import { Icon } from '../parts/icon';
import { Empty, Loading, Problem } from '../parts/states';
import { StatementFrame } from '../shell/statement-frame';
import { WithStatement } from '../shell/with-statement';

export function PublishPage() {
  return (
    <WithStatement>
      {(statement) => (
        <StatementFrame statement={statement}>
          <Publish statement={statement} />
        </StatementFrame>
      )}
    </WithStatement>
  );
}

function Publish({ statement }: { statement: StatementDetail }) {
  const { t } = useTranslation('statements');
  const round = useRound(statement.round?.id);
  if (statement.state === 'published') return <Published statement={statement} />;
  if (statement.state !== 'closed') {
    return (
      <Empty title={t('publish.not-yet')}>
        <p>{t('publish.not-yet-next')}</p>
        <Link className="btn" to="/statements/$id/round" params={{ id: statement.id }}>
          {t('publish.to-round')}
        </Link>
      </Empty>
    );
  }
  if (round.isError) return <Problem error={round.error} retry={() => round.refetch()} />;
  if (round.data === undefined) return <Loading />;
  return <Preview statement={statement} round={round.data} />;
}

function Preview({ statement, round }: { statement: StatementDetail; round: Round }) {
  const { t } = useTranslation('statements');
  const publish = usePublish(statement.id);
  const mayPublish = statement.may.includes('publish');
  const signed = round.organisations.filter(({ answer }) => answer === 'signed');
  return (
    <section className="act-page" aria-labelledby="act">
      <h2 id="act">{t('publish.question')}</h2>
      <h3>{t('publish.public')}</h3>
      <ul className="what-happens">
        <li>{t('publish.text', { label: round.edition.label })}</li>
        <li>{t('publish.names', { count: round.signed_public })}</li>
        {round.withheld > 0 && <li>{t('publish.withheld', { count: round.withheld })}</li>}
        <li>{t('publish.proof')}</li>
      </ul>
      <h3>{t('publish.not-public')}</h3>
      <ul className="what-happens never">
        {round.withheld > 0 && <li>{t('publish.no-withheld')}</li>}
        <li>{t('publish.no-others')}</li>
        <li>{t('publish.no-people')}</li>
      </ul>
      <h3>{t('publish.list', { count: signed.length })}</h3>
      <ul className="sigs">
        {signed.map(({ id, name, name_en, country_name }) => (
          <li key={id} className="sig">
            <bdi>{name}</bdi>
            <span className="at">{country_name}</span>
            {name_en !== undefined && name_en !== name && <span className="gloss">{name_en}</span>}
          </li>
        ))}
        {signed.length === 0 && <li className="quiet">{t('publish.nobody')}</li>}
      </ul>
      {round.withheld > 0 && <p>{t('publish.withheld-line', { count: round.withheld })}</p>}
      <p className="quiet">{t('publish.undo')}</p>
      {publish.isError && <Problem error={publish.error} />}
      {mayPublish ? (
        <div className="acts">
          <button
            type="button"
            className="btn primary"
            disabled={publish.isPending}
            aria-busy={publish.isPending}
            onClick={() => publish.mutate(undefined)}
          >
            {t('publish.verb', { count: round.signed_public })}
          </button>
          <Link className="btn" to="/statements/$id/round" params={{ id: statement.id }}>
            {t('publish.back')}
          </Link>
        </div>
      ) : (
        <p>{t('publish.not-you')}</p>
      )}
    </section>
  );
}

function Published({ statement }: { statement: StatementDetail }) {
  const { t } = useTranslation('statements');
  const { public_url: url, edition } = statement;
  return (
    <section className="act-page" aria-labelledby="act">
      <h2 id="act">{t('published.title')}</h2>
      <p>{t('published.what')}</p>
      {url !== undefined && (
        <a className="file" href={url}>
          <Icon name="link" />
          <span>
            <span className="t">{t('published.page')}</span>
            <span className="d">{new URL(url, globalThis.location.href).href}</span>
          </span>
          <span className="size">{t('published.files')}</span>
        </a>
      )}
      {edition !== undefined && (
        <dl className="facts wide">
          <dt>{t('settled.edition')}</dt>
          <dd>{edition.label}</dd>
          <dt>{t('settled.digest')}</dt>
          <dd>
            <Digest value={edition.digest} />
            <span className="quiet">{t('settled.digest-means')}</span>
          </dd>
        </dl>
      )}
    </section>
  );
}
