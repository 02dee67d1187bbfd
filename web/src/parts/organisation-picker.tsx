// Choosing many organisations from the register: search, one region, all at once.
import { useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Organisation } from '../api/types';
import { Icon } from './icon';
import { useRegionName } from './region';

interface Props {
  organisations: Organisation[];
  chosen: ReadonlySet<string>;
  onChoose: (chosen: ReadonlySet<string>) => void;
  /** What else is said of one that is chosen. */
  renderBeside?: (one: Organisation) => ReactNode;
}

export function OrganisationPicker({ organisations, chosen, onChoose, renderBeside }: Props) {
  const { t } = useTranslation('parts');
  const regionName = useRegionName();
  const [search, setSearch] = useState('');
  const [region, setRegion] = useState('');
  const regions = useMemo(() => [...new Set(organisations.map((one) => one.region))].filter((name) => name !== '').toSorted(), [organisations]);
  const shown = organisations.filter((one) => (region === '' || one.region === region) && matches(one, search));
  const members = organisations.filter(({ membership }) => membership === 'member');

  if (organisations.length === 0) return <p className="quiet">{t('picker.empty')}</p>;
  const toggle = (id: string) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    onChoose(next);
  };
  const filtered = shown.length < organisations.length;
  return (
    <div className="picker">
      <div className="picker-head">
        <label className="search">
          <Icon name="search" />
          <span className="hidden-words">{t('picker.search')}</span>
          <input
            type="search"
            dir="auto"
            autoComplete="off"
            placeholder={t('picker.search')}
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
            // Enter in the search is no confirmation of the whole form.
            onKeyDown={(event) => {
              if (event.key === 'Enter') event.preventDefault();
            }}
          />
        </label>
        <select aria-label={t('picker.region')} value={region} onChange={(event) => setRegion(event.currentTarget.value)}>
          <option value="">{t('picker.region-any')}</option>
          {regions.map((name) => (
            <option key={name} value={name}>
              {regionName(name)}
            </option>
          ))}
        </select>
      </div>
      <div className="picker-acts">
        <b role="status">{t('picker.chosen', { count: chosen.size })}</b>
        <span className="hidden-words" role="status">
          {filtered && t('found', { count: shown.length })}
        </span>
        {filtered ? (
          <button type="button" className="btn small plain" onClick={() => onChoose(new Set([...chosen, ...shown.map(({ id }) => id)]))}>
            {t('picker.shown')}
          </button>
        ) : (
          <button type="button" className="btn small plain" onClick={() => onChoose(new Set(members.map(({ id }) => id)))}>
            {t('picker.all')}
          </button>
        )}
        <button type="button" className="btn small plain" onClick={() => onChoose(new Set())}>
          {t('picker.none')}
        </button>
      </div>
      {shown.length === 0 ? (
        <p className="quiet picker-none">{t('picker.nobody')}</p>
      ) : (
        <ul className="picker-list" aria-label={t('picker.list')}>
          {shown.map((one) => (
            <li key={one.id}>
              <label className="tick">
                <input type="checkbox" checked={chosen.has(one.id)} onChange={() => toggle(one.id)} />
                <span>
                  <bdi lang={one.language}>{one.name}</bdi>
                  <span className="quiet sub2">
                    {[one.name_en === one.name ? undefined : one.name_en, one.acronym, one.country_name].filter(Boolean).join(' · ')}
                    {one.membership !== 'member' && ` · ${one.membership}`}
                  </span>
                </span>
              </label>
              {chosen.has(one.id) && renderBeside?.(one)}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** Every word typed must be somewhere in the names, the acronym or the country; accents and case do not matter. */
export function matches(one: Pick<Organisation, 'name' | 'name_en' | 'acronym' | 'country_name'> & { city?: string }, search: string): boolean {
  const hay = fold([one.name, one.name_en, one.acronym, one.country_name, one.city].filter(Boolean).join(' '));
  return fold(search)
    .split(/\s+/u)
    .every((word) => hay.includes(word));
}

function fold(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{Mn}/gu, '').toLocaleLowerCase();
}
