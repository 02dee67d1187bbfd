// Links keep an address and nothing else: how a link opens is no part of what a statement says. Which addresses there are is
// decided in text/link; here it is asked wherever one comes in or is drawn.
import { Link as TiptapLink } from '@tiptap/extension-link';
import { addressOf, stands } from '../text/link';

export const Link = TiptapLink.extend({
  addAttributes() {
    return { href: { default: null, parseHTML: (element) => addressOf(element.getAttribute('href') ?? '') ?? null } };
  },

  renderHTML({ HTMLAttributes }) {
    const href = String(HTMLAttributes.href ?? '');
    return ['a', { href: stands(href) ? href : null, rel: 'noopener noreferrer', target: '_blank' }, 0];
  },

  // The clipboard is read elsewhere (pasting.ts).
  addPasteRules: () => [],
}).configure({
  // Autolinking answers every change, other people's too: each browser would write the same mark at once.
  autolink: false,
  openOnClick: false,
  linkOnPaste: false,
  protocols: ['mailto'],
  isAllowedUri: (address) => addressOf(address) !== undefined,
});
