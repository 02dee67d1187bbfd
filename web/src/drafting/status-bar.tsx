import { useTranslation } from 'react-i18next';
import type { Measure } from '../editor/measure';

export function StatusBar({ text }: { text: Measure }) {
  const { t } = useTranslation('drafting');
  return (
    <footer className="statusbar">
      <span className="words">
        <b className="nums">{t('status.words', { count: text.words })}</b>
        <span>{t('status.with-notes')}</span>
      </span>
      <span className="end">
        <span>{t('status.paragraphs', { count: text.paragraphs })}</span>
        <span>{t('status.notes', { count: text.notes.length })}</span>
      </span>
    </footer>
  );
}
