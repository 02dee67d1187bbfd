// The number of a footnote is taken out of the text, or moved to another place, under the hands of somebody who writes in its words.
// They go on at the letter where they were as soon as the number stands in the text again; until then they are told where the words are.
import type { Editor } from '@tiptap/core';
import { NodeSelection } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import { noteRoot } from '../text/draft';
import { standOf, type Stand } from './binding/carets';
import type { SharedDraft } from './binding/shared';

export interface Parted {
  id: string;
  stand: Stand;
}

interface Place {
  view: EditorView;
  desk: { draft: SharedDraft; onParted: () => void };
  storage: { parted: Parted | undefined };
}

/** The number of this footnote goes while one writes in `inner`, its words. */
export function parts(place: Place, id: string, { state }: Editor): void {
  const { desk, storage, view } = place;
  const { draft } = desk;
  if (draft.undo.undoing || draft.undo.redoing) {
    // One's own undo took it; one is where it stood.
    globalThis.setTimeout(() => {
      if (!view.isDestroyed) view.focus();
    });
    return;
  }
  storage.parted = { id, stand: standOf(draft.note(id), noteRoot(id), state.doc, state.selection) };
  // Where it was only moved it stands in the text already.
  globalThis.setTimeout(() => {
    if (!view.isDestroyed && storage.parted?.id === id && !rejoins(place, id)) desk.onParted();
  });
}

/** Goes on in the words if their number stands in the text, and one has gone nowhere else meanwhile. Whether it stands there. */
export function rejoins({ view, storage }: Place, id: string): boolean {
  const { parted } = storage;
  const at = view.isDestroyed ? undefined : placeOf(view, id);
  if (parted?.id !== id || at === undefined) return false;
  storage.parted = undefined;
  const { activeElement, body } = document;
  if (activeElement === null || activeElement === body || activeElement.closest('.removed-notes') !== null) {
    view.dispatch(view.state.tr.setSelection(NodeSelection.create(view.state.doc, at)));
    view.nodeDOM(at)?.dispatchEvent(new CustomEvent('footnote-enter', { detail: parted.stand }));
  }
  return true;
}

function placeOf({ state }: EditorView, id: string): number | undefined {
  let at: number | undefined;
  state.doc.descendants(({ type, attrs }, pos) => {
    if (type.name === 'footnote' && attrs.id === id) at = pos;
    return at === undefined;
  });
  return at;
}
