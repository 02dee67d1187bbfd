// Who spoke, as this reader may know them: an organisation on its colour and the person, or that somebody writes unnamed.
import { useTranslation } from 'react-i18next';
import type { RemarkAuthor } from '../api/types';
import { OrgChip } from '../parts/org-chip';
import { useRecent } from '../parts/when';

/** What an organisation, the secretariat, or whoever may not be known is called here. */
export function useCalls() {
  const { t } = useTranslation('drafting');
  return ({ organisation, unnamed }: RemarkAuthor) =>
    organisation ??
    (unnamed ? { acronym: t('presence.unnamed-short'), name: t('presence.unnamed') } : { acronym: t('presence.secretariat-short'), name: t('presence.secretariat') });
}

/** `at` is nothing where the time would tell who it was. */
export function Author({ by, at }: { by: RemarkAuthor; at?: string | undefined }) {
  const recent = useRecent();
  const called = useCalls()(by);
  return (
    <header>
      <OrgChip {...called} />
      <span>
        <bdi className="name">{called.name}</bdi>
        {by.person !== undefined && <bdi className="who">{by.person}</bdi>}
      </span>
      {at !== undefined && <time dateTime={at}>{recent(at)}</time>}
    </header>
  );
}
