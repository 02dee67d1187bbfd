// A binding act, confirmed: what will happen, to whom, whether it can be taken back; then one button that says the verb.
import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Changed } from './binding';
import { Problem } from './states';

interface Props {
  opened: boolean;
  title: string;
  /** The verb on the button. */
  verb: string;
  busy: boolean;
  error?: unknown;
  /** What changed since the reader looked, in whole sentences; absent while nothing has. */
  changes?: readonly string[] | undefined;
  /** False while something is still missing. */
  ready?: boolean;
  onConfirm: () => void;
  onClose: () => void;
  children: ReactNode;
}

export function Confirm({ opened, title, verb, busy, error, changes, ready = true, onConfirm, onClose, children }: Props) {
  const { t } = useTranslation('parts');
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      closeButtonProps={{ 'aria-label': t('close') }}
      // The dialog's head is no banner of the page.
      attributes={{ header: { role: 'presentation' } }}
    >
      <form
        className="confirm"
        onSubmit={(event) => {
          event.preventDefault();
          if (ready && !busy) onConfirm();
        }}
      >
        {changes !== undefined && <Changed changes={changes} />}
        {children}
        {error !== undefined && error !== null && <Problem error={error} />}
        <footer>
          <button type="submit" className="btn primary" disabled={busy || !ready} aria-busy={busy}>
            {busy ? t('working') : verb}
          </button>
          <button type="button" className="btn" onClick={onClose}>
            {t('cancel')}
          </button>
        </footer>
      </form>
    </Modal>
  );
}
