// What a draft may hold, as the editor knows it: the description in `text/draft`, item by item (schema.test.ts). Extensions that
// would write to the document on their own are left out: everything written is someone's act.
import { getSchema, Node, type Extensions, type JSONContent } from '@tiptap/core';
import { Bold } from '@tiptap/extension-bold';
import { Italic } from '@tiptap/extension-italic';
import { Text } from '@tiptap/extension-text';
import type { Text as SharedText } from 'yjs';
import { documentOf, type Stretch } from './binding/reading';
import { Block } from './block';
import { Footnote } from './footnote';
import type { FootnoteDesk } from './footnote-view';
import { bound } from './keys';
import { Bracket, Break, Language, Other, Unknown } from './inline';
import { Link } from './link';

const Document = Node.create({ name: 'doc', topNode: true, content: 'block+' });

// Their keys stand in the table of keys, and what one types around words in habits.ts; nothing pasted is taken for signs.
const Strong = Bold.extend({
  addKeyboardShortcuts() {
    const act = () => this.editor.commands.toggleBold();
    return { ...bound({ bold: act }), 'Mod-B': act };
  },
  addInputRules: () => [],
  addPasteRules: () => [],
});
const Emphasis = Italic.extend({
  addKeyboardShortcuts() {
    const act = () => this.editor.commands.toggleItalic();
    return { ...bound({ italic: act }), 'Mod-I': act };
  },
  addInputRules: () => [],
  addPasteRules: () => [],
});

/** `desk` lets footnotes be opened. */
export function draftSchema(desk?: FootnoteDesk): Extensions {
  return [Document, Block, Text, Footnote.configure({ desk }), Break, Unknown, Bracket, Strong, Emphasis, Link, Language, Other];
}

export const SCHEMA = getSchema(draftSchema());

/** What an editor of a text begins with. */
export function contentOf(text: SharedText): JSONContent {
  return documentOf(SCHEMA, text.toDelta() as Stretch[]).toJSON() as JSONContent;
}
