// Footnotes whose number was taken out of the text, while their words are still there: somebody may have been writing them. They can
// be put back where the cursor stands, or deleted for good. Whoever was writing in one is led here.
import type { Editor } from '@tiptap/react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { announce } from '../parts/announce';
import type { SharedDraft } from './binding/shared';
import type { RemovedNote } from './measure';

interface Props {
  editor: Editor;
  draft: SharedDraft;
  removed: RemovedNote[];
  editable: boolean;
}

export function RemovedNotes({ editor, draft, removed, editable }: Props) {
  const { t } = useTranslation('drafting');
  const section = useRef<HTMLElement>(null);
  const isParted = (id: string) => editor.storage.footnote.parted?.id === id;
  const led = removed.find(({ id }) => isParted(id))?.id;
  useEffect(() => {
    if (led !== undefined && document.activeElement === document.body) section.current?.focus();
  }, [led]);
  if (removed.length === 0) return null;
  const putBack = (id: string) => {
    // Who was writing in it goes on there.
    const chain = isParted(id) ? editor.chain() : editor.chain().focus();
    draft.alone(() => chain.putFootnoteBack(id).run());
    announce(t('footnote.put-back-done'));
  };
  const forget = (id: string) => {
    draft.forgetNote(id);
    announce(t('footnote.forgotten'));
  };
  return (
    <section ref={section} tabIndex={-1} className="removed-notes" aria-labelledby="removed-notes">
      <h2 id="removed-notes">{t('footnote.removed')}</h2>
      <p className="quiet">{t('footnote.removed-what')}</p>
      <ul>
        {removed.map(({ id, text }) => (
          <li key={id}>
            <span dir="auto">{text}</span>
            {editable && (
              <span className="acts">
                <button type="button" className="btn small" onClick={() => putBack(id)}>
                  {t('footnote.put-back')}
                </button>
                <button type="button" className="btn small plain" onClick={() => forget(id)}>
                  {t('footnote.forget')}
                </button>
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
