// What is chosen in an editor, as one asks who wrote it.
import type { Editor } from '@tiptap/react';
import { noteOf } from '../text/draft';
import { Passages } from './binding/anchors';
import { lettersOf, type Letters } from './binding/letters';
import { indexOf } from './binding/places';
import { Said } from './binding/said';
import type { SharedDraft } from './binding/shared';
import type { Marked } from './remarked';

export interface ChosenLetters extends Letters {
  root: string;
  from: number;
  to: number;
}

/** Nothing where no letter is chosen. */
export function lettersIn(editor: Editor): ChosenLetters | undefined {
  const { draft, text, root } = editor.storage.remarked.sheet;
  // What the page shows and has not written yet is asked about, too.
  draft.settle();
  const { doc, selection } = editor.state;
  const [from, to] = [indexOf(doc, selection.from), indexOf(doc, selection.to)];
  const letters = lettersOf(text, from, to);
  return letters.stretches.length === 0 ? undefined : { root, from, to, ...letters };
}

/** Those of the passages that stand among these letters, or reach into them. */
export function touching(draft: SharedDraft, { root, from, to }: ChosenLetters, passages: readonly Marked[]): string[] {
  const note = noteOf(root);
  const text = new Passages(note === undefined ? draft.body : draft.note(note));
  const touches = (passage: Marked) => {
    const place = passage.root === root ? text.find(passage) : undefined;
    return place !== undefined && place.from < to && place.to > from;
  };
  return passages.filter(touches).map(({ id }) => id);
}

/** The suggestions that these letters came with, each once: `handle.sid`. */
export function cameWith(draft: SharedDraft, { stretches }: Letters): string[] {
  const said = new Said(draft);
  const of = (stretch: string) => {
    const [client = 0, clock = 0, len = 0] = stretch.split('.').map(Number);
    const handle = said.proposes.get(client);
    return handle === undefined ? [] : said.bySid({ client, clock, len }).map(({ sid }) => `${handle}.${sid}`);
  };
  return [...new Set(stretches.flatMap(of))];
}
