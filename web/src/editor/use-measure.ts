import type { Editor } from '@tiptap/react';
import { useEffect, useState } from 'react';
import { measure, NOTHING, type Measure } from './measure';

// Counting a long text takes a few milliseconds: soon enough after a pause, never between two letters.
const PAUSE_MS = 250;

/** What the text holds now, a moment after the last change, whoever made it. */
export function useMeasure(editor: Editor): Measure {
  const [held, setHeld] = useState<Measure>(NOTHING);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = () => setHeld(measure(editor.state.doc));
    const later = ({ transaction }: { transaction: { docChanged: boolean } }) => {
      if (!transaction.docChanged) return;
      clearTimeout(timer);
      timer = setTimeout(read, PAUSE_MS);
    };
    read();
    editor.on('transaction', later);
    return () => {
      clearTimeout(timer);
      editor.off('transaction', later);
    };
  }, [editor]);
  return held;
}
