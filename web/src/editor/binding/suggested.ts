// An editor's act as a suggestion: the transaction that shows it, instead of the one that would have made it so. The editor goes on
// showing exactly what is stored, struck words too; what is asked of them is drawn around them.
import { NodeSelection, TextSelection, type EditorState, type Transaction } from '@tiptap/pm/state';
import type { Text } from 'yjs';
import { apply } from './applying';
import { operationsOf, type Operation } from './operations';
import { besideLetter, indexOf, placeAt } from './places';
import type { Way } from './planning';
import type { SharedDraft } from './shared';
import { suggestingIn, type Plan } from './suggesting';

const PLAN = 'plan';

/** What is to be written instead of a transaction's steps. */
export function planOf(tr: Transaction): Plan | undefined {
  return tr.getMeta(PLAN) as Plan | undefined;
}

export function operationsIn({ steps, docs, doc }: Transaction): Operation[] {
  return steps.flatMap((step, at) => operationsOf(step, docs[at] ?? doc, docs[at + 1] ?? doc));
}

/** The same transaction where it does what a suggestion does: where it only brings words, or takes one's own away again. */
export function suggested(state: EditorState, tr: Transaction, text: Text, draft: SharedDraft): Transaction {
  const operations = operationsIn(tr);
  const way = wayOf(state, operations);
  const plan = suggestingIn(draft).plan(text, operations, way);
  // Nobody knows yet whose it is; then nothing is done.
  if (plan === undefined) return state.tr;
  const made = state.tr;
  apply(made, plan.changes, plan.length);
  if (made.doc.eq(tr.doc)) return tr.setMeta(PLAN, plan);
  stand(made, tr, plan, way ?? 'backward');
  // Letters look like those they stand behind, until what is asked of them is accepted; whoever writes bold writes on in bold.
  const { selection } = made;
  const marks = tr.storedMarks ?? tr.selection.$from.marks();
  if (selection.empty && selection instanceof TextSelection && !same(marks, selection.$from.marks())) made.setStoredMarks(marks);
  if (tr.scrolledIntoView) made.scrollIntoView();
  for (const name of ['uiEvent', 'paste', 'addToHistory']) if (tr.getMeta(name) !== undefined) made.setMeta(name, tr.getMeta(name));
  return made.setMeta(PLAN, plan);
}

/** Which way a caret takes letters away: it stands at one end of them. */
function wayOf({ selection, doc }: EditorState, operations: readonly Operation[]): Way | undefined {
  if (!selection.empty || operations.some(({ is }) => is === 'insert')) return undefined;
  const gone = operations.filter((one) => one.is === 'delete');
  const [only] = gone;
  if (only === undefined || gone.length > 1) return undefined;
  const caret = indexOf(doc, selection.from);
  return only.at + only.length === caret ? 'backward' : only.at === caret ? 'forward' : undefined;
}

function stand(made: Transaction, { selection, doc }: Transaction, plan: Plan, side: Way): void {
  const at = (index: number) => placeAt(made.doc, plan.place(index, side))?.pos ?? made.doc.content.size - 1;
  if (selection instanceof NodeSelection && selection.node.isInline) {
    // A place that is chosen is told by its end: what is struck may stand before it.
    const pos = at(indexOf(doc, selection.to)) - 1;
    if (pos >= 0 && made.doc.nodeAt(pos)?.type === selection.node.type) {
      made.setSelection(NodeSelection.create(made.doc, pos));
      return;
    }
  }
  const [anchor, head] = [selection.anchor, selection.head].map((pos) => made.doc.resolve(besideLetter(made.doc, at(indexOf(doc, pos)))));
  if (anchor !== undefined && head !== undefined) made.setSelection(TextSelection.between(anchor, head));
}

function same(one: readonly { eq: (other: never) => boolean }[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((mark, at) => mark.eq(other[at] as never));
}
