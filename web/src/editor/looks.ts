// What a block is to whoever writes here: as it is stored, or as they suggest that it be. Keys and commands go by this, so that what one
// has just suggested is what one goes on from.
import { Plugin, PluginKey, type EditorState } from '@tiptap/pm/state';
import type { Node } from '@tiptap/pm/model';
import { PARAGRAPH } from '../text/draft';
import type { BlockAttributes } from './binding/attributes';
import { markIndex } from './binding/places';
import { suggestingIn } from './binding/suggesting';
import type { Sheet } from './sheet';

type Reads = () => (doc: Node, pos: number) => BlockAttributes | undefined;

const LOOKS = new PluginKey<Reads>('looks');

export function looks({ draft, text }: Sheet): Plugin<Reads> {
  const reads: Reads = () => {
    if (draft.mode !== 'suggest') return () => undefined;
    const asked = suggestingIn(draft).looks(text);
    return (doc, pos) => {
      const set = asked(markIndex(doc, pos));
      return set === undefined ? undefined : { block: set.block ?? PARAGRAPH, dir: set.dir as BlockAttributes['dir'], start: set.start };
    };
  };
  return new Plugin({ key: LOOKS, state: { init: () => reads, apply: (_tr, same) => same } });
}

/** Reads what blocks are, as the text stands now. */
export function looksIn(state: EditorState): (block: Node, pos: number) => BlockAttributes {
  const asked = LOOKS.getState(state)?.();
  return (block, pos) => asked?.(state.doc, pos) ?? (block.attrs as BlockAttributes);
}
