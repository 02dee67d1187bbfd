// One rule for the addresses a text points at: what is taken in, what is drawn, what is frozen. The rule is written out in
// server/text/link.rs; this is the same rule for those who write, over the same table and held to the same cases.
import table from './link.json';
import { isSign } from './unseen';

/** As the server's, in bytes of UTF-8. */
export const ADDRESS_BYTES_MAX = table.bytes_max;

/** What a link that is written so points at; nothing when it is no address that a text may hold. */
export function addressOf(written: string): string | undefined {
  return unwrapped(written, 0);
}

/** Whether an address may stand in a text as it is. */
export function stands(href: string): boolean {
  return addressOf(href) === href;
}

/** Whether one of a link's words is an address of another place than the one the link opens. */
export function namesAnother(words: string, href: string): boolean {
  const opened = opens(href);
  if (opened === undefined) return false;
  return words.split(/\s+/u).some((piece) => {
    const word = piece.replaceAll(AROUND, '');
    const bare = !/[/@]/u.test(word) && !/^www\./iu.test(word);
    // "ASP.NET" is a name; "un.org" is read as an address.
    if (bare && /\p{Uppercase}/u.test(word)) return false;
    const address = addressOf(word);
    const shown = address === undefined ? undefined : opens(address);
    return shown !== undefined && shown !== opened && !isCoded(shown) && !isCoded(opened);
  });
}

const MARKS = '()\\[\\]«»“”„‘’\'",.;:!?';
const AROUND = new RegExp(`^[${MARKS}]+|[${MARKS}]+$`, 'gu');

const bytes = (text: string) => new TextEncoder().encode(text).length;

function unwrapped(raw: string, depth: number): string | undefined {
  if (depth > table.unwraps_max || bytes(raw) > ADDRESS_BYTES_MAX) return undefined;
  if ([...raw].some((letter) => isSign(letter) || '\\<>"'.includes(letter))) return undefined;
  const whole = absolute(raw.trim(), depth);
  return whole !== undefined && bytes(whole) <= ADDRESS_BYTES_MAX ? whole : undefined;
}

function absolute(written: string, depth: number): string | undefined {
  const scheme = schemeOf(written);
  if (scheme !== undefined) {
    const rest = written.slice(scheme.length + 1);
    if (scheme === 'mailto') return join(written.slice(0, rest === '' ? undefined : -rest.length), mail(rest));
    if (scheme !== 'http' && scheme !== 'https') return undefined;
    return rest.startsWith('//') ? web(written, rest.slice(2), depth) : undefined;
  }
  if (written.startsWith('//')) return web(`https:${written}`, written.slice(2), depth);
  if (written.includes('@') && !written.includes('/')) return join('mailto:', mail(written));
  const good = isHost(authorityOf(written), true) && !/\s/u.test(written);
  return good ? web(`https://${written}`, written, depth) : undefined;
}

const join = (before: string, rest: string | undefined) => (rest === undefined ? undefined : before + rest);

/** The scheme in small letters. `example.org:8080` has none. */
function schemeOf(written: string): string | undefined {
  const scheme = /^([a-z][a-z0-9+.-]*):/iu.exec(written)?.[1]?.toLowerCase();
  if (scheme === undefined) return undefined;
  const port = written.slice(scheme.length + 1).split(/[/?#]/u, 1)[0] ?? '';
  return scheme.includes('.') && /^[0-9]+$/u.test(port) ? undefined : scheme;
}

/** A web address whose authority begins `rest`; behind a redirector, where that one leads. */
function web(whole: string, rest: string, depth: number): string | undefined {
  const authority = authorityOf(rest);
  if (!isHost(authority, false)) return undefined;
  const path = rest.slice(authority.length);
  const target = redirected(authority, path);
  if (target === undefined) return join(whole.slice(0, whole.length - path.length), withoutSpaces(path));
  try {
    return unwrapped(decodeURIComponent(target), depth + 1);
  } catch {
    return undefined;
  }
}

/** The recipients and what stands behind them. */
function mail(rest: string): string | undefined {
  const to = rest.split('?', 1)[0] ?? '';
  return to.split(',').every((mailbox) => isMailbox(mailbox.trim())) ? withoutSpaces(rest) : undefined;
}

function isMailbox(mailbox: string): boolean {
  const at = mailbox.indexOf('@');
  return at > 0 && !/[\s:/?#,;]/u.test(mailbox.slice(0, at)) && isHost(mailbox.slice(at + 1), true);
}

function withoutSpaces(text: string): string | undefined {
  const encoded = text.replaceAll(' ', '%20');
  return /\s/u.test(encoded) ? undefined : encoded;
}

const authorityOf = (rest: string) => rest.split(/[/?#]/u, 1)[0] ?? '';

/** A host, perhaps with a port. A bare one, that nothing else marks as an address, does not end as files do. */
function isHost(authority: string, bare: boolean): boolean {
  const six = /^\[([0-9a-f:.]+)\](?::([0-9]+))?$/iu.exec(authority);
  if (authority.startsWith('[')) return !bare && six?.[1]?.includes(':') === true && (six[2] === undefined || isPort(six[2]));
  const [host = '', port, more] = authority.split(':');
  if (more !== undefined || (port !== undefined && !isPort(port))) return false;
  const labels = host.split('.');
  if (!labels.every((label) => /^[\p{Alphabetic}\p{N}\p{M}_-]+$/u.test(label))) return false;
  const last = labels.at(-1) ?? '';
  if (/^[0-9]+$/u.test(last)) return !bare && labels.length === 4 && labels.every((label) => /^[0-9]+$/u.test(label) && Number(label) <= 255);
  const country = [...last].length >= 2 && (!/\p{N}/u.test(last) || isCoded(last));
  return !bare || (labels.length >= 2 && country && !table.file_endings.includes(last.toLowerCase()));
}

const isPort = (digits: string) => /^[0-9]+$/u.test(digits) && Number(digits) <= 65_535;

/** Where a redirector leads, as it is written in its query. */
function redirected(authority: string, rest: string): string | undefined {
  const host = authority.split(':', 1)[0]?.toLowerCase() ?? '';
  const before = rest.split('#', 1)[0] ?? '';
  const mark = before.indexOf('?');
  if (mark < 0) return undefined;
  const path = before.slice(0, mark);
  const redirector = table.redirectors.find((one) => isAt(one.host, host) && path.startsWith(one.path));
  const parts = before.slice(mark + 1).split('&');
  for (const name of redirector?.parameters ?? []) {
    const part = parts.find((one) => one.startsWith(`${name}=`));
    if (part !== undefined) return part.slice(name.length + 1);
  }
  return undefined;
}

/** `google.*` is any country's; `*.example.org` is any host below. */
function isAt(pattern: string, host: string): boolean {
  if (pattern.endsWith('.*')) {
    const plain = host.replace(/^www\./u, '');
    const name = pattern.slice(0, -1);
    const country = plain.startsWith(name) ? plain.slice(name.length).split('.') : [];
    return country.length > 0 && country.length <= 2 && country.every((part) => part.length <= 3);
  }
  return pattern.startsWith('*') ? host.endsWith(pattern.slice(1)) : host === pattern;
}

/** The host, or the mailboxes, that an address opens, for comparing: `www.` and case make no difference. */
function opens(address: string): string | undefined {
  const scheme = schemeOf(address);
  if (scheme === undefined) return undefined;
  const rest = address.slice(scheme.length + 1);
  if (scheme === 'mailto') return rest.split('?', 1)[0]?.toLowerCase();
  return rest.startsWith('//') ? authorityOf(rest.slice(2)).toLowerCase().replace(/^www\./u, '') : undefined;
}

/** Whether a label of this host is Punycode, which is not judged. */
const isCoded = (host: string) => host.split(/[.@]/u).some((label) => label.toLowerCase().startsWith('xn--'));
