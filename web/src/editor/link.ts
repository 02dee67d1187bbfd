// Links keep an address and nothing else: how a link opens is no part of what a statement says. Which addresses there are is
// decided in text/link; here it is asked wherever one comes in or is drawn.
import { PasteRule, type PasteRuleMatch } from '@tiptap/core';
import { Link as TiptapLink } from '@tiptap/extension-link';
import { Plugin } from '@tiptap/pm/state';
import { addressOf, stands } from '../text/link';

export const Link = TiptapLink.extend({
  addAttributes() {
    return { href: { default: null, parseHTML: (element) => addressOf(element.getAttribute('href') ?? '') ?? null } };
  },

  renderHTML({ HTMLAttributes }) {
    const href = String(HTMLAttributes.href ?? '');
    return ['a', { href: stands(href) ? href : null, rel: 'noopener noreferrer', target: '_blank' }, 0];
  },

  // Addresses among pasted words.
  addPasteRules() {
    const whole = (match: PasteRuleMatch): PasteRuleMatch[] => {
      const href = addressOf(match.text);
      return href === undefined ? [] : [{ ...match, data: { href } }];
    };
    return (this.parent?.() ?? []).map(
      ({ find, handler }) =>
        new PasteRule({ handler, find: (text, event) => (typeof find === 'function' ? (find(text, event) ?? []) : []).flatMap(whole) }),
    );
  },

  // An address pasted over chosen words becomes their link.
  addProseMirrorPlugins() {
    const over = new Plugin({
      props: {
        handlePaste: (view, _event, slice) => {
          const { selection } = view.state;
          const words = slice.content.textBetween(0, slice.content.size, '\n').trim();
          const href = /\s/u.test(words) ? undefined : addressOf(words);
          if (selection.empty || href === undefined) return false;
          return this.editor.commands.setMark(this.type, { href });
        },
      },
    });
    return [...(this.parent?.() ?? []), over];
  },
}).configure({
  // Autolinking answers every change, other people's too: each browser would write the same mark at once.
  autolink: false,
  openOnClick: false,
  linkOnPaste: false,
  protocols: ['mailto'],
  isAllowedUri: (address) => addressOf(address) !== undefined,
});
