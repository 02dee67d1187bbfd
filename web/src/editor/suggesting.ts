// What is done in an editor while its writer only suggests. Each of their acts is shown as what it is, a suggestion, before anything is
// written (binding/suggested.ts).
//
// An input method works on what the page shows, and breaks where that is changed under it. What it only brings is written as it comes.
// Where it takes words that are not one's own to put, it is left alone until it has done, and then everything it did is one act.
import type { Transaction } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import { FROM_TEXT, type Binding } from './binding/binding';
import type { Operation } from './binding/operations';
import { operationsIn, planOf, suggested } from './binding/suggested';
import { suggestingIn } from './binding/suggesting';
import type { Sheet } from './sheet';

export class Suggests {
  /** What an input method did that the text does not say yet. */
  private held: Operation[] | undefined;

  constructor(private readonly sheet: Sheet) {}

  /** What is shown instead of an act of this editor. */
  instead(view: EditorView, tr: Transaction): Transaction {
    const { draft, text } = this.sheet;
    if (draft.mode !== 'suggest' || !tr.docChanged || tr.getMeta(FROM_TEXT) === true || planOf(tr) !== undefined) return tr;
    if (this.held === undefined) {
      const made = suggested(view.state, tr, text, draft);
      if (made === tr || !view.composing) return made;
      this.held = [];
    }
    this.held.push(...operationsIn(tr));
    return tr.setMeta(FROM_TEXT, true);
  }

  /** Writes what was held, and shows it as it is. */
  releases(binding: Binding): void {
    const { held } = this;
    if (held === undefined) return;
    this.held = undefined;
    const { draft, text } = this.sheet;
    suggestingIn(draft).plan(text, held)?.write(binding);
    binding.meet();
  }
}
