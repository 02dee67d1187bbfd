// Every statement the reader may see, with its state first.
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Statement } from '../api/types';
import { oneOf, useAddress } from '../parts/address';
import { LastEdit } from '../parts/last-edit';
import { StateBadge } from '../parts/state-badge';
import { Empty } from '../parts/states';
import { Tally } from '../parts/tally';
import { useRecent, useWhen } from '../parts/when';

const FILTERS = ['all', 'drafting', 'open', 'published'] as const;

interface Props {
  statements: Statement[];
  coordinator: boolean;
  onStart: () => void;
}

export function StatementsTable({ statements, coordinator, onStart }: Props) {
  const { t } = useTranslation('home');
  const address = useAddress();
  const filter = oneOf(address.read('state'), FILTERS, 'all');
  const shown = statements.filter(({ state }) => filter === 'all' || state === filter);
  if (statements.length === 0) {
    return (
      <Empty title={t('list.empty')}>
        <p>{coordinator ? t('list.empty-next') : t('list.empty-reader')}</p>
        {coordinator && (
          <button type="button" className="btn primary" onClick={onStart}>
            {t('start.button')}
          </button>
        )}
      </Empty>
    );
  }
  return (
    <section aria-labelledby="all">
      <div className="section-head">
        <h2 id="all" className="section-title">
          {t('list.heading')} <span className="count">{statements.length}</span>
        </h2>
        <div className="filters" role="group" aria-label={t('list.filter')}>
          {FILTERS.map((name) => (
            <button key={name} type="button" aria-pressed={filter === name} onClick={() => address.choose({ state: name === 'all' ? '' : name })}>
              {t(`list.${name}`)}
            </button>
          ))}
        </div>
      </div>
      <span className="hidden-words" role="status">
        {t('list.found', { count: shown.length })}
      </span>
      {shown.length === 0 ? (
        <p className="quiet none">{t('list.empty-filter')}</p>
      ) : (
        <table className="st stacked">
          <thead>
            <tr>
              <th scope="col">{t('list.state')}</th>
              <th scope="col">{t('list.statement')}</th>
              <th scope="col">{t('list.edition')}</th>
              <th scope="col">{t('list.stands')}</th>
              <th scope="col">{t('list.changed')}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((statement) => (
              <Row key={statement.id} statement={statement} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function Row({ statement }: { statement: Statement }) {
  const { t } = useTranslation('home');
  const when = useWhen();
  const recent = useRecent();
  const { state, round } = statement;
  const open = state === 'open' && round !== undefined;
  const early = state === 'closed' && round?.ended_early === true;
  const closing = open ? t('list.closes', { when: when(round.closes_at) }) : early ? t('list.closed-early') : undefined;
  return (
    <tr>
      <td className="sc">
        <StateBadge state={state} />
        {closing !== undefined && <span className="quiet sub2">{closing}</span>}
      </td>
      <td>
        <Link className="stmt" to={state === 'open' || state === 'closed' ? '/statements/$id/round' : '/statements/$id'} params={{ id: statement.id }}>
          <span dir="auto" lang={statement.language}>
            {statement.title}
          </span>
        </Link>
        {statement.forum !== undefined && statement.forum !== '' && (
          <span className="quiet sub2" dir="auto">
            {statement.forum}
          </span>
        )}
        <LastEdit statement={statement} />
      </td>
      <td className="nowrap" data-label={t('list.edition')}>
        {statement.edition?.label ?? t('list.none')}
      </td>
      <td className="pc">
        <Stands statement={statement} />
      </td>
      <td className="quiet nowrap">{recent(statement.updated_at)}</td>
    </tr>
  );
}

function Stands({ statement: { state, round, next_edition } }: { statement: Statement }) {
  const { t } = useTranslation('home');
  switch (state) {
    case 'drafting':
      return t('list.towards', { label: next_edition });
    case 'frozen':
      return t('list.not-asked');
    case 'open':
      return round === undefined ? null : (
        <>
          {t('list.answered', { answered: round.answered, count: round.invited })}
          <Tally
            mini
            counts={{
              signedPublic: Math.max(0, round.signed - round.withheld),
              withheld: round.withheld,
              waiting: Math.max(0, round.invited - round.answered),
            }}
          />
        </>
      );
    case 'closed':
    case 'published':
      return round === undefined ? null : t('list.signed', { count: round.signed, withheld: round.withheld });
  }
}
