// Which organisations may write in this statement. Coordinators choose; everybody sees.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAllOrganisations, useDrafters, useSetDrafters } from '../api/queries';
import type { DraftersList, StatementDetail } from '../api/types';
import { afresh, lookOf, useBindingAct } from '../parts/binding';
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
  const present = useDrafters(statement.id);
  const look = lookOf(present);
  if (look !== undefined) return <Choice id={statement.id} look={look} again={() => afresh(present)} onClose={onClose} />;
  return present.isError ? <Problem error={present.error} retry={() => present.refetch()} /> : null;
}

interface ChoiceProps {
  id: string;
  look: DraftersList;
  again: () => Promise<DraftersList>;
  onClose: () => void;
}

function Choice({ id, look, again, onClose }: ChoiceProps) {
  const { t } = useTranslation('drafting');
  const organisations = useAllOrganisations();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(look.organisations.map((one) => one.id)));
  const { shown, before, confirm, busy, error } = useBindingAct({ look, again, mutation: useSetDrafters(id) });
  const changes = (was: DraftersList) => [
    ...missing(shown, was).map((name) => t('drafters.changed-new', { name })),
    ...missing(was, shown).map((name) => t('drafters.changed-gone', { name })),
  ];
  return (
    <Confirm
      opened
      title={t('drafters.title')}
      verb={t('drafters.verb', { count: chosen.size })}
      busy={busy}
      error={error}
      changes={before === undefined ? undefined : changes(before)}
      ready={organisations.data !== undefined}
      onConfirm={() => confirm({ organisations: [...chosen], seen: shown.seen }, onClose)}
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

/** Names of those in one list who are not in the other. */
function missing(list: DraftersList, other: DraftersList): string[] {
  const known = new Set(other.organisations.map(({ id }) => id));
  return list.organisations.filter(({ id }) => !known.has(id)).map(({ name }) => name);
}
