// The paragraphs that a draft's text has, as the server settles it: without what is only proposed, and without those that say nothing. A
// proposed mark parts no paragraph, so one may run through several blocks of the page.
import type { Node } from '@tiptap/pm/model';
import type { Text } from 'yjs';
import type { Block, NoteParagraph } from '../api/types';
import { startOf } from './binding/changes';
import { proposalsIn } from './binding/proposals';
import type { Ranges } from './binding/ranges';
import type { SharedDraft } from './binding/shared';
import { MARK } from './binding/units';

/** A paragraph of the text. */
export interface Standing {
  /** The block whose mark ends it, and where that begins. */
  node: Node;
  pos: number;
  /** Where each unit of it stands in the document. */
  at: number[];
  /** Unit for unit: letters, `\n` for a soft return, `\uFFFC` for a footnote. */
  raw: string;
  /** What it says, its footnotes within it. */
  said: string;
  /** It is that block, and nothing proposed stands in it. */
  isWhole: boolean;
}

/** Nothing where the page shows something that the text does not say yet. */
export function standingIn(doc: Node, draft: SharedDraft): Standing[] | undefined {
  const { pending } = proposalsIn(draft);
  const proposed = proposedIn(draft.body, pending);
  if (proposed.length !== doc.content.size - doc.childCount) return undefined;
  const found: Standing[] = [];
  let open: Pick<Standing, 'at' | 'raw' | 'said'> & { from: number } = { at: [], raw: '', said: '', from: 0 };
  let index = 0;
  doc.forEach((node, pos, place) => {
    node.forEach((child, offset) => {
      const raw = rawOfUnits(child);
      for (const [unit, sign] of raw.split('').entries()) {
        if (proposed[index + offset + unit] === true) continue;
        open.at.push(pos + 1 + offset + unit);
        open.raw += sign;
        open.said += child.type.name === 'footnote' ? noted(draft, String(child.attrs.id), pending) : sign;
      }
    });
    index += node.content.size + 1;
    if (proposed[index - 1] === true && place + 1 < doc.childCount) return;
    const isWhole = open.from === place && open.at.length === node.content.size;
    const said = plain(open.said);
    if (said.trim() !== '') found.push({ node, pos, at: open.at, raw: open.raw, said, isWhole });
    open = { at: [], raw: '', said: '', from: place + 1 };
  });
  return found;
}

/** The same of a paragraph of a text. */
export function saidOf({ content }: Block): string {
  const note = (paragraphs: readonly NoteParagraph[]) => paragraphs.map(({ content: words }) => plain(words.map((piece) => (piece.type === 'text' ? piece.text : '\n')).join(''))).join('|');
  return plain(content.map((inline) => (inline.type === 'text' ? inline.text : inline.type === 'break' ? '\n' : `[${note(inline.content)}]`)).join(''));
}

/** A block unit for unit. */
export function rawOf(node: Node): string {
  return node.children.map(rawOfUnits).join('');
}

const SIGNS: Partial<Record<string, string>> = { break: '\n', footnote: '\uFFFC' };
const rawOfUnits = (node: Node) => (node.isText ? (node.text ?? '') : (SIGNS[node.type.name] ?? '\uFFFD'));

/** Of each unit of a text whether it is only proposed. */
function proposedIn(text: Text, pending: Ranges): boolean[] {
  const all: boolean[] = [];
  for (let item = startOf(text); item !== null; item = item.right) {
    if (item.deleted || !item.countable) continue;
    for (const { len, within } of pending.parts({ client: item.id.client, clock: item.id.clock, len: item.length })) {
      for (let unit = 0; unit < len; unit += 1) all.push(within);
    }
  }
  return all;
}

/** What a footnote says; nothing of one that says nothing. */
function noted(draft: SharedDraft, id: string, pending: Ranges): string {
  const text = draft.note(id);
  const proposed = proposedIn(text, pending);
  const words = text.toString();
  const settled = words.length === proposed.length ? words.split('').filter((_letter, at) => proposed[at] !== true).join('') : words;
  const paragraphs = settled.split(MARK).map((line) => plain(line.replaceAll('\u2028', '\n'))).filter((line) => line.trim() !== '');
  return paragraphs.length === 0 ? '' : `[${paragraphs.join('|')}]`;
}

/** As the server settles words (`server/text/from_draft.rs`). */
function plain(words: string): string {
  return words
    .replaceAll(/[\u200B\uFEFF]/gu, '')
    .replaceAll(/[\t\r\u0085\u2029]/gu, ' ')
    .replaceAll(/\p{Cc}/gu, (sign) => (sign === '\n' ? sign : ''))
    .normalize('NFC');
}
