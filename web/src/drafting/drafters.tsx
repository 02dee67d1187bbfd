// Which organisations may write in this statement. Coordinators choose; everybody sees.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAllOrganisations, useDrafters, useSetDrafters } from '../api/queries';
import type { DraftersList, StatementDetail } from '../api/types';
import { afresh, lookOf, useBindingAct } from '../parts/binding-act';
import { Confirm } from '../parts/confirm';
import { OrgChip } from '../parts/org-chip';
import { OrganisationPicker } from '../parts/organisation-picker';
import { Loading, Problem } from '../parts/states';
import { OwnName } from './own-name';
import { fulfilled, wishFor, type Wish } from './choice';

// A few names are read at a glance; more are a number, and ticked in the list.
const NAMES_MAX = 6;

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
                  {organisation.unnamed && <span className="quiet">{t('drafters.writes-unnamed')}</span>}
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
      <OwnName statement={statement.id} />
      {mayChoose && (
        <button type="button" className="btn small" onClick={() => setChoosing(true)}>
          {t('drafters.choose')}
        </button>
      )}
      {choosing && mayChoose && <ChooseDrafters statement={statement} onClose={() => setChoosing(false)} />}
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
  const [wish, setWish] = useState<Wish>({ letIn: new Set(), takeOut: new Set() });
  const { shown, before, confirm, busy, error } = useBindingAct({ look, again, mutation: useSetDrafters(id) });
  const changes = (was: DraftersList) => [
    ...missing(shown, was).map((name) => t('drafters.changed-new', { name })),
    ...missing(was, shown).map((name) => t('drafters.changed-gone', { name })),
  ];
  const present = new Set(shown.organisations.map((one) => one.id));
  const chosen = fulfilled(present, wish);
  const { letIn, takeOut } = wishFor(present, chosen);
  const nothing = letIn.size === 0 && takeOut.size === 0;
  const named = (ids: ReadonlySet<string>) => (organisations.data ?? []).filter((one) => ids.has(one.id)).map(({ name }) => name);
  return (
    <Confirm
      opened
      title={t('drafters.title')}
      verb={nothing ? t('drafters.keep') : t('drafters.verb', { count: chosen.size })}
      busy={busy}
      error={error}
      changes={before === undefined ? undefined : changes(before)}
      ready={organisations.data !== undefined}
      onConfirm={() => (nothing ? onClose() : confirm({ organisations: [...chosen], seen: shown.seen }, onClose))}
      onClose={onClose}
    >
      <p className="quiet">{t('drafters.what')}</p>
      {organisations.isPending && <Loading />}
      {organisations.isError && <Problem error={organisations.error} retry={() => organisations.refetch()} />}
      {organisations.data !== undefined && (
        <>
          <ul className="what-happens">
            {letIn.size > 0 && <Happens what={t('drafters.let-in', { count: letIn.size })} names={named(letIn)} />}
            {takeOut.size > 0 && <Happens what={t('drafters.take-out', { count: takeOut.size })} names={named(takeOut)} />}
            {nothing && <li>{t('drafters.same')}</li>}
          </ul>
          <OrganisationPicker
            organisations={organisations.data}
            chosen={chosen}
            onChoose={(choice) => setWish(wishFor(present, choice))}
          />
        </>
      )}
    </Confirm>
  );
}

/** What the choice changes, with names while they are few. */
function Happens({ what, names }: { what: string; names: string[] }) {
  return (
    <li>
      {what}
      {names.length <= NAMES_MAX && (
        <>
          {': '}
          {names.map((name, place) => (
            // Chapters of one name differ in nothing but their place.
            // oxlint-disable-next-line react/no-array-index-key
            <b key={place}>
              {place > 0 && ' · '}
              <bdi>{name}</bdi>
            </b>
          ))}
        </>
      )}
    </li>
  );
}

/** Names of those in one list who are not in the other. */
function missing(list: DraftersList, other: DraftersList): string[] {
  const known = new Set(other.organisations.map(({ id }) => id));
  return list.organisations.filter(({ id }) => !known.has(id)).map(({ name }) => name);
}
