import type { Editor } from '@tiptap/react';
import { useEffect, useState } from 'react';
import type { SharedDraft } from './binding/shared';
import { measure, NOTHING, type Measure } from './measure';

// Counting a long text takes a few milliseconds: soon enough after a pause, never between two letters.
const PAUSE_MS = 250;

/** What the text holds now, a moment after the last change, whoever made it. */
export function useMeasure(editor: Editor, draft: SharedDraft): Measure {
  const [held, setHeld] = useState<Measure>(NOTHING);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = () => setHeld(measure(editor.state.doc, draft.words(editor.schema), draft.noteIds()));
    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(read, PAUSE_MS);
    };
    read();
    // Footnotes are texts of their own: whatever changes in the draft is counted.
    draft.doc.on('update', later);
    return () => {
      clearTimeout(timer);
      draft.doc.off('update', later);
    };
  }, [editor, draft]);
  return held;
}
