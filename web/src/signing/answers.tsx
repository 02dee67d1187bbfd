// Who has answered what. Those who have withheld their names are not in this list, nor in its numbers by answer.
import { useTranslation } from 'react-i18next';
import type { Answer, Round, RoundOrganisation } from '../api/types';
import { oneOf, useAddress, useTyped } from '../parts/address';
import { Icon } from '../parts/icon';
import { placeOf, weekdayAndTime, zoneHere } from '../parts/moment';
import { matches } from '../parts/organisation-picker';
import { Empty } from '../parts/states';
import { useMoments, useRecent } from '../parts/when';

const ANSWERS: readonly Answer[] = ['waiting', 'signed', 'declined', 'withdrawn'];
const FILTERS = ['all', ...ANSWERS] as const;

export function Answers({ round }: { round: Round }) {
  const { t } = useTranslation('signing');
  const { t: part } = useTranslation('parts');
  const counts = new Map(ANSWERS.map((answer) => [answer, round.organisations.filter((one) => one.answer === answer).length]));
  const address = useAddress();
  const usual = round.state === 'open' && round.waiting > 0 ? 'waiting' : 'all';
  const answer = oneOf(address.read('answer'), FILTERS, usual);
  const { typed: search, type } = useTyped(address, 'search');
  const shown = round.organisations.filter((one) => (answer === 'all' || one.answer === answer) && matches(one, search));

  return (
    <section className="block" aria-labelledby="answers">
      <div className="section-head">
        <h2 id="answers" className="section-title">
          {t('answers.heading')} <span className="count">{shown.length}</span>
        </h2>
        <div className="filters" role="group" aria-label={t('answers.filter')}>
          {FILTERS.map((name) => (
            <button key={name} type="button" aria-pressed={answer === name} onClick={() => address.choose({ answer: name })}>
              {name === 'all' ? t('answers.all') : t(`answers.${name}`)}{' '}
              <span className="count">{name === 'all' ? round.organisations.length : counts.get(name)}</span>
            </button>
          ))}
        </div>
      </div>
      <label className="search answers-search">
        <Icon name="search" />
        <span className="hidden-words">{t('answers.search')}</span>
        <input
          type="search"
          dir="auto"
          autoComplete="off"
          placeholder={t('answers.search')}
          value={search}
          onChange={(event) => type(event.currentTarget.value)}
        />
      </label>
      <span className="hidden-words" role="status">
        {part('found', { count: shown.length })}
      </span>
      {shown.length === 0 ? (
        <Empty title={round.organisations.length === 0 ? t('answers.none') : t('answers.no-match')} />
      ) : (
        <table className="stacked">
          <thead>
            <tr>
              <th scope="col">{t('answers.organisation')}</th>
              <th scope="col">{t('answers.answer')}</th>
              <th scope="col">{t('answers.when')}</th>
              <th scope="col">{t('answers.reminded')}</th>
              <th scope="col">{round.state === 'open' ? t('answers.closes') : t('answers.closed')}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((organisation) => (
              <Row key={organisation.id} organisation={organisation} round={round} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function Row({ organisation: one, round }: { organisation: RoundOrganisation; round: Round }) {
  const { t } = useTranslation('signing');
  const { language, now } = useMoments();
  const zone = zoneHere(one.timezone);
  // A round may be closed before its time.
  const ended = round.closed_at ?? round.closes_at;
  const recent = useRecent();
  return (
    <tr>
      <td>
        <bdi>{one.name}</bdi>
        <span className="quiet sub2">
          {[one.name_en === one.name ? undefined : one.name_en, one.country_name].filter(Boolean).join(' · ')}
        </span>
      </td>
      <td data-label={t('answers.answer')}>
        <span className={`answer ${one.answer}`}>
          {one.answer === 'waiting' && round.state === 'closed' ? t('answer.silent') : t(`answer.${one.answer}`)}
        </span>
        {one.reason !== undefined && one.reason !== '' && (
          <q className="quiet sub2" dir="auto">
            {one.reason}
          </q>
        )}
      </td>
      <td className="nums" data-label={t('answers.when')}>
        {one.answered_at === undefined ? <span className="quiet">–</span> : recent(one.answered_at)}
      </td>
      <td className="nums" data-label={t('answers.reminded')}>
        {one.reminded_at === undefined ? <span className="quiet">{t('answers.never')}</span> : recent(one.reminded_at)}
      </td>
      <td className="nums nowrap" data-label={t('answers.closes')}>
        {weekdayAndTime(ended, zone, language, now)} {placeOf(zone)}
      </td>
    </tr>
  );
}
