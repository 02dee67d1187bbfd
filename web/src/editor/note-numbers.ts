// Tells each footnote's number in the line which it is, in the order of the text; for readers' voices, since the stylesheet counts for
// the eye. Decorations only; nothing is stored.
import { Extension } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { Plugin } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';

export const NoteNumbers = Extension.create({
  name: 'noteNumbers',
  addProseMirrorPlugins: () => [
    new Plugin<DecorationSet>({
      state: {
        init: (_config, { doc }) => counted(doc),
        apply: (tr, drawn) => (tr.docChanged ? counted(tr.doc) : drawn),
      },
      props: {
        decorations(state) {
          return this.getState(state);
        },
      },
    }),
  ],
});

/** Which footnote it is, by what is drawn at it. */
export function numberAt(decorations: readonly Decoration[]): number | undefined {
  const told: unknown = decorations.map(({ spec }) => spec.note as unknown).find((note) => note !== undefined);
  return typeof told === 'number' ? told : undefined;
}

function counted(doc: Node): DecorationSet {
  const found: Decoration[] = [];
  doc.forEach((block, offset) => {
    for (const at of notesIn(block)) found.push(Decoration.node(offset + 1 + at, offset + 2 + at, {}, { note: found.length + 1 }));
  });
  return found.length === 0 ? DecorationSet.empty : DecorationSet.create(doc, found);
}

// A block that did not change is the same block.
const KNOWN = new WeakMap<Node, number[]>();

function notesIn(block: Node): number[] {
  let found = KNOWN.get(block);
  if (found === undefined) {
    const places: number[] = [];
    block.forEach((child, offset) => child.type.name === 'footnote' && places.push(offset));
    KNOWN.set(block, places);
    found = places;
  }
  return found;
}
