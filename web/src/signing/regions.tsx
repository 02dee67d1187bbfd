// Public sign-ons by region. Withheld names are one row for all regions, so that no region points to one.
import { useTranslation } from 'react-i18next';
import type { Round } from '../api/types';
import { useRegionName } from '../parts/region';
import { Tally } from '../parts/tally';

export function Regions({ round }: { round: Round }) {
  const { t } = useTranslation('signing');
  const regionName = useRegionName();
  const names = [...new Set(round.organisations.map(({ region }) => region))].toSorted();
  return (
    <section aria-labelledby="regions">
      <div className="section-head">
        <h2 id="regions" className="section-title">
          {t('regions.heading')}
        </h2>
      </div>
      <ul className="rows">
        {names.map((name) => {
          const here = round.organisations.filter(({ region }) => region === name);
          const signed = here.filter(({ answer }) => answer === 'signed').length;
          const waiting = here.filter(({ answer }) => answer === 'waiting').length;
          return (
            <li key={name}>
              <span>{name === '' ? t('regions.unknown') : regionName(name)}</span>
              <Tally mini counts={{ signedPublic: signed, withheld: 0, waiting }} />
              <span className="n">
                <b>{signed}</b> {t('regions.signed')}, {t('regions.waiting', { count: waiting })}
              </span>
            </li>
          );
        })}
        {round.withheld > 0 && (
          <li>
            <span>{t('regions.withheld')}</span>
            <Tally mini counts={{ signedPublic: 0, withheld: round.withheld, waiting: 0 }} />
            <span className="n">
              <b>{round.withheld}</b> {t('regions.signed')}
            </span>
          </li>
        )}
      </ul>
      <p className="foot quiet">{t('regions.why')}</p>
    </section>
  );
}
