// Attributes of the stored text and what the editor makes of them: marks on letters and footnotes, attributes of a block.
//
// What the description does not know is shown (the mark `other`, a block of an unknown kind) and never written: a page writes
// only what it understands, and leaves the rest as it lies.
import type { Mark, Node, Schema } from '@tiptap/pm/model';
import { bracketKey, bracketOf, isAlternative, isDirection, isLanguage, isLink, isStart, PARAGRAPH, shapeOf } from '../../text/draft';

export type Attributes = Readonly<Record<string, unknown>>;

export interface BlockAttributes {
  block: string;
  dir: 'ltr' | 'rtl' | null;
  start: number | null;
}

const OF_BLOCKS = new Set(['block', 'dir', 'start']);

/** The mark that shows one attribute of a letter; nothing for what is none. */
export function markOf(schema: Schema, key: string, value: unknown): Mark | undefined {
  const { bold, italic, link, lang, bracket, other } = schema.marks;
  if (value === null || value === undefined || OF_BLOCKS.has(key)) return undefined;
  if (key === 'bold' && value === true) return bold?.create();
  if (key === 'italic' && value === true) return italic?.create();
  if (key === 'link' && isLink(value)) return link?.create({ href: value });
  if (key === 'lang' && isLanguage(value)) return lang?.create({ lang: value });
  const id = bracketOf(key);
  if (id !== undefined && isAlternative(value)) return bracket?.create({ id, alternative: value });
  return other?.create({ key, value: JSON.stringify(value) });
}

/** The marks of a letter, in the same order whatever the order of its attributes. */
export function marksOf(schema: Schema, attributes: Attributes | undefined): readonly Mark[] {
  let marks: readonly Mark[] = [];
  for (const key of Object.keys(attributes ?? {}).toSorted()) {
    const mark = markOf(schema, key, attributes?.[key]);
    if (mark !== undefined) marks = mark.addToSet(marks);
  }
  return marks;
}

/** Which attribute a mark shows. */
export function keyOf(mark: Mark): string {
  if (mark.type.name === 'bracket') return bracketKey(String(mark.attrs.id));
  return mark.type.name === 'other' ? String(mark.attrs.key) : mark.type.name;
}

/** The value by which a mark is stored; nothing for one that we do not write. */
export function valueOf({ type, attrs }: Mark): unknown {
  switch (type.name) {
    case 'bold':
    case 'italic':
      return true;
    case 'link':
      return isLink(attrs.href) ? attrs.href : undefined;
    case 'lang':
      return isLanguage(attrs.lang) ? attrs.lang : undefined;
    case 'bracket':
      return isAlternative(attrs.alternative) ? attrs.alternative : undefined;
    default:
      return undefined;
  }
}

export function attributesOf(marks: readonly Mark[]): Attributes {
  const stored = marks.map((mark): [string, unknown] => [keyOf(mark), valueOf(mark)]);
  return Object.fromEntries(stored.filter(([, value]) => value !== undefined));
}

export function blockAttributes(attributes: Attributes | undefined): BlockAttributes {
  const { block, dir, start } = attributes ?? {};
  return {
    block: block === undefined || block === null ? PARAGRAPH : typeof block === 'string' ? block : JSON.stringify(block),
    dir: isDirection(dir) ? dir : null,
    start: isStart(start) ? start : null,
  };
}

/** What a block's paragraph mark says, as far as we write it. */
export function paragraphMark(block: Node): Attributes {
  const { block: kind, dir, start } = block.attrs as BlockAttributes;
  const mark: Record<string, unknown> = {};
  if (kind !== PARAGRAPH && shapeOf(kind) !== undefined) mark.block = kind;
  if (isDirection(dir)) mark.dir = dir;
  if (isStart(start)) mark.start = start;
  return mark;
}

/** What has to be formatted so that `before` becomes `now`; nothing where they are equal. */
export function difference(before: Attributes, now: Attributes): Record<string, unknown> | undefined {
  const changed: Record<string, unknown> = {};
  for (const key in before) if (!(key in now)) changed[key] = null;
  for (const key in now) if (before[key] !== now[key]) changed[key] = now[key];
  return Object.keys(changed).length > 0 ? changed : undefined;
}
