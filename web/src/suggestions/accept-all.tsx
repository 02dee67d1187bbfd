// Everything that one organisation suggests, accepted at once, after it was said how much that is.
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Suggestion } from '../editor/binding/proposals';
import { Confirm } from '../parts/confirm';

interface Group {
  handle: string;
  name: string;
  suggestions: readonly Suggestion[];
}

interface Props {
  groups: readonly Group[];
  /** How many others' these would answer no. */
  rivalsOf: (suggestions: readonly Suggestion[]) => number;
  /** Whether they were accepted; nothing is where they have changed. */
  onAccept: (suggestions: readonly Suggestion[]) => boolean;
}

export function AcceptAll({ groups, rivalsOf, onAccept }: Props) {
  const { t } = useTranslation('suggestions');
  const [asked, setAsked] = useState<Group>();
  const [hasChanged, setHasChanged] = useState(false);
  if (groups.length === 0 && asked === undefined) return null;
  const closes = () => {
    setAsked(undefined);
    setHasChanged(false);
  };
  const confirms = () => {
    if (asked === undefined) return;
    if (onAccept(asked.suggestions)) {
      closes();
      return;
    }
    const now = groups.find(({ handle }) => handle === asked.handle);
    if (now === undefined) closes();
    else setAsked(now);
    setHasChanged(true);
  };
  const count = asked?.suggestions.length ?? 0;
  const rivals = asked === undefined ? 0 : rivalsOf(asked.suggestions);
  return (
    <div className="accept-all">
      {groups.map((group) => (
        <button key={group.handle} type="button" className="btn small" onClick={() => setAsked(group)}>
          {t('all.open', { who: group.name, count: group.suggestions.length })}
        </button>
      ))}
      <Confirm opened={asked !== undefined} title={t('all.title', { who: asked?.name ?? '' })} verb={t('all.verb', { count })} busy={false} changes={hasChanged ? [t('all.changed')] : undefined} onConfirm={confirms} onClose={closes}>
        <p>{t('all.what', { count })}</p>
        {rivals > 0 && <p>{t('all.rivals', { count: rivals })}</p>}
        <p className="quiet">{t('all.undo')}</p>
      </Confirm>
    </div>
  );
}
