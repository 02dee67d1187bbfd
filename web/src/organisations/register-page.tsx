// The register: every organisation as it wishes to be named, in any script.
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe, useOrganisations } from '../api/queries';
import type { Organisation } from '../api/types';
import { oneOf, useAddress, useTyped } from '../parts/address';
import { Icon } from '../parts/icon';
import { OrgChip } from '../parts/org-chip';
import { REGIONS, useRegionName } from '../parts/region';
import { Empty, Loading, Problem } from '../parts/states';
import { useTitle } from '../parts/title';
import { Topbar } from '../shell/topbar';
import { ImportRegister } from './import-register';
import { useRegisterWords } from './register-words';

const SEARCH_MAX = 100;
const STATUSES = ['general', 'special', 'roster', 'none'] as const;
const VISIBILITIES = ['public', 'withheld'] as const;

export function RegisterPage() {
  const { t } = useTranslation('organisations');
  const me = useMe();
  const regionName = useRegionName();
  const address = useAddress();
  // Another question starts at its first page.
  const { typed, type } = useTyped(address, 'search', { page: '' });
  const choose = (name: string) => (value: string) => address.choose({ [name]: value, page: '' });
  const search = address.read('search');
  const region = oneOf(address.read('region'), ['', ...REGIONS], '');
  const status = oneOf(address.read('status'), ['', ...STATUSES], '');
  const visibility = oneOf(address.read('visibility'), ['', ...VISIBILITIES], '');
  const page = Math.max(1, Number.parseInt(address.read('page'), 10) || 1);
  const turn = (to: number) => address.choose({ page: to === 1 ? '' : String(to) });
  const [importing, setImporting] = useState(false);
  const list = useOrganisations({ search, region, status, visibility, page });
  useTitle(t('title'));

  const filtered = search !== '' || region !== '' || status !== '' || visibility !== '';

  return (
    <>
      <Topbar />
      <main className="page" id="main">
        <header className="page-head">
          <h1>{t('title')}</h1>
          {me.data?.coordinator === true && (
            <button type="button" className="btn" onClick={() => setImporting(true)}>
              <Icon name="upload" />
              {t('import.button')}
            </button>
          )}
        </header>
        <section aria-label={t('title')} className="register">
          <form className="filterbar" role="search" onSubmit={(event) => event.preventDefault()}>
            <label className="search">
              <Icon name="search" />
              <span className="hidden-words">{t('search.label')}</span>
              <input
                type="search"
                dir="auto"
                autoComplete="off"
                maxLength={SEARCH_MAX}
                placeholder={t('search.placeholder')}
                value={typed}
                onChange={(event) => type(event.currentTarget.value)}
              />
            </label>
            <Filter label={t('filter.region')} value={region} onChange={choose('region')} options={REGIONS.map((name) => [name, regionName(name)])} />
            <Filter label={t('filter.status')} value={status} onChange={choose('status')} options={STATUSES.map((name) => [name, t(`status.${name}`)])} />
            <Filter
              label={t('filter.visibility')}
              value={visibility}
              onChange={choose('visibility')}
              options={VISIBILITIES.map((name) => [name, t(`visibility.${name}`)])}
            />
            <span className="quiet res" role="status">
              {list.data !== undefined && t('count', { count: list.data.total })}
            </span>
          </form>
          {list.isPending && <Loading lines={8} />}
          {list.isError && <Problem error={list.error} retry={() => list.refetch()} />}
          {list.data !== undefined && list.data.organisations.length > 0 && <Table organisations={list.data.organisations} stale={list.isPlaceholderData} />}
          {list.data !== undefined && list.data.organisations.length === 0 && (
            <Empty title={filtered ? t('empty.filter') : t('empty.register')}>
              <p>{filtered ? t('empty.filter-next') : t('empty.register-next')}</p>
            </Empty>
          )}
          {list.data !== undefined && list.data.pages > 1 && (
            <nav className="pages" aria-label={t('pages.label')}>
              <button type="button" className="btn small" disabled={page <= 1} onClick={() => turn(page - 1)}>
                {t('pages.before')}
              </button>
              <span className="quiet">{t('pages.here', { page: list.data.page, pages: list.data.pages })}</span>
              <button type="button" className="btn small" disabled={page >= list.data.pages} onClick={() => turn(page + 1)}>
                {t('pages.after')}
              </button>
            </nav>
          )}
        </section>
      </main>
      {importing && <ImportRegister onClose={() => setImporting(false)} />}
    </>
  );
}

interface FilterProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  options: (readonly [string, string])[];
}

function Filter({ label, value, onChange, options }: FilterProps) {
  const { t } = useTranslation('organisations');
  return (
    <select className={value === '' ? 'select' : 'select chosen'} aria-label={label} value={value} onChange={(event) => onChange(event.currentTarget.value)}>
      <option value="">{t('filter.any', { what: label })}</option>
      {options.map(([code, words]) => (
        <option key={code} value={code}>
          {words}
        </option>
      ))}
    </select>
  );
}

function Table({ organisations, stale }: { organisations: Organisation[]; stale: boolean }) {
  const { t } = useTranslation('organisations');
  const words = useRegisterWords();
  return (
    <table className="reg stacked" aria-busy={stale}>
      <thead>
        <tr>
          <th scope="col">{t('columns.name')}</th>
          <th scope="col">{t('columns.acronym')}</th>
          <th scope="col">{t('columns.country')}</th>
          <th scope="col">{t('columns.status')}</th>
          <th scope="col">{t('columns.membership')}</th>
          <th scope="col">{t('columns.visibility')}</th>
          <th scope="col">{t('columns.rule')}</th>
        </tr>
      </thead>
      <tbody>
        {organisations.map((one) => (
          <tr key={one.id}>
            <td>
              <Link className="stmt" to="/organisations/$id" params={{ id: one.id }}>
                <span dir="auto" lang={one.language}>
                  {one.name}
                </span>
              </Link>
              {one.name_en !== undefined && one.name_en !== '' && one.name_en !== one.name && <span className="quiet sub2">{one.name_en}</span>}
            </td>
            <td>{one.acronym !== '' && <OrgChip {...one} />}</td>
            <td data-label={t('columns.country')}>
              {one.country_name}
              <span className="quiet sub2">{words.region(one.region)}</span>
            </td>
            <td data-label={t('columns.status')}>
              {one.consultative_status === 'none' ? <span className="quiet">{words.status('none')}</span> : words.status(one.consultative_status)}
            </td>
            <td className="wide-only" data-label={t('columns.membership')}>{words.membership(one.membership)}</td>
            <td className="wide-only" data-label={t('columns.visibility')}>{words.visibility(one.default_visibility)}</td>
            <td className="wide-only" data-label={t('columns.rule')}>{words.rule(one.signing_rule)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
