// What differs between two readings of a text, by paragraph, in the words of both.
import type { Block, Inline, StatementText } from '../api/types';

// More than this is a new text: it is read as a whole.
const SHOWN_MAX = 12;
// So much of a paragraph is shown: from a little before the place where it differs.
const EXCERPT_CHARS_MAX = 200;
const BEFORE_CHARS = 40;

export interface TextChanges {
  /** Paragraphs that were not there as they are now. */
  now: string[];
  /** Paragraphs that are gone, or were written otherwise. */
  before: string[];
}

export function textChanges(before: StatementText, now: StatementText): TextChanges {
  const [were, are] = [before.blocks.flatMap(lines), now.blocks.flatMap(lines)];
  const [came, went] = [only(are, were), only(were, are)];
  return { now: excerpts(came, went), before: excerpts(went, came) };
}

function only(these: string[], others: string[]): string[] {
  const known = new Map<string, number>();
  for (const line of others) known.set(line, (known.get(line) ?? 0) + 1);
  return these.filter((line) => {
    const left = known.get(line) ?? 0;
    known.set(line, left - 1);
    return left <= 0;
  });
}

function excerpts(these: string[], others: string[]): string[] {
  return these.slice(0, SHOWN_MAX).map((line) => {
    const same = Math.max(0, ...others.slice(0, SHOWN_MAX).map((other) => commonStart(line, other)));
    const from = same > BEFORE_CHARS ? line.lastIndexOf(' ', same - BEFORE_CHARS) + 1 : 0;
    const part = line.slice(from, from + EXCERPT_CHARS_MAX);
    return `${from > 0 ? '…' : ''}${part}${from + part.length < line.length ? '…' : ''}`;
  });
}

function commonStart(one: string, other: string): number {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  return at;
}

function lines({ label, content }: Block): string[] {
  return [label === undefined ? words(content) : `${label} ${words(content)}`, ...notes(content)];
}

function words(content: Inline[]): string {
  return content.map((inline) => (inline.type === 'text' ? inline.text : inline.type === 'break' ? ' ' : '')).join('');
}

function notes(content: Inline[]): string[] {
  return content.flatMap((inline) => (inline.type === 'footnote' ? [inline.content.map((paragraph) => words(paragraph.content)).join(' ')] : []));
}
