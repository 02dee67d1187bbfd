// What a draft may hold. The server reads the same nodes and marks (`text/from_draft`): a name changed here is a name
// changed there. Extensions that would write to the document on their own are left out: everything written is someone's act.
import type { Extensions } from '@tiptap/core';
import { OrderedList } from '@tiptap/extension-list';
import { StarterKit } from '@tiptap/starter-kit';
import { BlockDirection } from './direction';
import { Footnote } from './footnote';
import type { FootnoteWords } from './footnote-view';
import { Link } from './link';
import { NumberedParagraph } from './numbered-paragraph';

export function draftSchema(words?: FootnoteWords): Extensions {
  return [
    StarterKit.configure({
      code: false,
      codeBlock: false,
      horizontalRule: false,
      link: false,
      orderedList: false,
      strike: false,
      // Every keystroke of another person would otherwise be undone by ours; undo belongs to the shared document.
      undoRedo: false,
      trailingNode: false,
      underline: false,
      heading: { levels: [1, 2, 3] },
    }),
    // "1. " begins a numbered paragraph in this field, so it does not begin a list.
    OrderedList.extend({
      addAttributes() {
        return { start: { default: 1, parseHTML: (element) => Number(element.getAttribute('start') ?? 1) || 1 } };
      },
      addInputRules() {
        return [];
      },
    }),
    Link,
    NumberedParagraph,
    words === undefined ? Footnote : Footnote.configure({ words }),
    BlockDirection,
  ];
}
