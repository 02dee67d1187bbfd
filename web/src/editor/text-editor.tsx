// The text under everybody's hands: TipTap on a shared document. It knows nothing of rights or of saving;
// `editable` and the connection come from the drafting page.
import Collaboration from '@tiptap/extension-collaboration';
import { EditorContent, useEditor, type Editor } from '@tiptap/react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { Awareness } from 'y-protocols/awareness';
import type { Doc } from 'yjs';
import type { Writer } from '../parts/writer';
import { directionOf } from '../words/direction';
import { carets, introduce } from './caret';
import { draftSchema } from './schema';

interface Options {
  doc: Doc;
  awareness: Awareness;
  me: Writer;
  language: string;
  editable: boolean;
  /** Alt+F10 was pressed. */
  onToolbar: () => void;
  /** Ctrl+K was pressed. */
  onLink: () => void;
}

export function useTextEditor({ doc, awareness, me, language, editable, onToolbar, onLink }: Options): Editor {
  const { t } = useTranslation('drafting');
  const editor = useEditor(
    {
      // The page's policy allows no injected style; ours are in drafting.css.
      injectCSS: false,
      editable,
      extensions: [
        ...draftSchema({
          label: t('footnote.label'),
          hint: t('footnote.hint'),
          done: t('footnote.done'),
          remove: t('footnote.remove'),
        }),
        Collaboration.configure({ document: doc, field: 'default' }),
        carets(awareness),
      ],
      editorProps: {
        attributes: {
          class: 'text',
          role: 'textbox',
          'aria-multiline': 'true',
          'aria-label': t('editor.label'),
          'aria-keyshortcuts': 'Alt+F10',
          lang: language,
          dir: directionOf(language),
          spellcheck: 'true',
        },
        scrollMargin: clear,
        scrollThreshold: clear,
        handleKeyDown: (_view, event) => {
          if (event.altKey && event.key === 'F10') {
            onToolbar();
            return true;
          }
          if ((event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey && event.key.toLowerCase() === 'k') {
            event.preventDefault();
            onLink();
            return true;
          }
          return false;
        },
      },
    },
    [doc, awareness],
  );

  const { name, organisation, colour } = me;
  useEffect(() => introduce(awareness, { name, organisation, colour }), [awareness, name, organisation, colour]);

  useEffect(() => {
    if (editor.isEditable !== editable) editor.setEditable(editable, false);
  }, [editor, editable]);

  return editor;
}

export function TextEditor({ editor }: { editor: Editor }) {
  return <EditorContent editor={editor} className="editor" />;
}

// How far from the window's edges the caret is kept when it is brought into sight: clear of the bars that stand there, of
// which the stylesheet knows (`scroll-padding`). Read each time, because bars come and go with the size of the window.
const clear = {
  get top() {
    return padding('scrollPaddingTop');
  },
  get bottom() {
    return padding('scrollPaddingBottom');
  },
  left: 5,
  right: 5,
};

function padding(side: 'scrollPaddingTop' | 'scrollPaddingBottom'): number {
  return Number.parseFloat(getComputedStyle(document.documentElement)[side]) || 5;
}
