// What begins with a block element: its kind, the item it belongs to, its direction, whether its row is one paragraph.
import { isStart, shapeOf, type Direction } from '../text/draft';
import { kindOf, type PastedBlock } from './blocks';
import { classesOf, directionOf, headingOf, isQuotation } from './meaning';
import type { Item, Place } from './gather';
import type { Sheet, Style } from './read-css';

/** A list that is open. */
export interface List {
  ordered: boolean;
  level: number;
  name: string;
  /** The number its next item has. */
  next: number;
}

const LEVEL_MAX = 9;

export function placed(element: Element, style: Style, place: Place, sheet: Sheet): Place {
  const item = wordItem(style, sheet);
  const heading = headingOf(element, style);
  if (heading !== undefined) return { ...place, ...heading, ...(item !== undefined && { item }) };
  if (item !== undefined) return { ...place, kind: 'paragraph', item };
  if (isQuotation(element, style)) return { ...place, kind: 'quotation' };
  const beside = classesOf(element).some((name) => name.startsWith('msolistparagraph') || name.startsWith('msolistcontinue'));
  return beside ? { ...place, kind: 'beside' } : place;
}

/** What Word calls an item: a paragraph of a list, at a level, in one of its counts. */
function wordItem(style: Style, sheet: Sheet): Item | undefined {
  const [, list, level = '1'] = /^(l\d+) level([1-9])/u.exec(style.get('mso-list') ?? '') ?? [];
  if (list === undefined) return undefined;
  const bullet = sheet.listFormat(`${list}:level${level}`) === 'bullet';
  return { level: Number(level), used: false, ...(!bullet && { counts: { readings: [], list } }) };
}

export function listOf(element: Element, outer: List | undefined, name: string): List {
  const start = Number(element.getAttribute('start') ?? '1');
  return {
    ordered: element.localName === 'ol',
    level: Math.min((outer?.level ?? 0) + 1, LEVEL_MAX),
    name: outer?.name ?? name,
    next: Number.isInteger(start) ? start : 1,
  };
}

/** Google Docs and Word for the web say the level with the item, and may put each in a list of its own. */
export function itemOf(element: Element, list: List | undefined): Item {
  const said = element.getAttribute('aria-level') ?? element.getAttribute('data-aria-level') ?? '';
  const level = /^[1-9]$/u.test(said) ? Number(said) : (list?.level ?? 1);
  if (list?.ordered !== true) return { level, used: false };
  const value = Number(element.getAttribute('value') ?? list.next);
  list.next = (Number.isInteger(value) ? value : list.next) + 1;
  return { level, used: false, counts: { readings: [{ form: '1', value: list.next - 1, level: 1 }], list: list.name } };
}

/** A block that we wrote ourselves says what it is. */
export function oursOf(element: Element): PastedBlock | undefined {
  const block = element.getAttribute('data-block');
  if (block === null || shapeOf(block) === undefined) return undefined;
  const dir = element.getAttribute('dir');
  const start = Number(element.getAttribute('data-start') ?? '0');
  return {
    block,
    ...((dir === 'ltr' || dir === 'rtl') && { dir }),
    ...(kindOf(block).kind === 'ordered' && isStart(start) && { start }),
    content: [],
  };
}

// What runs from left to right is said of a whole page or table without a thought of the words in it; of a paragraph it is meant.
const MEANS_IT = /^(?:p|h[1-6]|li|pre|blockquote|dt|dd)$/u;

export function directed(element: Element, style: Style, around: Direction | undefined): Direction | undefined {
  const said = directionOf(element, style);
  if (said === undefined) return around;
  return said === 'rtl' || (said === 'ltr' && MEANS_IT.test(element.localName)) ? said : undefined;
}

/** The page around a payload, and a table that is one cell: words in them may melt into others. */
export function isAround(element: Element): boolean {
  if (element.localName === 'table') return element.querySelectorAll('td, th').length === 1;
  return /^(?:html|body|tbody|thead|tr)$/u.test(element.localName);
}

/** A row whose cells hold words is one paragraph; where they hold paragraphs or lists, the table was there for the layout. */
export function isRow(row: Element): boolean {
  return [...row.children].every((cell) => cell.querySelector('h1, h2, h3, h4, h5, h6, li, table, blockquote, pre, [data-block], p ~ p, div ~ div') === null);
}
