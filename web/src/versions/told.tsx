// What a version tells of itself besides its text: why it was kept, who wrote, and how many words came and went.
import { useTranslation } from 'react-i18next';
import type { VersionLine } from '../api/types';
import { OrgChip } from '../parts/org-chip';

/** Its name, or why it was kept. */
export function useTitleOf() {
  const { t } = useTranslation('versions');
  return ({ name, kind }: VersionLine) => name ?? t(`kind.${kind}`);
}

export function WrittenBy({ version }: { version: VersionLine }) {
  const { t } = useTranslation('versions');
  const { writers, unnamed, secretariat, kind } = version;
  if (writers.length === 0 && !unnamed && !secretariat) return null;
  return (
    <span className="version-writers">
      <span className="hidden-words">{kind === 'restored' ? t('brought-by') : t('written-by')}</span>
      {writers.map((organisation) => (
        <span key={organisation.id} title={organisation.name}>
          <OrgChip {...organisation} />
          <bdi className="hidden-words">{organisation.name}</bdi>
        </span>
      ))}
      {secretariat && (
        <span title={t('secretariat')}>
          <OrgChip acronym={t('secretariat-short')} name={t('secretariat')} />
        </span>
      )}
      {unnamed && <OrgChip acronym={t('unnamed')} name={t('unnamed')} />}
    </span>
  );
}

/** "899 words · 12 words in, 3 words out" */
export function useCounts() {
  const { t } = useTranslation('versions');
  const changes = ({ words_in: came, words_out: went }: VersionLine) => {
    const said = [...(came > 0 ? [t('in', { count: came })] : []), ...(went > 0 ? [t('out', { count: went })] : [])];
    return said.length > 0 ? said.join(', ') : t('same');
  };
  return { changes, words: ({ words }: VersionLine) => t('words', { count: words }) };
}
