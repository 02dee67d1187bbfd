// What was found, drawn over the text; nothing is stored. Between two searches it moves along with the words.
import { Extension } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { Plugin, PluginKey } from '@tiptap/pm/state';
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view';
import type { Match } from './search';

const FINDS = new PluginKey<DecorationSet>('finds');

export const Finds = Extension.create({
  name: 'finds',
  addProseMirrorPlugins: () => [
    new Plugin<DecorationSet>({
      key: FINDS,
      state: {
        init: () => DecorationSet.empty,
        apply: (tr, before) => (tr.getMeta(FINDS) as DecorationSet | undefined) ?? before.map(tr.mapping, tr.doc),
      },
      props: {
        decorations(state) {
          return this.getState(state);
        },
      },
    }),
  ],
});

export function drawFinds(view: EditorView, matches: readonly Match[], current: Match | undefined): void {
  view.dispatch(view.state.tr.setMeta(FINDS, drawn(view.state.doc, matches, current)).setMeta('addToHistory', false));
}

function drawn(doc: Node, matches: readonly Match[], current: Match | undefined): DecorationSet {
  const inText = matches.filter(({ line }) => line.note === undefined).map((one) => Decoration.inline(one.from, one.to, { class: one === current ? 'found now' : 'found' }));
  const notes = new Map<number, boolean>();
  for (const one of matches) if (one.line.note !== undefined) notes.set(one.line.pos, notes.get(one.line.pos) === true || one === current);
  const atNumbers = [...notes].map(([pos, isNow]) => Decoration.node(pos, pos + 1, { class: isNow ? 'found now' : 'found' }));
  return DecorationSet.create(doc, [...inText, ...atNumbers]);
}
