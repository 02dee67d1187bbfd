import type { Transaction } from '@tiptap/pm/state';
import type { Editor } from '@tiptap/react';
import { useEffect, useState } from 'react';
import { afterAPause } from './after-a-pause';
import { without } from './binding/settling';
import type { SharedDraft } from './binding/shared';
import { linesOf } from './lines';
import { chosenIn, counts, measure, NOTHING, type Measure } from './measure';
import type { Proposed } from './proposed';
import { readsAs } from './reads-as';

// Counting a long text takes a few milliseconds: soon enough after a pause, never between two letters.
const PAUSE_MS = 250;
const AT_LATEST_MS = 1_000;

/** What the text holds now, a moment after the last change, whoever made it. */
export function useMeasure(editor: Editor, draft: SharedDraft, proposed: Proposed): Measure {
  const [held, setHeld] = useState<Measure>(NOTHING);
  useEffect(() => {
    const read = () => setHeld({ ...measure(editor.state.doc, draft.words(editor.schema), draft.noteIds()), ...countsWithout(draft, proposed) });
    const { soon, never } = afterAPause(read, PAUSE_MS, AT_LATEST_MS);
    // The page may come to show a change later than the draft holds it; what it shows is counted.
    const shown = ({ transaction }: { transaction: Transaction }) => {
      if (transaction.docChanged) soon();
    };
    read();
    // Footnotes are texts of their own: whatever changes in the draft is counted.
    draft.doc.on('update', soon);
    editor.on('transaction', shown);
    return () => {
      never();
      draft.doc.off('update', soon);
      editor.off('transaction', shown);
    };
  }, [editor, draft, proposed]);
  return held;
}

/** Of a text for which something is suggested, what stands without it is counted: that is what would be frozen. */
function countsWithout(draft: SharedDraft, proposed: Proposed): Partial<Measure> {
  const proposals = proposed.now();
  if (proposals.suggestions.length === 0) return {};
  const { doc, words } = readsAs(draft, without(proposals));
  return { counts: counts(linesOf(doc, words)) };
}

/** How many words are chosen, a moment after the choice; nothing while none are. Of footnotes in it the numbers are chosen, not the words. */
export function useChosen(editor: Editor): number | undefined {
  const [held, setHeld] = useState<number>();
  useEffect(() => {
    const read = () => setHeld(editor.isDestroyed ? undefined : chosenIn(editor.state));
    const { soon, never } = afterAPause(read, PAUSE_MS, AT_LATEST_MS);
    read();
    editor.on('transaction', soon);
    return () => {
      never();
      editor.off('transaction', soon);
    };
  }, [editor]);
  return held;
}
