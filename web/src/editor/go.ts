// Going to a place in the text: the cursor is put there by those who write; the others have it shown.
import type { Editor } from '@tiptap/react';
import type { Place } from '../api/types';
import { found, type NoteWords } from './lines';

/** Goes where something stands, if the text still has such a place. */
export function goTo(editor: Editor, words: NoteWords, place: Place): void {
  const at = found(editor.state.doc, words, place);
  if (at === undefined) return;
  if (at.line.footnote === undefined) jump(editor, at.from, at.to);
  else goToFootnote(editor, at.line.pos);
}

/** Opens a footnote in its place. */
export function goToFootnote(editor: Editor, pos: number): void {
  editor.storage.footnote.enterNext = editor.isEditable;
  if (editor.isEditable) editor.chain().setNodeSelection(pos).scrollIntoView().run();
  else jump(editor, pos);
}

export function jump(editor: Editor, from: number, to = from): void {
  const end = editor.state.doc.content.size;
  const [start, stop] = [Math.min(from, end), Math.min(to, end)];
  if (editor.isEditable) editor.chain().focus().setTextSelection({ from: start, to: stop }).run();
  const { node } = editor.view.domAtPos(start);
  const place = node instanceof Element ? node : node.parentElement;
  // Instant where the system asks for no motion: the stylesheet says `scroll-behavior`.
  place?.scrollIntoView({ block: 'center' });
}
