// The two texts that are compared, and the others that could be: chosen above, seen in a line beside the text.
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useVersions } from '../api/queries';
import type { StatementDetail, VersionLine } from '../api/types';
import { useAddress } from '../parts/address';
import { useWhen } from '../parts/when';

export const NOW = 'now';
/** The draft as it would be if all suggestions were accepted: never offered, asked for where they stand. */
export const ACCEPTED = 'accepted';

export interface Side {
  /** As the address says it: `now`, `Rev.1`, `version-` and an id. */
  name: string;
  at?: string;
  /** A version that was given a name, or none. */
  version?: { name?: string | null };
}

/** As an address says a version. */
export const sideOfVersion = (id: string): string => `version-${id}`;

/** What can be compared, newest first. The draft is a text of its own while it is written; of the versions those with a name, and what
 * was asked for. */
export function sidesOf({ state, editions }: StatementDetail, versions: readonly VersionLine[], asked: readonly string[]): Side[] {
  const frozen: Side[] = editions.map(({ label, frozen_at }) => ({ name: label, at: frozen_at }));
  const kept: Side[] = versions.map(({ id, name, at }) => ({ name: sideOfVersion(id), at, version: { name } }));
  const offered = kept.filter(({ name, version }) => typeof version?.name === 'string' || asked.includes(name));
  const past = [...frozen, ...offered].toSorted((one, other) => (other.at ?? '').localeCompare(one.at ?? ''));
  return state === 'drafting' ? [{ name: NOW }, ...past] : past;
}

export const useSides = (statement: StatementDetail, asked: readonly string[]): Side[] => sidesOf(statement, useVersions(statement.id).data?.versions ?? [], asked);

/** The two sides of an address; where it says none, the newest text and the one before it. An edition may be said by its id. */
export function chosen({ editions }: StatementDetail, sides: readonly Side[], asked: { from: string; to: string }): { from: string; to: string } {
  const named = (word: string) => editions.find(({ id }) => id === word)?.label ?? word;
  return { from: named(asked.from) || (sides[1]?.name ?? ''), to: named(asked.to) || (sides[0]?.name ?? '') };
}

interface Props {
  sides: readonly Side[];
  from: string;
  to: string;
}

export function Picker({ sides, from, to }: Props) {
  const { t } = useTranslation('comparing');
  const address = useAddress();
  return (
    <div className="pickbar" role="group" aria-label={t('pick.label')}>
      <Pick label={t('pick.from')} sides={sides} value={from} onChoose={(name) => address.choose({ from: name, to })} />
      <Pick label={t('pick.to')} sides={sides} value={to} onChoose={(name) => address.choose({ from, to: name })} />
    </div>
  );
}

function Pick({ label, sides, value, onChoose }: { label: string; sides: readonly Side[]; value: string; onChoose: (name: string) => void }) {
  const { t } = useTranslation('comparing');
  const name = useSideName(sides);
  return (
    <label className="pick">
      {label}
      <select value={value} onChange={(event) => onChoose(event.currentTarget.value)}>
        {sides.every((side) => side.name !== value) && <option value={value}>{value === NOW || value === ACCEPTED ? name(value) : t('pick.unknown', { name: value })}</option>}
        {sides.map((side) => (
          <option key={side.name} value={side.name}>
            {name(side.name)}
          </option>
        ))}
      </select>
    </label>
  );
}

export function useSideName(sides: readonly Side[]): (name: string) => string {
  const { t } = useTranslation('comparing');
  const when = useWhen();
  return (name) => {
    const { version, at = '' } = sides.find((side) => side.name === name) ?? {};
    if (version !== undefined) return version.name ?? t('pick.version', { when: when(at) });
    if (name === ACCEPTED) return t('pick.accepted');
    return name === NOW ? t('pick.now') : name;
  };
}

/** The texts in their order; the stretch that is compared is drawn in accent. Each leads to what changed since it. */
export function SidesLine({ statement, sides, from, to }: Props & { statement: StatementDetail }) {
  const { t } = useTranslation('comparing');
  const when = useWhen();
  const name = useSideName(sides);
  const ends = [sides.findIndex((side) => side.name === from), sides.findIndex((side) => side.name === to)].toSorted((one, other) => one - other);
  const [first = -1, last = -1] = ends;
  return (
    <aside className="draft-side" aria-label={t('sides.heading')}>
      <h2>{t('sides.heading')}</h2>
      <ol className="line">
        {sides.map((side, at) => {
          const end = side.name === from ? 'from' : side.name === to ? 'to' : undefined;
          return (
            <li key={side.name} className={['named', end === undefined ? '' : 'picked', at >= first && at < last ? 'in' : ''].join(' ')}>
              {end !== undefined && <span className="end-tag">{t(`sides.${end}`)}</span>}
              <Link
                to="/statements/$id/compare"
                params={{ id: statement.id }}
                search={{ from: side.name, to: side.name === to ? from : to }}
                aria-label={side.at === undefined ? name(side.name) : t('sides.since', { label: name(side.name) })}
              >
                {name(side.name)}
              </Link>
              {side.at === undefined ? <span className="by">{t('sides.now')}</span> : <time dateTime={side.at}>{when(side.at)}</time>}
            </li>
          );
        })}
      </ol>
    </aside>
  );
}
