// Open and resolved comments, with how many there are of each.
import { useTranslation } from 'react-i18next';
import type { Thread } from '../api/types';
import type { Tab } from './order';

const TABS = ['open', 'resolved'] as const;

interface Props {
  tab: Tab;
  threads: readonly Thread[];
  /** What is listed among them. */
  others?: readonly { isOpen: boolean }[];
  onTab: (tab: Tab) => void;
}

export function Tabs({ tab, threads, others = [], onTab }: Props) {
  const { t } = useTranslation('remarks');
  const open = threads.filter(({ resolved }) => resolved === undefined).length + others.filter(({ isOpen }) => isOpen).length;
  const counts = { open, resolved: threads.length + others.length - open };
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
