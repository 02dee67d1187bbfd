// A binding act, confirmed: what will happen, to whom, whether it can be taken back; then one button that says the verb.
// Back, inside the app, closes the question and not the page behind it, and ends no act that is under way. Closed, it gives
// the focus back to what opened it, or, where that is gone, to the page's heading.
import { Modal } from '@mantine/core';
import { useBlocker } from '@tanstack/react-router';
import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Changed } from './binding-act';
import { Problem } from './states';
import { focusNotLost } from './title';

interface Props {
  opened: boolean;
  title: string;
  /** The verb on the button. */
  verb: string;
  busy: boolean;
  error?: unknown;
  /** What changed since the reader looked, in whole sentences; absent while nothing has. */
  changes?: readonly string[] | undefined;
  /** False once there is nothing to confirm: one button is left, and it closes. */
  asks?: boolean;
  /** False while something is still missing. */
  ready?: boolean;
  onConfirm: () => void;
  onClose: () => void;
  children: ReactNode;
}

export function Confirm({ opened, title, verb, busy, error, changes, asks = true, ready = true, onConfirm, onClose, children }: Props) {
  const { t } = useTranslation('parts');
  useBlocker({
    disabled: !opened,
    enableBeforeUnload: false,
    shouldBlockFn: ({ action }) => {
      if (action !== 'BACK') return false;
      if (!busy) onClose();
      return true;
    },
  });
  useFocusReturned(opened);
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
        {changes !== undefined && <Changed changes={changes} asks={asks} />}
        {children}
        {error !== undefined && error !== null && <Problem error={error} />}
        <footer>
          <button type="submit" className="btn primary" disabled={busy || !ready} aria-busy={busy}>
            {busy ? t('working') : verb}
          </button>
          {asks && (
            <button type="button" className="btn" onClick={onClose}>
              {t('cancel')}
            </button>
          )}
        </footer>
      </form>
    </Modal>
  );
}

/** What opened a dialog has the focus again when it closes. */
export function useFocusReturned(opened: boolean): void {
  useEffect(() => {
    if (!opened) return undefined;
    const opener = document.activeElement;
    return () => {
      // After the dialog has left the page, and whatever the act has changed is drawn.
      globalThis.setTimeout(() => {
        if (document.activeElement === document.body && opener instanceof HTMLElement && opener.isConnected) opener.focus();
        focusNotLost();
      });
    };
  }, [opened]);
}
