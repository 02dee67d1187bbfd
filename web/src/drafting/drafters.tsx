// Which organisations take part in a draft, what each may do there, and until when comments are taken. Coordinators choose;
// everybody sees.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { May, StatementDetail } from '../api/types';
import { LastEdit } from '../parts/last-edit';
import { OrgChip } from '../parts/org-chip';
import { OtherClocks, useMoments, useWhen } from '../parts/when';
import { OwnName } from './own-name';
import { ChooseRights } from './rights';

const DOES = { read: 'drafters.reads', comment: 'drafters.comments', suggest: 'drafters.suggests', edit: 'drafters.edits' } as const satisfies Record<May, string>;

export function Drafters({ statement }: { statement: StatementDetail }) {
  const { t } = useTranslation('drafting');
  const [choosing, setChoosing] = useState(false);
  const mayChoose = statement.may.includes('manage-drafters');
  return (
    <section className="drafters" aria-labelledby="drafters">
      <h2 id="drafters">{t('drafters.heading')}</h2>
      {statement.drafters.length === 0 && statement.drafters_unnamed === 0 ? (
        <p className="quiet">{t('drafters.nobody')}</p>
      ) : (
        <>
          <ul>
            {statement.drafters.map((organisation) => (
              <li key={organisation.id}>
                <OrgChip {...organisation} />
                <span>
                  <bdi>{organisation.name}</bdi>
                  <span className="quiet">
                    {[t(DOES[organisation.may]), ...(organisation.unnamed ? [t('drafters.writes-unnamed')] : [])].join(' · ')}
                  </span>
                </span>
              </li>
            ))}
          </ul>
          {statement.drafters_unnamed > 0 && (
            <p>{t(statement.drafters.length > 0 ? 'drafters.and-unnamed' : 'drafters.unnamed', { count: statement.drafters_unnamed })}</p>
          )}
          <p className="quiet">{t('drafters.and-coordinators')}</p>
        </>
      )}
      <LastEdit statement={statement} />
      {typeof statement.remarks_until === 'string' && <Until instant={statement.remarks_until} />}
      <OwnName statement={statement.id} edits={statement.my_right === 'edit' || statement.my_right === 'suggest'} />
      {mayChoose && (
        <button type="button" className="btn small" onClick={() => setChoosing(true)}>
          {t('drafters.choose')}
        </button>
      )}
      {choosing && mayChoose && <ChooseRights statement={statement.id} onClose={() => setChoosing(false)} />}
    </section>
  );
}

/** When comments end, as everybody reads it: with its place, and on the other clocks. */
function Until({ instant }: { instant: string }) {
  const { t } = useTranslation('drafting');
  const { now } = useMoments();
  const when = useWhen();
  const isPast = Date.parse(instant) <= Date.parse(now);
  return (
    <p className="until">
      {t(isPast ? 'drafters.until-past' : 'drafters.until', { when: when(instant) })} <OtherClocks instant={instant} />
    </p>
  );
}
