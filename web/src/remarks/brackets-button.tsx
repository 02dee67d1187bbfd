// Opens the brackets where they are a sheet: it says how many are open, and is not there while none is.
import { useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { Bracketed } from '../editor/bracketed';

export function BracketsButton({ brackets, opened, onOpen }: { brackets: Bracketed; opened: boolean; onOpen: (opened: boolean) => void }) {
  const { t } = useTranslation('remarks');
  const { standing } = useSyncExternalStore(brackets.subscribe, brackets.snapshot);
  if (standing.length === 0) return null;
  return (
    <button type="button" className="remarks-button" aria-expanded={opened} aria-controls="brackets-panel" onClick={() => onOpen(!opened)}>
      {t('bracket.open', { count: standing.length })}
    </button>
  );
}
