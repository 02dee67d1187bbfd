// What one types at the head of a paragraph to make it a heading or an item: signs and a space. Only typed, never pasted, and never
// while an input method composes. The signs are written first, as anything that is typed, and what becomes of them is an act of its
// own: undo gives them back.
import { Extension } from '@tiptap/core';
import { Plugin, type EditorState, type Transaction } from '@tiptap/pm/state';
import { PARAGRAPH } from '../text/draft';
import { looksIn } from './looks';

/** What is typed before the space, and what the paragraph becomes. */
export const HABITS = [
  { typed: ['#'], block: 'title' },
  { typed: ['##'], block: 'heading:1' },
  { typed: ['###'], block: 'heading:2' },
  { typed: ['####'], block: 'heading:3' },
  { typed: ['1.'], block: 'numbered:1' },
  { typed: ['(a)'], block: 'numbered:2' },
  { typed: ['(i)'], block: 'numbered:3' },
  { typed: ['-', '*', '•'], block: 'bullet:1' },
  { typed: ['>'], block: 'quotation' },
] as const;

/** And around words, within a line: what they become. */
const AROUND = [
  { find: /(?:^|\s)(\*\*(?!\s)([^*]*[^*\s])\*\*)$/u, mark: 'bold', signs: 2 },
  { find: /(?:^|\s)(__(?!\s)([^_]*[^_\s])__)$/u, mark: 'bold', signs: 2 },
  { find: /(?:^|\s)(\*(?![\s*])([^*]*[^*\s])\*)$/u, mark: 'italic', signs: 1 },
  { find: /(?:^|\s)(_(?![\s_])([^_]*[^_\s])_)$/u, mark: 'italic', signs: 1 },
] as const;

/** `paragraphsOnly`: blocks stay what they are. `alone` makes an act of its own. */
export function habits({ paragraphsOnly, alone }: { paragraphsOnly: boolean; alone: (act: () => void) => void }): Extension {
  return Extension.create({
    name: 'habits',
    addProseMirrorPlugins: () => [
      new Plugin({
        props: {
          handleTextInput(view, from, to, text) {
            if (view.composing || from !== to) return false;
            const typed = view.state.tr.insertText(text, from, to);
            const after = view.state.apply(typed);
            // What is only typed here is not in the text yet; the block is what it was.
            if (becomes(after, paragraphsOnly, kindOf(view.state)) === undefined) return false;
            view.dispatch(typed);
            const act = becomes(view.state, paragraphsOnly);
            if (act !== undefined) alone(() => view.dispatch(act.scrollIntoView()));
            return true;
          },
        },
      }),
    ],
  });
}

/** What the signs before the caret make of the text; nothing where they are words like others. */
export function becomes(state: EditorState, paragraphsOnly: boolean, kind = kindOf(state)): Transaction | undefined {
  const { $from, empty } = state.selection;
  if (!empty || $from.depth === 0) return undefined;
  const before = $from.parent.textBetween(0, $from.parentOffset, undefined, '\uFFFC');
  return (paragraphsOnly || kind !== PARAGRAPH ? undefined : blockFrom(state, before)) ?? markFrom(state, before);
}

/** What the block is that one writes in. */
function kindOf(state: EditorState): string | undefined {
  const { $from } = state.selection;
  return $from.depth === 0 ? undefined : looksIn(state)($from.parent, $from.before()).block;
}

function blockFrom(state: EditorState, before: string): Transaction | undefined {
  const { $from } = state.selection;
  const habit = HABITS.find(({ typed }) => (typed as readonly string[]).some((signs) => before === `${signs} `));
  if (habit === undefined) return undefined;
  return state.tr.setNodeAttribute($from.before(), 'block', habit.block).delete($from.start(), $from.pos);
}

function markFrom(state: EditorState, before: string): Transaction | undefined {
  for (const { find, mark, signs } of AROUND) {
    const [, around] = find.exec(before) ?? [];
    const type = state.schema.marks[mark];
    if (around === undefined || type === undefined) continue;
    const { pos } = state.selection.$from;
    const start = pos - around.length;
    const tr = state.tr.delete(pos - signs, pos).delete(start, start + signs);
    return tr.addMark(start, pos - 2 * signs, type.create()).removeStoredMark(type);
  }
  return undefined;
}
