// The way a file of a word processor comes to a draft by hand: chosen from the device.
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../parts/icon';
import { Tip } from '../parts/tip';
import { WORD_FILES } from './word-file';

export function WordButton({ onFile }: { onFile: (file: File) => void }) {
  const { t } = useTranslation('bringing');
  const chooser = useRef<HTMLInputElement>(null);
  return (
    <>
      <Tip words={t('open')}>
        <button type="button" className="aid upload" aria-label={t('open')} onClick={() => chooser.current?.click()}>
          <Icon name="upload" />
        </button>
      </Tip>
      <input
        ref={chooser}
        type="file"
        accept={WORD_FILES}
        hidden
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          // The same file can be chosen again.
          event.currentTarget.value = '';
          if (file !== undefined) onFile(file);
        }}
      />
    </>
  );
}
