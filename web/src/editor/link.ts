// Links keep an address and nothing else: how a link opens is no part of what a statement says.
import { Link as TiptapLink } from '@tiptap/extension-link';

/** What a statement may point at. */
export const SCHEMES = ['http', 'https', 'mailto'];

/** An address as it will be stored, or nothing when it is none. A bare `example.org/x` gets `https://`. */
export function addressOf(typed: string): string | undefined {
  const trimmed = typed.trim();
  if (trimmed === '' || /\s/u.test(trimmed)) return undefined;
  if (/^[^@/:]+@[^@/:]+\.[^@/:]+$/u.test(trimmed)) return `mailto:${trimmed}`;
  const absolute = /^[a-z][a-z0-9+.-]*:/iu.test(trimmed) ? trimmed : `https://${trimmed}`;
  try {
    const url = new URL(absolute);
    if (!SCHEMES.includes(url.protocol.slice(0, -1))) return undefined;
    if (url.protocol !== 'mailto:' && !url.hostname.includes('.') && url.hostname !== 'localhost') return undefined;
    return absolute;
  } catch {
    return undefined;
  }
}

export const Link = TiptapLink.extend({
  addAttributes() {
    return { href: { default: null } };
  },
  renderHTML({ HTMLAttributes }) {
    const href = String(HTMLAttributes.href ?? '');
    const safe = SCHEMES.includes(href.split(':', 1)[0]?.toLowerCase() ?? '');
    return ['a', { href: safe ? href : null, rel: 'noopener noreferrer', target: '_blank' }, 0];
  },
}).configure({
  // Autolinking answers every change, other people's too: each browser would write the same mark at once.
  autolink: false,
  openOnClick: false,
  linkOnPaste: true,
  protocols: ['mailto'],
  isAllowedUri: (address) => addressOf(address) !== undefined,
});
