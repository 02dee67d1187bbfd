// The text under everybody's hands: TipTap on a shared draft. It knows nothing of rights or of saving; `editable` and the connection
// come from the drafting page.
import { EditorContent, useEditor, type Editor, type Extensions } from '@tiptap/react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BODY, noteRoot } from '../text/draft';
import { announce } from '../parts/announce';
import { directionOf } from '../words/direction';
import type { SharedDraft } from './binding/shared';
import { beginning, hasOnlyBegun } from './beginning';
import { Blocks } from './blocks';
import { bracketed, type Bracketed } from './bracketed';
import { carets, type Others } from './caret';
import { dragging } from './dragging';
import { Finds } from './finding/finds';
import { habits } from './habits';
import { isKey } from './keys';
import { NoteNumbers } from './note-numbers';
import { Numbers } from './numbers';
import { offers } from './offers';
import { pasting, type PasteReport } from './pasting';
import type { Proposed } from './proposed';
import { remarked, type Remarked } from './remarked';
import { useSays } from './says';
import { contentOf, draftSchema } from './schema';
import { composing, Prompt, sharing, type Sheet } from './sharing';
import { Stacked } from './stacked';
import { suggested, type Says } from './suggested';
import { WholeLetters } from './whole-letters';
import { Within } from './within';

interface Options {
  draft: SharedDraft;
  others: Others;
  /** The passages that threads are about. */
  marks: Remarked;
  /** What is suggested. */
  proposed: Proposed;
  brackets: Bracketed;
  language: string;
  editable: boolean;
  /** Alt+F10 was pressed. */
  onToolbar: () => void;
  /** Ctrl+K was pressed. */
  onLink: () => void;
  /** What is chosen is to be put into brackets. */
  onBracket: () => void;
  /** A word of an input method was begun or ended. */
  onCompose: (is: boolean) => void;
  /** Something was pasted: what was left out of it, or that it was too long. */
  onPaste: (report: PasteReport) => void;
  /** Files were let go or pasted in it. Whether they are a matter of the page's. */
  onFiles: (files: FileList) => boolean;
}

/** What the texts of one draft have in common. */
type Page = Pick<Options, 'draft' | 'others' | 'marks' | 'proposed' | 'brackets' | 'onCompose' | 'onPaste' | 'onFiles'> & { says: Says };

/** The editor of the text, and the one that is written in: the same, or that of an open footnote. */
export function useTextEditor({ language, editable, onToolbar, onLink, onBracket, ...given }: Options): { editor: Editor; active: Editor } {
  const { t } = useTranslation('drafting');
  const page = { ...given, says: useSays() };
  const { draft } = page;
  const { awareness } = page.others;
  const [open, setOpen] = useState<Editor>();
  const keys = (event: KeyboardEvent) => {
    if (isKey('tools', event)) {
      onToolbar();
      return true;
    }
    if (isKey('link', event)) {
      event.preventDefault();
      onLink();
      return true;
    }
    if (isKey('bracket', event)) {
      event.preventDefault();
      onBracket();
      return true;
    }
    return false;
  };
  const editor = useEditor(
    {
      // The page's policy allows no injected style; ours are in drafting.css.
      injectCSS: false,
      editable,
      content: contentOf(draft.body),
      // Whoever comes to a new draft and types or pastes does it below its title, not in front of it.
      onCreate: ({ editor: begun }) => {
        const { doc } = begun.state;
        if (hasOnlyBegun(doc)) begun.commands.setTextSelection(doc.content.size - 1);
      },
      extensions: [
        ...draftSchema({
          draft,
          words: { label: (number) => (number === undefined ? t('footnote.one') : t('footnote.label', { number })), hint: t('footnote.hint'), done: t('footnote.done'), remove: t('footnote.remove') },
          sheet: (id) => ({ extensions: noteExtensions(page, id), content: contentOf(draft.note(id)) }),
          onOpen: (note) => setOpen(note),
          onParted: () => announce(t('footnote.parted')),
          onKey: keys,
        }),
        Blocks,
        habits({ paragraphsOnly: false, alone: (act) => draft.alone(act) }),
        offers(t, draft),
        Finds,
        Numbers,
        NoteNumbers,
        beginning(t('editor.hint')),
        ...shared(page, { draft, text: draft.body, root: BODY }),
      ],
      editorProps: {
        attributes: {
          class: 'text',
          role: 'textbox',
          'aria-multiline': 'true',
          'aria-label': t('editor.label'),
          'aria-keyshortcuts': 'Alt+F10',
          'aria-description': t('editor.keys'),
          lang: language,
          dir: directionOf(language),
          spellcheck: 'true',
        },
        scrollMargin: clear,
        scrollThreshold: clear,
        handleKeyDown: (_view, event) => keys(event),
      },
    },
    [draft, awareness],
  );

  useEffect(() => {
    if (editor.isEditable !== editable) editor.setEditable(editable, false);
  }, [editor, editable]);

  return { editor, active: open === undefined || open.isDestroyed ? editor : open };
}

/** The words of a footnote: paragraphs with marks and directions, and no footnote. */
function noteExtensions(page: Page, id: string): Extensions {
  const sheet = { draft: page.draft, text: page.draft.note(id), root: noteRoot(id) };
  const acts = habits({ paragraphsOnly: true, alone: (act) => page.draft.alone(act) });
  return [...draftSchema(), Blocks.configure({ paragraphsOnly: true }), acts, Within, ...shared(page, sheet)];
}

function shared({ draft, others, marks, proposed, brackets, says, onCompose, onPaste, onFiles }: Page, sheet: Sheet): Extensions {
  const clipboard = { draft, inNote: sheet.root !== BODY, onPaste, onFiles };
  return [Prompt, Stacked, WholeLetters, sharing(sheet, draft.beginNotes), carets(others, sheet), remarked(marks, sheet), suggested({ proposed, names: others.names, marks, says }, sheet), bracketed(brackets, sheet), composing(onCompose), pasting(clipboard), dragging(clipboard)];
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
