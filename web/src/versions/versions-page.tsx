// The versions of a draft by day, the newest state at the top: when, who wrote, how many words came and went. Each opens to be read.
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fetchDraft, useVersions } from '../api/queries';
import type { EditionSummary, StatementDetail, VersionLine } from '../api/types';
import { day, time } from '../parts/moment';
import { Empty, Loading, Problem } from '../parts/states';
import { useMoments, useRecent } from '../parts/when';
import { WordFile } from '../parts/word-file';
import { StatementFrame } from '../shell/statement-frame';
import { WithStatement } from '../shell/with-statement';
import { daysOf } from './days';
import { NameNow } from './naming';
import { useCounts, useTitleOf, WrittenBy } from './told';

export function VersionsPage() {
  const { t } = useTranslation('versions');
  return (
    <WithStatement>
      {(statement) => (
        <StatementFrame statement={statement} page={t('title')}>
          <Versions statement={statement} />
        </StatementFrame>
      )}
    </WithStatement>
  );
}

function Versions({ statement }: { statement: StatementDetail }) {
  const { t } = useTranslation('versions');
  const { zone, language, now, place } = useMoments();
  const versions = useVersions(statement.id);
  if (versions.isError) return <Problem error={versions.error} retry={() => versions.refetch()} />;
  if (versions.data === undefined) return <Loading />;
  const days = daysOf(versions.data.versions, statement.editions, (at) => day(at, zone, language, now));
  return (
    <div className="history versions">
      <p>{t('what')}</p>
      <Now statement={statement} mayWrite={versions.data.may_write} changedAt={versions.data.changed_at} />
      {days.length === 0 ? (
        <Empty title={t('empty')}>
          <p>{t('empty-next')}</p>
        </Empty>
      ) : (
        <p className="quiet">{t('zone', { place })}</p>
      )}
      {days.map(({ name, rows }) => (
        <section key={name}>
          <h2>{name}</h2>
          <ol className="timeline">
            {rows.map((row) => (
              <li key={'version' in row ? row.version.id : row.edition.id}>
                <time dateTime={row.at}>{time(row.at, zone, language)}</time>
                {'version' in row ? <OneVersion version={row.version} /> : <OneEdition statement={statement.id} edition={row.edition} />}
              </li>
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
}

/** The newest state, which is no version yet. */
function Now({ statement, mayWrite, changedAt }: { statement: StatementDetail; mayWrite: boolean; changedAt: string }) {
  const { t } = useTranslation('versions');
  const recent = useRecent();
  const [naming, setNaming] = useState(false);
  return (
    <section className="version-now" aria-labelledby="now">
      <div>
        <h2 id="now">{statement.state === 'drafting' ? t('now') : t('now-frozen')}</h2>
        <p className="quiet">{t('changed', { when: recent(changedAt) })}</p>
      </div>
      <div className="acts">
        <Link className="btn" to="/statements/$id" params={{ id: statement.id }}>
          {t('open-now')}
        </Link>
        {mayWrite && (
          <button type="button" className="btn" onClick={() => setNaming(true)}>
            {t('name-now')}
          </button>
        )}
        <WordFile name="draft.docx" className="btn" fetch={() => fetchDraft(statement.id)} />
      </div>
      {naming && <NameNow statement={statement.id} onClose={() => setNaming(false)} />}
    </section>
  );
}

function OneVersion({ version }: { version: VersionLine }) {
  const title = useTitleOf();
  const { changes, words } = useCounts();
  const { t } = useTranslation('versions');
  return (
    <div className="version">
      <p dir="auto">
        <Link to="/statements/$id/versions/$version" params={{ id: version.statement, version: version.id }}>
          {title(version)}
        </Link>
      </p>
      <p className="quiet">
        <WrittenBy version={version} />
        <span>
          {version.name !== undefined && version.kind !== 'named' && `${t(`kind.${version.kind}`)} · `}
          {words(version)} · {changes(version)}
        </span>
      </p>
    </div>
  );
}

function OneEdition({ statement, edition }: { statement: string; edition: EditionSummary }) {
  const { t } = useTranslation('versions');
  return (
    <div className="version">
      <p>
        <Link to="/statements/$id/editions/$edition" params={{ id: statement, edition: edition.id }}>
          {t('kind.frozen', { label: edition.label })}
        </Link>
      </p>
    </div>
  );
}
