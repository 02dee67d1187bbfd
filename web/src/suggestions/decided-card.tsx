// A suggestion that was answered: how, by whom, and why.
import { useTranslation } from 'react-i18next';
import type { SuggestionLine } from '../api/types';
import { orgClass } from '../parts/org-chip';
import { Icon } from '../parts/icon';
import { useRecent } from '../parts/when';
import { Author, useCalls } from '../remarks/author';
import { cardOf } from '../remarks/thread-card';
import type { Act } from './acts';
import { ActsSaid } from './acts-said';
import type { Whose } from './who';

interface Props {
  line: SuggestionLine;
  whose: Whose;
  /** What it did, as far as that is known here. */
  acts: readonly Act[] | undefined;
  isChosen: boolean;
}

export function DecidedCard({ line, whose, acts, isChosen }: Props) {
  const { t } = useTranslation('suggestions');
  const recent = useRecent();
  const calls = useCalls();
  const { fate, decided_by: by, decided_at: at, reason } = line;
  const { name } = calls(whose.by);
  if (fate === undefined || fate === null || by === undefined || by === null) return null;
  const who = by.person === undefined || by.person === null ? calls(by).name : `${by.person}, ${calls(by).name}`;
  return (
    <article id={cardOf(`${line.handle}.${line.sid}`)} className={isChosen ? 'note suggestion current' : 'note suggestion'} tabIndex={-1} aria-label={t('decided.label', { who: name })} aria-current={isChosen || undefined}>
      <Author by={whose.by} at={whose.at} />
      {whose.by.own && <p className="quiet">{t('decided.yours')}</p>}
      <p className="what" dir="auto">
        {acts === undefined ? <span className="quiet">{t('decided.gone')}</span> : <ActsSaid acts={acts} colour={orgClass(whose.colour)} />}
      </p>
      <p className="kind">
        <Icon name={fate === 'accepted' ? 'tick' : 'cross'} />
        {at === undefined || at === null ? t(`decided.${fate}-untold`, { who }) : t(`decided.${fate}`, { who, when: recent(at) })}
      </p>
      {reason !== undefined && reason !== null && (
        <p className="why" dir="auto">
          {reason}
        </p>
      )}
    </article>
  );
}
