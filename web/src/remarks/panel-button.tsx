// Opens the comments where they are a sheet: it says how many are open, with the suggestions among them.
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { useThreads } from '../api/queries';
import type { Proposed } from '../editor/proposed';

interface Props {
  statement: string;
  proposed: Proposed;
  opened: boolean;
  onOpen: (opened: boolean) => void;
}

export function RemarksButton({ statement, proposed, opened, onOpen }: Props) {
  const { t } = useTranslation('drafting');
  const suggestions = useSyncExternalStore(proposed.subscribe, () => proposed.snapshot().suggestions.length);
  const threads = useThreads(statement).data?.threads.filter(({ resolved }) => resolved === undefined).length ?? 0;
  return (
    <button type="button" className="remarks-button" aria-expanded={opened} aria-controls="remarks-panel" onClick={() => onOpen(!opened)}>
      {suggestions > 0 ? t('toolbar.cards', { count: suggestions + threads }) : t('toolbar.remarks', { count: threads })}
    </button>
  );
}
