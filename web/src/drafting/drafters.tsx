// Which organisations may write in this statement. Coordinators choose; everybody sees.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAllOrganisations, useSetDrafters } from '../api/queries';
import type { StatementDetail } from '../api/types';
import { Confirm } from '../parts/confirm';
import { OrgChip } from '../parts/org-chip';
import { OrganisationPicker } from '../parts/organisation-picker';
import { Loading, Problem } from '../parts/states';

export function Drafters({ statement }: { statement: StatementDetail }) {
  const { t } = useTranslation('drafting');
  const [choosing, setChoosing] = useState(false);
  return (
    <section className="drafters" aria-labelledby="drafters">
      <h2 id="drafters">{t('drafters.heading')}</h2>
      {statement.drafters.length === 0 ? (
        <p className="quiet">{t('drafters.nobody')}</p>
      ) : (
        <>
          <ul>
            {statement.drafters.map((organisation) => (
              <li key={organisation.id}>
                <OrgChip {...organisation} />
                <bdi>{organisation.name}</bdi>
              </li>
            ))}
          </ul>
          <p className="quiet">{t('drafters.and-coordinators')}</p>
        </>
      )}
      {statement.may.includes('manage-drafters') && (
        <button type="button" className="btn small" onClick={() => setChoosing(true)}>
          {t('drafters.choose')}
        </button>
      )}
      {choosing && <ChooseDrafters statement={statement} onClose={() => setChoosing(false)} />}
    </section>
  );
}

function ChooseDrafters({ statement, onClose }: { statement: StatementDetail; onClose: () => void }) {
  const { t } = useTranslation('drafting');
  const organisations = useAllOrganisations();
  const set = useSetDrafters(statement.id);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(statement.drafters.map(({ id }) => id)));
  return (
    <Confirm
      opened
      title={t('drafters.title')}
      verb={t('drafters.verb', { count: chosen.size })}
      busy={set.isPending}
      error={set.error}
      ready={organisations.data !== undefined}
      onConfirm={() => set.mutate([...chosen], { onSuccess: onClose })}
      onClose={onClose}
    >
      <p className="quiet">{t('drafters.what')}</p>
      {organisations.isPending && <Loading />}
      {organisations.isError && <Problem error={organisations.error} retry={() => organisations.refetch()} />}
      {organisations.data !== undefined && (
        <OrganisationPicker organisations={organisations.data} chosen={chosen} onChoose={setChosen} />
      )}
    </Confirm>
  );
}
