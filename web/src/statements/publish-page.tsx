// Publishing, confirmed: what the world will see, what it will not see, and the link once it is done.
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { usePublicationPreview, usePublish } from '../api/queries';
import type { PublishPreview, StatementDetail } from '../api/types';
import { afresh, Changed, lookOf, useBindingAct } from '../parts/binding-act';
import { Digest } from '../parts/digest';
import { Icon } from '../parts/icon';
import { Empty, Loading, Problem } from '../parts/states';
import { StatementFrame } from '../shell/statement-frame';
import { WithStatement } from '../shell/with-statement';

export function PublishPage() {
  const { t } = useTranslation();
  const { t: own } = useTranslation('statements');
  return (
    <WithStatement>
      {(statement) => (
        <StatementFrame statement={statement} page={statement.state === 'published' ? own('published.title') : t('tabs.publish')}>
          <Publish statement={statement} />
        </StatementFrame>
      )}
    </WithStatement>
  );
}

function Publish({ statement }: { statement: StatementDetail }) {
  const { t } = useTranslation('statements');
  const preview = usePublicationPreview(statement.id, statement.state === 'closed');
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
  const look = lookOf(preview);
  if (preview.isError && look === undefined) return <Problem error={preview.error} retry={() => preview.refetch()} />;
  if (look === undefined) return <Loading />;
  return <Preview statement={statement} preview={look} again={() => afresh(preview)} />;
}

interface PreviewProps {
  statement: StatementDetail;
  preview: PublishPreview;
  again: () => Promise<PublishPreview>;
}

function Preview({ statement, preview, again }: PreviewProps) {
  const { t } = useTranslation('statements');
  const { shown, before, confirm, busy, error } = useBindingAct({ look: preview, again, mutation: usePublish(statement.id) });
  const changes = usePublishChanges();
  const mayPublish = statement.may.includes('publish');
  const { signatories, withheld } = shown;
  return (
    <section className="act-page" aria-labelledby="act">
      <h2 id="act">{t('publish.question')}</h2>
      {before !== undefined && <Changed changes={changes(before, shown)} />}
      <h3>{t('publish.public')}</h3>
      <ul className="what-happens">
        <li>{t('publish.text', { label: shown.edition })}</li>
        <li>{t('publish.names', { count: signatories.length })}</li>
        {withheld > 0 && <li>{t('publish.withheld', { count: withheld })}</li>}
        <li>{t('publish.proof')}</li>
      </ul>
      <h3>{t('publish.not-public')}</h3>
      <ul className="what-happens never">
        {withheld > 0 && <li>{t('publish.no-withheld')}</li>}
        <li>{t('publish.no-others')}</li>
        <li>{t('publish.no-people')}</li>
      </ul>
      <h3>{t('publish.list', { count: signatories.length })}</h3>
      <ul className="sigs">
        {signatories.map(({ name, gloss, country }, place) => (
          // Chapters of one name differ in nothing but their place in the list.
          <li key={place} className="sig">
            <bdi>{name}</bdi>
            <span className="at">{country}</span>
            {gloss !== undefined && <span className="gloss">{gloss}</span>}
          </li>
        ))}
        {signatories.length === 0 && <li className="quiet">{t('publish.nobody')}</li>}
      </ul>
      {withheld > 0 && <p>{t('publish.withheld-line', { count: withheld })}</p>}
      <p className="quiet">{t('publish.undo')}</p>
      {error !== undefined && <Problem error={error} />}
      {mayPublish ? (
        <div className="acts">
          <button
            type="button"
            className="btn primary"
            disabled={busy}
            aria-busy={busy}
            onClick={() => confirm(shown.seen)}
          >
            {t('publish.verb', { count: signatories.length })}
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

function usePublishChanges() {
  const { t } = useTranslation('statements');
  return (before: PublishPreview, now: PublishPreview): string[] => {
    const named = (list: PublishPreview['signatories']) => list.map(({ name, country }) => `${name} (${country})`);
    const [were, are] = [named(before.signatories), named(now.signatories)];
    return [
      ...(before.edition === now.edition ? [] : [t('publish.changed-edition', { before: before.edition, now: now.edition })]),
      ...are.filter((name) => !were.includes(name)).map((name) => t('publish.changed-new', { name })),
      ...were.filter((name) => !are.includes(name)).map((name) => t('publish.changed-gone', { name })),
      ...(before.withheld === now.withheld ? [] : [t('publish.changed-withheld', { before: before.withheld, now: now.withheld })]),
    ];
  };
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
