// What stands between the letters besides footnotes, and the marks that have no command of their own.
import { Mark, Node } from '@tiptap/core';
import { bound } from './keys';

/** A soft return. */
export const Break = Node.create({
  name: 'break',
  group: 'inline',
  inline: true,
  selectable: false,
  linebreakReplacement: true,
  parseHTML: () => [{ tag: 'br' }],
  renderHTML: () => ['br'],
  renderText: () => '\n',

  addKeyboardShortcuts() {
    const soft = () => this.editor.commands.insertContent({ type: this.name });
    return bound({ 'soft-return': soft });
  },
});

/** Something stored that this page's description does not know. It can be removed, not made. */
export const Unknown = Node.create({
  name: 'unknown',
  group: 'inline',
  inline: true,
  atom: true,
  addAttributes: () => ({ json: { default: '' } }),
  renderHTML: ({ node }) => ['span', { class: 'unknown', 'data-unknown': '', title: String(node.attrs.json) }, '?'],
});

/** An attribute of letters that this page's description does not know. */
export const Other = Mark.create({
  name: 'other',
  excludes: '',
  inclusive: false,
  addAttributes: () => ({ key: { default: '' }, value: { default: '' } }),
  renderHTML: ({ mark }) => ['span', { class: 'unknown', title: `${mark.attrs.key}: ${mark.attrs.value}` }, 0],
});

/** Words that are not agreed: an alternative of a bracket. It is outermost, so that its signs stand around all of it. */
export const Bracket = Mark.create({
  name: 'bracket',
  priority: 1100,
  excludes: '',
  // What is typed behind a bracket is not in it.
  inclusive: false,
  addAttributes: () => ({ id: { default: '' }, alternative: { default: '0' } }),
  renderHTML: ({ mark }) => ['span', { class: 'bracket', 'data-bracket': mark.attrs.id, 'data-alternative': mark.attrs.alternative }, 0],
});

/** The language of a passage, for readers' voices and for hyphenation. */
export const Language = Mark.create({
  name: 'lang',
  addAttributes: () => ({ lang: { default: null } }),
  renderHTML: ({ mark }) => ['span', { lang: mark.attrs.lang }, 0],
});
