// The binding of one editor to one stored text: steps of this editor become operations on the text, changes that others made (and
// undo) become steps of this editor. It owns neither: the editor says what it did (`wrote`), the text says what came.
//
// Both ways are exact, so the editor shows what is stored. Only where the text holds what this page's description does not know
// may a step have no operation (nobody writes what they do not understand); then the editor is set right at once.
import type { Node, Schema, Slice } from '@tiptap/pm/model';
import { TextSelection, type EditorState, type Transaction } from '@tiptap/pm/state';
import type { Text, Transaction as Shared, YTextEvent } from 'yjs';
import { shapeOf } from '../../text/draft';
import { apply } from './applying';
import { changesOf } from './changes';
import { documentOf, type Stretch } from './reading';
import { planOf } from './suggested';
import { MARK } from './units';
import { cutsLetter } from './places';
import { closeLastBlock, write } from './writing';

export interface Host {
  readonly state: EditorState;
  dispatch: (tr: Transaction) => void;
}

/** Marks a transaction that comes from the text and must not be written back. */
export const FROM_TEXT = 'fromText';

export class Binding {
  private readonly schema: Schema;

  /** `around` is called in the same shared transaction before anything is written: what belongs to this act. */
  constructor(
    readonly text: Text,
    private readonly host: Host,
    private readonly around: (transactions: readonly Transaction[]) => void = () => undefined,
  ) {
    this.schema = host.state.schema;
    text.observe(this.came);
  }

  leave(): void {
    this.text.unobserve(this.came);
  }

  /** Writes what the editor did, one act, or what it suggests. */
  wrote(transactions: readonly Transaction[]): void {
    const plans = transactions.map(planOf).filter((plan) => plan !== undefined);
    if (plans.length > 0) {
      for (const plan of plans) plan.write(this);
      this.meet();
      return;
    }
    const own = transactions.filter((tr) => tr.docChanged && tr.getMeta(FROM_TEXT) !== true);
    if (own.length === 0) return;
    this.text.doc?.transact(() => {
      this.around(own);
      closeLastBlock(this.text);
      for (const tr of own) tr.steps.forEach((step, at) => write(this.text, step, tr.docs[at] ?? tr.before, tr.docs[at + 1] ?? tr.doc));
    }, this);
    if (holdsUnknown(own.at(-1)?.doc) || own.some(cutsALetter)) this.meet();
  }

  /** Shows the text where the editor shows something else: it was drawn before the text changed. */
  meet(): void {
    if (!this.host.state.doc.eq(this.document())) this.setRight();
  }

  /** The document that the text is. */
  document(): Node {
    return documentOf(this.schema, this.text.toDelta() as Stretch[]);
  }

  private readonly came = (_event: YTextEvent, shared: Shared): void => {
    if (shared.origin === this) return;
    const { state } = this.host;
    const { tr } = state;
    apply(tr, changesOf(this.text, shared), this.text.length);
    stayBehindOwnLetter(tr, state);
    this.send(tr);
  };

  private setRight(): void {
    const { doc, tr } = this.host.state;
    const right = this.document();
    const start = doc.content.findDiffStart(right.content);
    const end = doc.content.findDiffEnd(right.content);
    if (start === null || end === null) return;
    const overlap = Math.max(0, start - Math.min(end.a, end.b));
    this.send(tr.replace(start, end.a + overlap, right.slice(start, end.b + overlap)));
  }

  private send(tr: Transaction): void {
    if (tr.docChanged) this.host.dispatch(tr.setMeta(FROM_TEXT, true).setMeta('addToHistory', false));
  }
}

/** What others write at one's caret comes behind it: whoever is in a word writes on there, also when its line is broken. */
function stayBehindOwnLetter(tr: Transaction, { selection }: EditorState): void {
  if (!tr.docChanged || !(selection instanceof TextSelection)) return;
  const { anchor, head, empty } = selection;
  // A choice does not grow, from either end.
  const side = (pos: number) => (!empty && pos === selection.from ? 1 : -1);
  const [from, to] = [anchor, head].map((pos) => tr.doc.resolve(tr.mapping.map(pos, side(pos))));
  if (from !== undefined && to !== undefined) tr.setSelection(TextSelection.between(from, to));
}

/** Whether a step stands in the middle of a letter; what is stored is whole. */
function cutsALetter({ steps, docs, doc }: Transaction): boolean {
  return steps.some((step, at) => {
    const { from, to, slice } = step as { from?: number; to?: number; slice?: Slice };
    const before = docs[at] ?? doc;
    return [from, to].some((pos) => pos !== undefined && cutsLetter(before, pos)) || (slice !== undefined && holdsHalf(slice));
  });
}

function holdsHalf({ content }: Slice): boolean {
  return /\p{Surrogate}/u.test(content.textBetween(0, content.size, MARK, MARK));
}

/** Whether the document shows something that cannot be written. */
function holdsUnknown(doc: Node | undefined): boolean {
  let found = false;
  doc?.descendants((node) => {
    found ||= node.type.name === 'unknown' || node.marks.some(({ type }) => type.name === 'other') || isUnknownBlock(node);
    return !found;
  });
  return found;
}

function isUnknownBlock(node: Node): boolean {
  return node.type.name === 'block' && shapeOf(node.attrs.block) === undefined;
}
