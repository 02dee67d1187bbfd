// Writes blocks for a clipboard. The HTML is what other programs read well: headings, lists nested in their items, notes linked
// there and back as Word writes them, which makes real footnotes there. For ourselves each block also says what it is, because a
// list's HTML says less than we know.
import { shapeOf } from '../text/draft';
import { Numbering, type Numbered } from '../text/numbering';
import { isNote, kindOf, SOFT_RETURN, wordsOf, type Letters, type NoteRef, type PastedBlock } from './blocks';

/** With `open`, words that melt into those they are pasted into: without a block around them. */
export function writeHtml(blocks: PastedBlock[], open = false): string {
  const notes: NoteRef[] = [];
  const inline = (content: PastedBlock['content']) => content.map((one) => (isNote(one) ? reference(one, notes) : letters(one))).join('');
  const [only] = blocks;
  const melts = open && blocks.length === 1 && only !== undefined;
  const body = melts ? `<span data-block="open">${inline(only.content)}</span>` : bodyOf(blocks, inline);
  return `<meta charset="utf-8">${body}${noteList(notes)}`;
}

/** The same in plain text; a note stands in brackets at its place, since its number would lead nowhere. */
export function writePlain(blocks: PastedBlock[]): string {
  const numbers = numbersOf(blocks);
  const lines = blocks.map(({ block, content }, at) => {
    const { kind, level } = kindOf(block);
    const listed = kind === 'bullet' || kind === 'ordered' || kind === 'numbered' || kind === 'continuation';
    const indent = listed ? '    '.repeat(level - 1) : '';
    const label = numbers[at]?.label ?? (kind === 'bullet' ? '•' : '');
    const words = content.map((one) => (isNote(one) ? ` [${one.note.map((part) => wordsOf(part.content)).join(' ')}]` : one.text)).join('');
    return `${indent}${label}${label === '' ? '' : ' '}${words.replaceAll(SOFT_RETURN, `\n${indent}`)}`;
  });
  return lines.join('\n');
}

const HEADINGS: Record<string, string> = { title: 'h1', 'heading:1': 'h2', 'heading:2': 'h3', 'heading:3': 'h4' };
// Figures are what a list has by itself; where they are asked for, LibreOffice no longer sees where they begin.
const TYPES = ['', ' type="a"', ' type="i"'];

/** A list that is open, with the level of its items, and whether an item of it is. */
interface Open {
  tag: 'ul' | 'ol';
  family: 'numbered' | 'list';
  item: boolean;
}

function bodyOf(blocks: PastedBlock[], inline: (content: PastedBlock['content']) => string): string {
  const out: string[] = [];
  const lists: Open[] = [];
  const numbers = numbersOf(blocks);
  const close = (level: number) => {
    while (lists.length > level) {
      const { tag, item } = lists.pop() as Open;
      out.push(`${item ? '</li>' : ''}</${tag}>`);
    }
  };
  for (const [at, one] of blocks.entries()) {
    const { kind, level } = kindOf(one.block);
    const words = inline(one.content);
    const says = attributes(one);
    if (kind === 'bullet' || kind === 'ordered' || kind === 'numbered') {
      const family = kind === 'numbered' ? 'numbered' : 'list';
      const tag = kind === 'bullet' ? 'ul' : 'ol';
      if (lists.some((list) => list.family !== family)) close(0);
      close(level);
      if (lists[level - 1]?.tag !== tag || one.start !== undefined) close(level - 1);
      // Levels that nothing stands on are lists in lists, as other programs write them too.
      while (lists.length < level) {
        const own = lists.length === level - 1;
        out.push(own ? opening(tag, level, numbers[at]?.number ?? 1) : `<${tag}>`);
        lists.push({ tag, family, item: false });
      }
      const list = lists[level - 1] as Open;
      out.push(`${list.item ? '</li>' : ''}<li><p${says}>${words}</p>`);
      list.item = true;
    } else if (kind === 'continuation') {
      const within = lists.slice(0, level).findLastIndex(({ item }) => item);
      close(within + 1);
      out.push(within < 0 ? `<p${says} style="margin-left: ${level * 36}pt">${words}</p>` : `<p${says}>${words}</p>`);
    } else {
      close(0);
      const tag = HEADINGS[one.block] ?? 'p';
      out.push(kind === 'quotation' ? `<blockquote><p${says}>${words}</p></blockquote>` : `<${tag}${says}>${words}</${tag}>`);
    }
  }
  close(0);
  return out.join('');
}

function opening(tag: 'ul' | 'ol', level: number, number: number): string {
  if (tag === 'ul') return '<ul>';
  const type = TYPES[(level - 1) % TYPES.length] ?? '';
  return `<ol${type}${number === 1 ? '' : ` start="${number}"`}>`;
}

function attributes({ block, dir, start }: PastedBlock): string {
  return ` data-block="${escaped(block)}"${start === undefined ? '' : ` data-start="${start}"`}${dir === undefined ? '' : ` dir="${dir}"`}`;
}

function letters({ text, bold, italic, link, lang }: Letters): string {
  let html = escaped(text).replaceAll(SOFT_RETURN, '<br>');
  if (italic) html = `<i>${html}</i>`;
  if (bold) html = `<b>${html}</b>`;
  if (lang !== undefined) html = `<span lang="${escaped(lang)}">${html}</span>`;
  return link === undefined ? html : `<a href="${escaped(link)}">${html}</a>`;
}

function reference(note: NoteRef, notes: NoteRef[]): string {
  notes.push(note);
  const number = notes.length;
  const id = note.id === undefined ? '' : escaped(note.id);
  return `<a href="#_ftn${number}" name="_ftnref${number}" style="mso-footnote-id:ftn${number}" data-note="${id}">${mark(number)}</a>`;
}

const mark = (number: number) => `<sup style="mso-special-character:footnote">[${number}]</sup>`;

function noteList(notes: NoteRef[]): string {
  if (notes.length === 0) return '';
  const list = notes.map(({ note }, at) => {
    const number = at + 1;
    const back = `<a href="#_ftnref${number}" name="_ftn${number}" style="mso-footnote-id:ftn${number}">${mark(number)} </a>`;
    const paragraphs = note.map((one, place) => {
      const words = one.content.map((part) => (isNote(part) ? '' : letters(part))).join('');
      return `<p class="MsoFootnoteText"${attributes(one)}>${place === 0 ? back : ''}${words}</p>`;
    });
    const all = paragraphs.length === 0 ? `<p class="MsoFootnoteText">${back}</p>` : paragraphs.join('');
    return `<div style="mso-element:footnote" id="ftn${number}">${all}</div>`;
  });
  return `<div style="mso-element:footnote-list"><hr align="left" size="1" width="33%">${list.join('')}</div>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll('\u00A0', '&nbsp;');
}

/** What each block is numbered by, as the text draws it. */
function numbersOf(blocks: PastedBlock[]): Numbered[] {
  const numbering = new Numbering();
  return blocks.map(({ block, start }) => numbering.next(shapeOf(block), start ?? null));
}
