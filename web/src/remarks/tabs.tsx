// Open and resolved comments, with how many there are of each.
import { useTranslation } from 'react-i18next';
import type { Thread } from '../api/types';
import type { Tab } from './order';

const TABS = ['open', 'resolved'] as const;

export function Tabs({ tab, threads, onTab }: { tab: Tab; threads: readonly Thread[]; onTab: (tab: Tab) => void }) {
  const { t } = useTranslation('remarks');
  const open = threads.filter(({ resolved }) => resolved === undefined).length;
  const counts = { open, resolved: threads.length - open };
  return (
    <div className="remarks-tabs" role="group" aria-label={t('shown')}>
      {TABS.map((name) => (
        <button key={name} type="button" aria-pressed={name === tab} onClick={() => onTab(name)}>
          {t(name)} <span className="nums">{counts[name]}</span>
        </button>
      ))}
    </div>
  );
}
