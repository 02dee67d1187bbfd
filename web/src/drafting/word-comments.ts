// Comments of a file become threads of the draft, each on the passage that its words came to be. They are written by whoever brings them
// in; who made them in the file is named only if that person says so.
import type { Editor } from '@tiptap/react';
import { openThread, replyIn } from '../api/queries';
import type { Block, Comparison, NewThread, WordComment } from '../api/types';
import { anchorOf } from '../editor/binding/anchors';
import { indexOf } from '../editor/binding/places';
import type { SharedDraft } from '../editor/binding/shared';
import { newOf, rawPiece } from '../editor/compared';
import { rawOf } from '../editor/settled-blocks';
import { BODY } from '../text/draft';

/** Letters of one remark, as the server bounds it (`REMARK_CHARS_MAX`), with room for who said it. */
const PART_CHARS = 1_800;

export interface Placed {
  comment: WordComment;
  /** Nothing where its words do not stand in the draft. */
  passage: Pick<NewThread, 'root' | 'first' | 'last' | 'quote'> | undefined;
}

/** Finds the passages, once the text has come in and before anybody writes on. */
export function placed(comments: readonly WordComment[], { rows }: Comparison, editor: Editor, draft: SharedDraft): Placed[] {
  const blocks = rows.map(newOf).filter((block) => block !== undefined);
  const { doc } = editor.state;
  // Also in words that are only proposed.
  const standing: { raw: string; pos: number }[] = [];
  doc.forEach((node, pos) => void (node.content.size > 0 && standing.push({ raw: rawOf(node), pos })));
  return comments.map((comment) => {
    const { place } = comment;
    const block = place === undefined ? undefined : blocks[place.block];
    if (place === undefined || block === undefined) return { comment, passage: undefined };
    const raw = rawIn(block);
    const quote = raw.slice(place.from, place.to);
    const inOrder = [...standing.slice(place.block), ...standing.slice(0, place.block)];
    const exact = inOrder.find((one) => one.raw === raw);
    const like = exact ?? inOrder.find((one) => one.raw.includes(quote));
    if (like === undefined || quote.trim() === '') return { comment, passage: undefined };
    const begin = like.pos + 1 + (exact === undefined ? like.raw.indexOf(quote) : place.from);
    const anchor = anchorOf(draft.body, indexOf(doc, begin), indexOf(doc, begin + quote.length));
    return { comment, passage: anchor && { root: BODY, ...anchor } };
  });
}

const rawIn = ({ content }: Block) => content.map(rawPiece).join('');

/** Opens the threads, one after another. Answers those that could not be opened. */
export async function open(statement: string, all: readonly Placed[], says: (author: string) => string): Promise<WordComment[]> {
  const failed: WordComment[] = [];
  for (const { comment, passage } of all) {
    if (passage === undefined) {
      failed.push(comment);
      continue;
    }
    try {
      const [first = '', ...more] = partsOf(comment.author, comment.body, says);
      // oxlint-disable-next-line no-await-in-loop -- in the order of the text
      const { id } = await openThread(statement, { ...passage, among: 'all', body: first, mentions: [] });
      const replies = [...more, ...comment.replies.flatMap(({ author, body }) => partsOf(author, body, says))];
      for (const reply of replies) {
        // oxlint-disable-next-line no-await-in-loop -- each answers the one before
        await replyIn(statement, id, { body: reply, mentions: [] });
      }
    } catch {
      failed.push(comment);
    }
  }
  return failed;
}

function partsOf(author: string, body: string, says: (author: string) => string): string[] {
  const letters = [...(body === '' ? '…' : body)];
  const parts = Array.from({ length: Math.ceil(letters.length / PART_CHARS) }, (_, at) => letters.slice(at * PART_CHARS, (at + 1) * PART_CHARS).join(''));
  return parts.map((part) => `${says(author)}\n${part}`);
}
