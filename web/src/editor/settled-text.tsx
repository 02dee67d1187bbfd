// The text as it would read: without what is suggested, or as if all of it were accepted. It is computed and can only be read; whoever
// writes on goes back to the text with its suggestions.
import type { Node } from '@tiptap/pm/model';
import { EditorContent, useEditor } from '@tiptap/react';
import { useMemo, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { directionOf } from '../words/direction';
import type { SharedDraft } from './binding/shared';
import { asIfAccepted, without } from './binding/settling';
import type { FootnoteDesk } from './footnote-view';
import { measure } from './measure';
import { NoteNumbers } from './note-numbers';
import { Numbers } from './numbers';
import { Footnotes } from './outline';
import type { Proposed } from './proposed';
import { readsAs } from './reads-as';
import { draftSchema } from './schema';
import { Stacked } from './stacked';

export type View = 'with' | 'without' | 'accepted';

interface Props {
  view: Exclude<View, 'with'>;
  draft: SharedDraft;
  proposed: Proposed;
  language: string;
  onBack: () => void;
}

export function SettledText({ view, draft, proposed, language, onBack }: Props) {
  const { t } = useTranslation(['suggestions', 'drafting']);
  const proposals = useSyncExternalStore(proposed.subscribe, proposed.snapshot);
  const read = useMemo(() => readsAs(draft, (view === 'without' ? without : asIfAccepted)(proposals)), [draft, proposals, view]);
  const { words } = read;
  const doc = useSame(read.doc);
  const editor = useEditor(
    {
      injectCSS: false,
      editable: false,
      content: doc.toJSON(),
      extensions: [...draftSchema(onlyRead(draft, (number) => (number === undefined ? t('drafting:footnote.one') : t('drafting:footnote.label', { number })))), Numbers, NoteNumbers, Stacked],
      editorProps: { attributes: { class: 'text', role: 'document', 'aria-label': t(`view.${view}`), lang: language, dir: directionOf(language) } },
    },
    // Another text is another document; nobody's caret stands in it.
    [doc],
  );
  const notes = useMemo(() => measure(doc, words).notes, [doc, words]);
  return (
    <>
      <div className="notice" role="status">
        <p>
          {t(view === 'without' ? 'view.reads-without' : 'view.reads')} {proposals.suggestions.some(({ rivals }) => rivals.length > 0) && view === 'accepted' && t('view.rivals')}
        </p>
        <button type="button" className="btn small" onClick={onBack}>
          {t('view.back')}
        </button>
      </div>
      <EditorContent editor={editor} className="editor" />
      <div className="text below" lang={language} dir={directionOf(language)}>
        <Footnotes editor={editor} notes={notes} />
      </div>
    </>
  );
}

/** What reads the same is not drawn anew. */
function useSame(now: Node): Node {
  const [held, setHeld] = useState(now);
  const same = held.eq(now);
  if (!same) setHeld(now);
  return same ? held : now;
}

/** Numbers are drawn, and no footnote opens. */
function onlyRead(draft: SharedDraft, label: (number: number | undefined) => string): FootnoteDesk {
  return {
    draft,
    words: { label, hint: '', done: '', remove: '' },
    sheet: () => ({ extensions: [], content: {} }),
    onKey: () => false,
    onOpen: () => undefined,
    onParted: () => undefined,
  };
}
