// A draft's documents as they would be where its suggestions are settled in some way.
import type { Node } from '@tiptap/pm/model';
import { documentOf } from './binding/reading';
import { settled, stretchesOf, type Settlement } from './binding/settling';
import type { SharedDraft } from './binding/shared';
import type { NoteWords } from './lines';
import { SCHEMA } from './schema';

export function readsAs(draft: SharedDraft, settlement: Settlement): { doc: Node; words: NoteWords } {
  return {
    doc: documentOf(SCHEMA, stretchesOf(settled(draft.body, settlement))),
    words: (id) => documentOf(SCHEMA, stretchesOf(settled(draft.note(id), settlement))),
  };
}
