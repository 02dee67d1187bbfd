// Opens the comments where they are a sheet: it says how many are open.
import { useTranslation } from 'react-i18next';
import { useThreads } from '../api/queries';

export function RemarksButton({ statement, opened, onOpen }: { statement: string; opened: boolean; onOpen: (opened: boolean) => void }) {
  const { t } = useTranslation('drafting');
  const count = useThreads(statement).data?.threads.filter(({ resolved }) => resolved === undefined).length ?? 0;
  return (
    <button type="button" className="remarks-button" aria-expanded={opened} aria-controls="remarks-panel" onClick={() => onOpen(!opened)}>
      {t('toolbar.remarks', { count })}
    </button>
  );
}
