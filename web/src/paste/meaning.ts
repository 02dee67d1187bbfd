// What an element of a payload is to a statement: left out and under which name, a block, or a look of letters. By its name and by
// the declarations that are read for it; nothing of where it stands.
import type { LeftOut } from './blocks';
import type { Style } from './read-css';

const names = (list: string) => new Set(list.split(' '));

const SILENT = names('head title script style meta link base template noscript col colgroup xml comment rp map area frame frameset noframes');
const OUT: Record<string, LeftOut> = Object.fromEntries(
  [
    ['img picture svg canvas v:shape v:imagedata', 'images'],
    ['iframe object embed applet audio video math portal', 'embeds'],
    ['input select textarea button label legend option optgroup datalist output progress meter', 'forms'],
    ['rt', 'readings'],
    ['del s strike', 'deletions'],
  ].flatMap(([list = '', name]) => list.split(' ').map((tag) => [tag, name])),
) as Record<string, LeftOut>;

const BLOCKS = names(
  'address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html li main menu nav ol p pre search section summary table tbody td tfoot th thead tr ul dir',
);

const COMMENTS = names('msocommenttext msocommentreference msocommentsubject msocomtxt msocomanchor msocomoff');

/** Why an element is no part of the text: under a name, or without a word about it. */
export function leftOut(element: Element, style: Style): LeftOut | 'silently' | undefined {
  const tag = element.localName;
  if (SILENT.has(tag)) return 'silently';
  if (isComment(element, style)) return 'comments';
  if (isHidden(element, style)) return 'hidden';
  // The result of comparing two texts is struck through where Word would have marked it; words that are no more must not come back.
  if (/line-through/u.test(style.get('text-decoration') ?? style.get('text-decoration-line') ?? '')) return 'deletions';
  return OUT[tag];
}

function isComment(element: Element, style: Style): boolean {
  if (/^comment(?:-list)?$/u.test(style.get('mso-element') ?? '') || style.get('mso-special-character') === 'comment') return true;
  return classesOf(element).some((name) => COMMENTS.has(name));
}

function isHidden(element: Element, style: Style): boolean {
  if (element.hasAttribute('hidden')) return true;
  return style.get('display') === 'none' || style.get('mso-hide') === 'all' || /^(?:hidden|collapse)$/u.test(style.get('visibility') ?? '');
}

export const classesOf = (element: Element): string[] => (element.getAttribute('class') ?? '').toLowerCase().split(/\s+/u);

export function isBlockElement(element: Element, style: Style): boolean {
  const display = style.get('display') ?? '';
  if (BLOCKS.has(element.localName)) return !(element.localName === 'div' && display === 'inline');
  return /^(?:block|list-item|flex|grid|table)$/u.test(display);
}

/** Title or heading, by the element, by Word's classes and by the place in Word's outline. */
export function headingOf(element: Element, style: Style): { kind: 'title' | 'heading'; level: number } | undefined {
  const classes = classesOf(element);
  if (classes.includes('msotitle')) return { kind: 'title', level: 1 };
  // Google Docs and LibreOffice name the title so; on other pages anything can be one.
  if (element.localName === 'p' && classes.includes('title') && (element.id.startsWith('h.') || classes.includes('western'))) return { kind: 'title', level: 1 };
  const outline = /^[1-9]$/u.exec(style.get('mso-outline-level') ?? '')?.[0];
  const tag = /^h([1-6])$/u.exec(element.localName)?.[1];
  const name = classes.map((one) => /^msoheading([1-9])$/u.exec(one)?.[1]).find((level) => level !== undefined);
  const said = element.getAttribute('role') === 'heading' ? (/^[1-9]$/u.exec(element.getAttribute('aria-level') ?? '')?.[0] ?? '2') : undefined;
  const level = tag ?? name ?? said ?? (element.localName === 'p' ? outline : undefined);
  return level === undefined ? undefined : { kind: 'heading', level: Number(level) };
}

export function isQuotation(element: Element, style: Style): boolean {
  if (classesOf(element).some((name) => name === 'msoquote' || name === 'msointensequote')) return true;
  // Editors that only move a paragraph in write it as a quotation without a border.
  return element.localName === 'blockquote' && !/^(?:none|0)/u.test(style.get('border') ?? '');
}

const BOLD = names('b strong');
const ITALIC = names('i em cite dfn var');

/** Whether letters in it are bold: yes, no, or as around it. */
export function boldOf(element: Element, style: Style): boolean | undefined {
  const said = style.get('font-weight') ?? (style.has('font') ? (/\b(?:bold|[6-9]00)\b/u.exec(style.get('font') ?? '')?.[0] ?? 'normal') : undefined);
  if (said === undefined || said === 'inherit') return BOLD.has(element.localName) ? true : undefined;
  return said.startsWith('bold') || Number(said) >= 600;
}

export function italicOf(element: Element, style: Style): boolean | undefined {
  const said = style.get('font-style') ?? (style.has('font') ? (/\b(?:italic|oblique)\b/u.exec(style.get('font') ?? '')?.[0] ?? 'normal') : undefined);
  if (said === undefined || said === 'inherit') return ITALIC.has(element.localName) ? true : undefined;
  return /^(?:italic|oblique)/u.test(said);
}

export function raisedOf(element: Element, style: Style): 'super' | 'sub' | undefined {
  const said = style.get('vertical-align') ?? { sup: 'super', sub: 'sub' }[element.localName];
  return said === 'super' || said === 'sub' ? said : undefined;
}

/** Line feeds are soft returns where a page keeps them. */
export function keepsLines(element: Element, style: Style): boolean | undefined {
  const said = style.get('white-space');
  if (said === undefined) return element.localName === 'pre' ? true : undefined;
  return /^(?:pre|pre-wrap|pre-line|break-spaces)$/u.test(said);
}

/**
 * The direction that is said for a block; `auto` is the one of its first letter. The attribute is the paragraph's own, a
 * declaration may be a whole style's.
 */
export function directionOf(element: Element, style: Style): 'ltr' | 'rtl' | 'auto' | undefined {
  if (style.get('unicode-bidi') === 'plaintext') return 'auto';
  const said = element.getAttribute('dir')?.trim().toLowerCase() ?? style.get('direction');
  return said === 'ltr' || said === 'rtl' || said === 'auto' ? said : undefined;
}
