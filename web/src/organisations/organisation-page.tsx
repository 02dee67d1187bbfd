// One organisation: its names, how it signs, and, for those who may know them, its people.
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useOrganisation } from '../api/queries';
import type { Organisation } from '../api/types';
import { OrgChip } from '../parts/org-chip';
import { placeOf } from '../parts/moment';
import { Loading, Problem } from '../parts/states';
import { useTitle } from '../parts/title';
import { Topbar } from '../shell/topbar';
import { useRegisterWords } from './register-words';

export function OrganisationPage() {
  const { id } = useParams({ strict: false });
  const organisation = useOrganisation(id ?? '');
  useTitle(organisation.data?.name);
  return (
    <>
      <Topbar />
      <main className="page" id="main">
        {organisation.isPending && <Loading />}
        {organisation.isError && <Problem error={organisation.error} retry={() => organisation.refetch()} />}
        {organisation.data !== undefined && <Sheet organisation={organisation.data} />}
      </main>
    </>
  );
}

function Sheet({ organisation: one }: { organisation: Organisation }) {
  const { t } = useTranslation('organisations');
  const words = useRegisterWords();
  const facts: [string, string | undefined][] = [
    [t('facts.name-en'), one.name_en === one.name ? undefined : one.name_en],
    [t('facts.registered'), one.registered_name],
    [t('columns.country'), [one.city, one.country_name, words.region(one.region)].filter(Boolean).join(', ')],
    [t('facts.timezone'), placeOf(one.timezone)],
    [t('columns.status'), words.status(one.consultative_status)],
    [t('columns.membership'), words.membership(one.membership)],
    [t('columns.visibility'), words.visibility(one.default_visibility)],
    [t('columns.rule'), words.rule(one.signing_rule)],
    [t('facts.parent'), one.parent_ref],
    [t('facts.ref'), one.ref],
  ];
  return (
    <>
      <header>
        <p className="crumb">{one.acronym !== '' && <OrgChip {...one} />}</p>
        <h1 dir="auto" lang={one.language}>
          {one.name}
        </h1>
      </header>
      <div className="organisation">
        <section aria-labelledby="facts">
          <div className="section-head">
            <h2 id="facts" className="section-title">
              {t('facts.heading')}
            </h2>
          </div>
          <dl className="facts wide">
            {facts
              .filter(([, value]) => value !== undefined && value !== '')
              .map(([label, value]) => (
                <div key={label}>
                  <dt>{label}</dt>
                  <dd dir="auto">{value}</dd>
                </div>
              ))}
          </dl>
        </section>
        <section aria-labelledby="people">
          <div className="section-head">
            <h2 id="people" className="section-title">
              {t('people.heading')}
              {one.people !== undefined && <span className="count"> {one.people.length}</span>}
            </h2>
          </div>
          {one.people === undefined && <p className="quiet foot">{t('people.hidden')}</p>}
          {one.people?.length === 0 && <p className="quiet foot">{t('people.none')}</p>}
          <ul className="list people">
            {one.people?.map((person) => (
              <li key={person.id}>
                <b>
                  <bdi>{person.name}</bdi>
                </b>
                {person.title !== undefined && person.title !== '' && (
                  <span>
                    {', '}
                    <bdi>{person.title}</bdi>
                  </span>
                )}
                <span className="sub2 quiet">{person.email}</span>
                <span className="sub2">{person.roles.map(words.role).join(', ')}</span>
              </li>
            ))}
          </ul>
        </section>
      </div>
    </>
  );
}
