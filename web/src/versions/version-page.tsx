// One version, or one frozen edition, to be read as the text is read; a version can be named from here, and brought back.
import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useEdition, useVersion } from '../api/queries';
import type { StatementDetail, StatementText, Version } from '../api/types';
import { Loading, Problem } from '../parts/states';
import { TextView } from '../parts/text-view';
import { useWhen } from '../parts/when';
import { StatementFrame } from '../shell/statement-frame';
import { WithStatement } from '../shell/with-statement';
import { NameVersion } from './naming';
import { Restore } from './restore';
import { useCounts, useTitleOf, WrittenBy } from './told';

export function VersionPage() {
  const { version: id = '' } = useParams({ strict: false });
  const version = useVersion(id);
  const { t } = useTranslation('versions');
  const when = useWhen();
  return (
    <WithStatement>
      {(statement) => (
        <StatementFrame statement={statement} page={version.data === undefined ? t('title') : t('of', { when: when(version.data.at) })}>
          {version.isError && <Problem error={version.error} retry={() => version.refetch()} />}
          {version.isPending && <Loading lines={10} />}
          {version.data !== undefined && <OneVersion statement={statement} version={version.data} />}
        </StatementFrame>
      )}
    </WithStatement>
  );
}

function OneVersion({ statement, version }: { statement: StatementDetail; version: Version }) {
  const { t } = useTranslation('versions');
  const when = useWhen();
  const title = useTitleOf();
  const { changes, words } = useCounts();
  const [asked, setAsked] = useState<'name' | 'restore'>();
  const done = () => setAsked(undefined);
  const moment = t('of', { when: when(version.at) });
  return (
    <section className="act-page" aria-labelledby="act">
      <Back statement={statement.id} />
      <h2 id="act" dir="auto">
        {version.name ?? moment}
      </h2>
      <div>
        <p>{version.name === undefined ? title(version) : moment}</p>
        <p className="quiet">
          <WrittenBy version={version} />
          <span>
            {words(version)} · {t('compared', { changes: changes(version) })}
          </span>
        </p>
      </div>
      {version.may_write && (
        <div className="acts">
          <button type="button" className="btn primary" onClick={() => setAsked('restore')}>
            {t('restore.open')}
          </button>
          <button type="button" className="btn" onClick={() => setAsked('name')}>
            {version.name === undefined ? t('name.open') : t('name.again')}
          </button>
          <Link className="btn" to="/statements/$id/compare" params={{ id: statement.id }} search={{ from: `version-${version.id}`, to: 'now' }}>
            {t('since')}
          </Link>
        </div>
      )}
      <Words text={version.text} />
      {asked === 'name' && <NameVersion version={version} onClose={done} />}
      {asked === 'restore' && <Restore version={version} onClose={done} />}
    </section>
  );
}

export function EditionPage() {
  const { edition: id } = useParams({ strict: false });
  const edition = useEdition(id);
  const { t } = useTranslation('versions');
  const when = useWhen();
  return (
    <WithStatement>
      {(statement) => (
        <StatementFrame statement={statement} page={edition.data === undefined ? t('title') : t('edition', { label: edition.data.label })}>
          {edition.isError && <Problem error={edition.error} retry={() => edition.refetch()} />}
          {edition.isPending && <Loading lines={10} />}
          {edition.data !== undefined && (
            <section className="act-page" aria-labelledby="act">
              <Back statement={statement.id} />
              <h2 id="act">{t('edition', { label: edition.data.label })}</h2>
              <p className="quiet">
                {when(edition.data.frozen_at)} · {t('words', { count: edition.data.words })}
              </p>
              <Words text={edition.data.text} />
            </section>
          )}
        </StatementFrame>
      )}
    </WithStatement>
  );
}

function Back({ statement }: { statement: string }) {
  const { t } = useTranslation('versions');
  return (
    <p>
      <Link to="/statements/$id/versions" params={{ id: statement }}>
        {t('back')}
      </Link>
    </p>
  );
}

function Words({ text }: { text: StatementText }) {
  const { t } = useTranslation('versions');
  return <div className="frozen-words">{text.blocks.length === 0 ? <p className="quiet">{t('nothing')}</p> : <TextView text={text} />}</div>;
}
