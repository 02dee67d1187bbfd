// The ways a file of a word processor comes to a draft: chosen from the device, or let go anywhere on the page. (Let go in the text, the
// editor has it first.)
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../parts/icon';
import { WORD_FILES, wordFileIn } from './incoming';

export function WordIntake({ onFile }: { onFile: (file: File) => void }) {
  const { t } = useTranslation('bringing');
  const chooser = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const hasFiles = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes('Files') === true;
    // A file that is let go beside the text would take the place of the whole page.
    const over = (event: DragEvent) => {
      if (hasFiles(event)) event.preventDefault();
    };
    const drop = (event: DragEvent) => {
      if (event.defaultPrevented || !hasFiles(event)) return;
      event.preventDefault();
      const file = wordFileIn(event.dataTransfer?.files ?? []);
      if (file !== undefined) onFile(file);
    };
    document.addEventListener('dragover', over);
    document.addEventListener('drop', drop);
    return () => {
      document.removeEventListener('dragover', over);
      document.removeEventListener('drop', drop);
    };
  }, [onFile]);
  return (
    <p className="acts">
      <button type="button" className="btn small" onClick={() => chooser.current?.click()}>
        <Icon name="upload" />
        {t('open')}
      </button>
      <input
        ref={chooser}
        type="file"
        accept={WORD_FILES}
        aria-label={t('open')}
        hidden
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          // The same file can be chosen again.
          event.currentTarget.value = '';
          if (file !== undefined) onFile(file);
        }}
      />
    </p>
  );
}
