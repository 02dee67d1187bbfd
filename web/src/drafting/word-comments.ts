// Comments of a file become threads of the draft, each on the passage that its words came to be, and so does who changed a paragraph
// there. They are written by whoever brings the file in; who is behind them in the file is named only if that person says so.
import type { Node } from '@tiptap/pm/model';
import type { Editor } from '@tiptap/react';
import { openThread, replyIn } from '../api/queries';
import type { Block, Comparison, NewThread, WordComment, WordPreview } from '../api/types';
import { anchorOf } from '../editor/binding/anchors';
import { indexOf } from '../editor/binding/places';
import type { SharedDraft } from '../editor/binding/shared';
import { newOf, rawPiece } from '../editor/compared';
import { rawOf, standingIn } from '../editor/settled-blocks';
import { BODY } from '../text/draft';

/** Letters of one remark, as the server bounds it (`REMARK_CHARS_MAX`), with room for who said it. */
const PART_CHARS = 1_800;

export interface Placed {
  /** Who said it in the file, and what. */
  author: string;
  body: string;
  replies: WordComment['replies'];
  /** Nothing where its words do not stand in the draft. */
  passage: Pick<NewThread, 'root' | 'first' | 'last' | 'quote'> | undefined;
}

/** Who changed paragraphs in a file, as remarks on those that change here; `says` puts it in words. */
export function changedIn({ comparison, changed }: WordPreview, says: (authors: readonly string[]) => string): WordComment[] {
  const rows = comparison.rows.filter((row) => newOf(row) !== undefined);
  return changed.flatMap(({ block, authors }) => {
    const row = rows[block];
    const content = row === undefined || row.row === 'same' ? undefined : newOf(row);
    if (content === undefined) return [];
    return [{ author: '', body: says(authors), replies: [], place: { block, from: 0, to: rawIn(content).length } }];
  });
}

/** Finds the passages, once the text has come in and before anybody writes on. */
export function placed(comments: readonly WordComment[], { rows }: Comparison, editor: Editor, draft: SharedDraft): Placed[] {
  const { doc } = editor.state;
  const blocks = rows.map(newOf).filter((block) => block !== undefined);
  const kept = keptIn(rows, doc, draft);
  // Also in words that are only proposed.
  const standing: { raw: string; pos: number }[] = [];
  doc.forEach((node, pos) => void (node.content.size > 0 && standing.push({ raw: rawOf(node), pos })));
  return comments.map(({ author, body, replies, place }) => {
    const block = place === undefined ? undefined : blocks[place.block];
    if (place === undefined || block === undefined) return { author, body, replies, passage: undefined };
    const raw = rawIn(block);
    const quote = raw.slice(place.from, place.to);
    const inOrder = [...standing.slice(place.block), ...standing.slice(0, place.block)];
    const exact = inOrder.find((one) => one.raw === raw);
    const like = quote.trim() === '' ? undefined : (exact ?? inOrder.find((one) => one.raw.includes(quote)));
    const begin = like === undefined ? undefined : like.pos + 1 + (exact === undefined ? like.raw.indexOf(quote) : place.from);
    // Where it is suggested otherwise, the paragraph as it stands.
    const [from, to] = begin === undefined ? (kept[place.block] ?? []) : [begin, begin + quote.length];
    const anchor = from === undefined || to === undefined ? undefined : anchorOf(draft.body, indexOf(doc, from), indexOf(doc, to));
    return { author, body, replies, passage: anchor && { root: BODY, ...anchor } };
  });
}

/** Where the paragraphs of the newer text stand that were in the older one, as long as that is what the draft says: by their place. */
function keptIn(rows: Comparison['rows'], doc: Node, draft: SharedDraft): (readonly [number, number] | undefined)[] {
  const standing = standingIn(doc, draft);
  let at = 0;
  return rows.flatMap((row) => {
    const here = row.row === 'added' || row.row === 'moved' ? undefined : standing?.[at++]?.at;
    if (newOf(row) === undefined) return [];
    const [first, last] = [here?.[0], here?.at(-1)];
    return [first === undefined || last === undefined || draft.mode !== 'suggest' ? undefined : ([first, last + 1] as const)];
  });
}

const rawIn = ({ content }: Block) => content.map(rawPiece).join('');

/** Opens the threads, one after another. Answers what could not be said, in its words. */
export async function open(statement: string, all: readonly Placed[], says: (author: string) => string): Promise<string[]> {
  const failed: string[] = [];
  for (const { author, body, replies, passage } of all) {
    if (passage === undefined) {
      failed.push(body);
      continue;
    }
    try {
      const [first = '', ...more] = partsOf(author, body, says);
      // oxlint-disable-next-line no-await-in-loop -- in the order of the text
      const { id } = await openThread(statement, { ...passage, among: 'all', body: first, mentions: [] });
      for (const reply of [...more, ...replies.flatMap((one) => partsOf(one.author, one.body, says))]) {
        // oxlint-disable-next-line no-await-in-loop -- each answers the one before
        await replyIn(statement, id, { body: reply, mentions: [] });
      }
    } catch {
      failed.push(body);
    }
  }
  return failed;
}

function partsOf(author: string, body: string, says: (author: string) => string): string[] {
  const letters = [...(body === '' ? '…' : body)];
  const parts = Array.from({ length: Math.ceil(letters.length / PART_CHARS) }, (_, at) => letters.slice(at * PART_CHARS, (at + 1) * PART_CHARS).join(''));
  return parts.map((part) => `${says(author)}${part}`);
}
