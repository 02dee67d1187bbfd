// What the text amounts to; and, while one writes where Tab changes a level, how one leaves by keyboard all the same.
import { useEditorState, type Editor } from '@tiptap/react';
import { useTranslation } from 'react-i18next';
import type { Measure } from '../editor/measure';

export function StatusBar({ text, editor }: { text: Measure; editor: Editor }) {
  const { t } = useTranslation('drafting');
  const takesTab = useEditorState({ editor, selector: ({ editor: at }) => at.isFocused && at.isEditable && (at.can().indent(1) || at.can().indent(-1)) });
  return (
    <footer className="statusbar">
      <span className="words">
        <b className="nums">{t('status.words', { count: text.words })}</b>
        <span>{t('status.with-notes')}</span>
      </span>
      {/* Readers' voices have it with the text's name. */}
      {takesTab && (
        <span className="keys" aria-hidden="true">
          {t('status.keys')}
        </span>
      )}
      <span className="end">
        <span>{t('status.paragraphs', { count: text.paragraphs })}</span>
        <span>{t('status.notes', { count: text.notes.length })}</span>
      </span>
    </footer>
  );
}
