// The headings of the text, to jump by.
import type { Editor } from '@tiptap/react';
import { useTranslation } from 'react-i18next';
import { goToFootnote, jump } from './go';
import type { Heading, Note } from './measure';

export function Outline({ editor, headings, onJump }: { editor: Editor; headings: Heading[]; onJump?: () => void }) {
  const { t } = useTranslation('drafting');
  return (
    <section className="outline" aria-labelledby="outline">
      <h2 id="outline">{t('outline.heading')}</h2>
      {headings.length === 0 && <p className="quiet">{t('outline.empty')}</p>}
      {headings.map(({ level, text, pos }) => (
        <a
          key={pos}
          href={`#${pos}`}
          className={`level-${level}`}
          onClick={(event) => {
            event.preventDefault();
            jump(editor, pos + 1);
            onJump?.();
          }}
        >
          <bdi>{text === '' ? t('outline.untitled') : text}</bdi>
        </a>
      ))}
    </section>
  );
}

interface NotesProps {
  editor: Editor;
  notes: Note[];
}

/** The footnotes under the text, as readers will find them; choosing one opens it in its place. */
export function Footnotes({ editor, notes }: NotesProps) {
  const { t } = useTranslation('drafting');
  if (notes.length === 0) return null;
  return (
    <ol className="footnotes" aria-label={t('footnote.list')}>
      {notes.map(({ number, text, pos }) => (
        <li key={number}>
          <button type="button" aria-label={t('footnote.go', { number })} onClick={() => goToFootnote(editor, pos)}>
            {number}
          </button>
          <span className="note-words" dir="auto">{text === '' ? <i className="quiet">{t('footnote.empty')}</i> : text}</span>
        </li>
      ))}
    </ol>
  );
}
