// One's caret and choice stand beside letters, never within one. An editor that compares what it shows with what it knows finds
// changes unit by unit, and what it carries over such a change can end up between the two units of an emoji; what is done from
// there would leave two halves.
import { Extension } from '@tiptap/core';
import { Plugin, TextSelection } from '@tiptap/pm/state';
import { besideLetter } from './binding/places';

export const WholeLetters = Extension.create({ name: 'wholeLetters', addProseMirrorPlugins: () => [besideLetters()] });

export function besideLetters(): Plugin {
  return new Plugin({
    appendTransaction: (_transactions, _before, { selection, doc, tr }) => {
      if (!(selection instanceof TextSelection)) return null;
      const [anchor, head] = [besideLetter(doc, selection.anchor), besideLetter(doc, selection.head)];
      return anchor === selection.anchor && head === selection.head ? null : tr.setSelection(TextSelection.create(doc, anchor, head));
    },
  });
}
