// "/" at the head of an empty paragraph offers what the paragraph can become. The slash is typed like any other sign and stays unless
// something is taken: with a space, with words that name nothing here, with Escape or elsewhere the offer is gone. It takes no key
// before something is chosen, and it never opens while an input method composes.
import { Extension, type Editor } from '@tiptap/core';
import { Plugin, PluginKey, type EditorState, type Transaction } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import { PARAGRAPH } from '../text/draft';
import { fold } from '../text/folding';

export interface Offer {
  /** A block, or a footnote. */
  what: string;
  label: string;
}

export interface Offered {
  /** Of the paragraph. */
  pos: number;
  sought: string;
  offers: readonly Offer[];
  /** -1 while nothing is chosen. */
  chosen: number;
}

type Told = 'open' | 'close' | { chosen: number };

const SLASH = new PluginKey<Offered | undefined>('slash');

interface Options {
  offers: () => readonly Offer[];
  /** Puts it where the slash stands, and what was typed behind it. */
  take: Take;
}

type Take = (editor: Editor, what: string, slash: { from: number; to: number }) => void;

declare module '@tiptap/core' {
  interface Storage {
    slash: { take: Take };
  }
}

export function slash({ offers, take }: Options): Extension {
  const next = (tr: Transaction, open: Offered | undefined, state: EditorState): Offered | undefined => {
    const told = tr.getMeta(SLASH) as Told | undefined;
    if (told === 'close' || (open === undefined && told !== 'open')) return undefined;
    const pos = open === undefined ? state.selection.$from.before() : tr.mapping.map(open.pos, -1);
    const sought = soughtAt(state, pos);
    if (sought === undefined) return undefined;
    const found = offers().filter(({ label }) => plain(label).includes(plain(sought)));
    if (found.length === 0) return undefined;
    const chosen = typeof told === 'object' ? told.chosen : sought === open?.sought ? open.chosen : sought === '' ? -1 : 0;
    return { pos, sought, offers: found, chosen: Math.min(chosen, found.length - 1) };
  };
  const hears = (editor: Editor, { key, isComposing }: KeyboardEvent): boolean => {
    const { view } = editor;
    const open = offered(view.state);
    if (open === undefined || isComposing) return false;
    const { chosen, offers: found } = open;
    const tells = (told: Told) => {
      view.dispatch(view.state.tr.setMeta(SLASH, told));
      return true;
    };
    if (key === 'ArrowDown') return tells({ chosen: (chosen + 1) % found.length });
    if (key === 'ArrowUp') return tells({ chosen: chosen <= 0 ? found.length - 1 : chosen - 1 });
    if (key === 'Escape') return tells('close');
    const offer = found[chosen];
    if ((key !== 'Enter' && key !== 'Tab') || offer === undefined) return false;
    takes(editor, offer);
    return true;
  };
  const closes = (view: EditorView): boolean => {
    if (offered(view.state) !== undefined) view.dispatch(view.state.tr.setMeta(SLASH, 'close'));
    return false;
  };
  return Extension.create({
    name: 'slash',
    // Before what Enter and Tab do to blocks.
    priority: 950,
    addStorage: () => ({ take }),
    addProseMirrorPlugins() {
      const { editor } = this;
      return [
        new Plugin<Offered | undefined>({
          key: SLASH,
          state: { init: () => undefined, apply: (tr, open, _before, state) => next(tr, open, state) },
          props: {
            handleTextInput(view, from, to, text) {
              if (text !== '/' || view.composing || from !== to || !isEmptyParagraph(view.state)) return false;
              view.dispatch(view.state.tr.insertText(text, from, to).setMeta(SLASH, 'open'));
              return true;
            },
            handleKeyDown: (_view, event) => hears(editor, event),
            handleDOMEvents: { blur: closes, compositionstart: closes },
            attributes(state): Record<string, string> {
              const open = offered(state);
              if (open === undefined) return {};
              const controls = { 'aria-haspopup': 'listbox', 'aria-controls': 'slash-menu' };
              return open.chosen < 0 ? controls : { ...controls, 'aria-activedescendant': `slash-${open.chosen}` };
            },
          },
        }),
      ];
    },
  });
}

/** Takes what is offered, as one act. */
export function takes(editor: Editor, { what }: Offer): void {
  const open = offered(editor.state);
  if (open !== undefined) editor.storage.slash.take(editor, what, { from: open.pos + 1, to: open.pos + 2 + open.sought.length });
}

export function offered(state: EditorState): Offered | undefined {
  return SLASH.getState(state);
}

function isEmptyParagraph({ selection: { $from, empty } }: EditorState): boolean {
  return empty && $from.depth === 1 && $from.parent.attrs.block === PARAGRAPH && $from.parent.content.size === 0;
}

/** What stands behind the slash, as long as it is all there is in the paragraph and the caret stands at its end. */
function soughtAt({ doc, selection }: EditorState, pos: number): string | undefined {
  const block = doc.nodeAt(pos);
  const { $from, empty } = selection;
  if (!empty || block === null || $from.depth === 0 || $from.before() !== pos || $from.parentOffset !== block.content.size) return undefined;
  const text = block.textBetween(0, block.content.size, undefined, ' ');
  return /^\/\S{0,40}$/u.test(text) ? text.slice(1) : undefined;
}

const plain = (text: string) => fold(text, { case: false, forms: false }).text;
