// Links keep an address and nothing else: how a link opens is no part of what a statement says. Which addresses there are is
// decided in text/link; here it is asked wherever one comes in or is drawn. Nothing becomes a link by itself: each browser would
// write the same mark at once.
import { Mark } from '@tiptap/core';
import { addressOf, stands } from '../text/link';

declare module '@tiptap/core' {
  interface Commands<ReturnType> {
    link: {
      setLink: (attributes: { href: string }) => ReturnType;
      unsetLink: () => ReturnType;
    };
  }
}

export const Link = Mark.create({
  name: 'link',
  // Around the other marks of the same letters.
  priority: 1000,
  // What is typed behind a link is none.
  inclusive: false,
  keepOnSplit: false,
  exitable: true,

  addAttributes() {
    return { href: { default: null, parseHTML: (element) => addressOf(element.getAttribute('href') ?? '') ?? null } };
  },

  parseHTML() {
    return [{ tag: 'a[href]', getAttrs: (element) => (addressOf(element.getAttribute('href') ?? '') === undefined ? false : null) }];
  },

  renderHTML({ HTMLAttributes }) {
    const href = String(HTMLAttributes.href ?? '');
    return ['a', { href: stands(href) ? href : null, rel: 'noopener noreferrer', target: '_blank' }, 0];
  },

  addCommands() {
    return {
      setLink:
        ({ href }) =>
        ({ commands }) =>
          addressOf(href) !== undefined && commands.setMark(this.name, { href }),
      unsetLink:
        () =>
        ({ commands }) =>
          commands.unsetMark(this.name, { extendEmptyMarkRange: true }),
    };
  },
});
