// Every act on one statement: when, by whom, in whose name, in a sentence. Newest first, by day.
import { useTranslation } from 'react-i18next';
import { useHistory } from '../api/queries';
import type { Act, StatementDetail } from '../api/types';
import { day, time } from '../parts/moment';
import { Empty, Loading, Problem } from '../parts/states';
import { useMoments } from '../parts/when';
import { StatementFrame } from '../shell/statement-frame';
import { WithStatement } from '../shell/with-statement';

export function HistoryPage() {
  const { t } = useTranslation();
  return (
    <WithStatement>
      {(statement) => (
        <StatementFrame statement={statement} page={t('tabs.history')}>
          <Acts statement={statement} />
        </StatementFrame>
      )}
    </WithStatement>
  );
}

function Acts({ statement }: { statement: StatementDetail }) {
  const { t } = useTranslation('statements');
  const { zone, language, now, place } = useMoments();
  const history = useHistory(statement.id);
  if (history.isError) return <Problem error={history.error} retry={() => history.refetch()} />;
  if (history.data === undefined) return <Loading />;
  if (history.data.length === 0) return <Empty title={t('history.empty')} />;

  const newestFirst = history.data.toSorted((a, b) => b.at.localeCompare(a.at));
  const days = new Map<string, Act[]>();
  for (const act of newestFirst) {
    const key = day(act.at, zone, language, now);
    days.set(key, [...(days.get(key) ?? []), act]);
  }
  return (
    <div className="history">
      <p className="quiet">{t('history.zone', { place })}</p>
      {[...days].map(([name, acts]) => (
        <section key={name}>
          <h2>{name}</h2>
          <ol className="timeline">
            {acts.map((act, place_) => (
              // Two acts of one moment may read the same; within a day their order never changes.
              // oxlint-disable-next-line react/no-array-index-key
              <li key={`${act.at} ${place_}`}>
                <time dateTime={act.at}>{time(act.at, zone, language)}</time>
                <div>
                  <p dir="auto">{act.sentence}</p>
                  <p className="quiet">
                    <bdi>{act.who}</bdi>
                    {act.organisation !== undefined && (
                      <>
                        {', '}
                        <bdi>{act.organisation}</bdi>
                      </>
                    )}
                  </p>
                </div>
              </li>
            ))}
          </ol>
        </section>
      ))}
    </div>
  );
}
