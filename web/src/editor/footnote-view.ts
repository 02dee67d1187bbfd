// One footnote in the editor: its number in the line and, when it is selected, a small editor for its text.
// Steps made in the small editor are mapped into the document, and changes that arrive from elsewhere into the small editor.
import { toggleMark } from '@tiptap/pm/commands';
import { keymap } from '@tiptap/pm/keymap';
import type { Node } from '@tiptap/pm/model';
import { EditorState, TextSelection, type Command, type Transaction } from '@tiptap/pm/state';
import { StepMap } from '@tiptap/pm/transform';
import { EditorView, type NodeView } from '@tiptap/pm/view';
import { redo, undo } from '@tiptap/y-tiptap';

export interface FootnoteWords {
  label: string;
  hint: string;
  done: string;
  remove: string;
}

export interface FootnoteStorage {
  /** The next footnote that is selected takes the cursor into its text: it has just been made or asked for. */
  enterNext: boolean;
}

const FROM_OUTSIDE = 'fromOutside';

export class FootnoteView implements NodeView {
  readonly dom: HTMLElement;
  private popover: HTMLElement | undefined;
  private inner: EditorView | undefined;

  constructor(
    private node: Node,
    private readonly outer: EditorView,
    private readonly getPos: () => number | undefined,
    private readonly words: FootnoteWords,
    private readonly storage: FootnoteStorage,
  ) {
    this.dom = element('span', 'fn');
    this.dom.dataset.footnote = '';
    const number = element('sup', 'fn-number');
    number.setAttribute('role', 'img');
    number.setAttribute('aria-label', words.label);
    this.dom.append(number);
    this.dom.addEventListener('footnote-enter', () => this.enter());
  }

  selectNode(): void {
    this.dom.classList.add('ProseMirror-selectednode');
    if (!this.outer.editable) return;
    this.open();
    if (this.storage.enterNext) {
      this.storage.enterNext = false;
      // After the outer view has finished putting its own selection in place.
      globalThis.setTimeout(() => this.enter());
    }
  }

  deselectNode(): void {
    this.dom.classList.remove('ProseMirror-selectednode');
    this.close();
  }

  update(node: Node): boolean {
    if (!node.sameMarkup(this.node)) return false;
    this.node = node;
    if (this.inner !== undefined) this.follow(this.inner, node);
    return true;
  }

  destroy(): void {
    this.close();
  }

  stopEvent(event: Event): boolean {
    return this.popover?.contains(event.target as HTMLElement) ?? false;
  }

  ignoreMutation(): boolean {
    return true;
  }

  private enter(): void {
    const { inner } = this;
    if (inner === undefined) return;
    inner.dispatch(inner.state.tr.setSelection(TextSelection.atEnd(inner.state.doc)).setMeta(FROM_OUTSIDE, true));
    inner.focus();
  }

  private open(): void {
    if (this.popover !== undefined) return;
    const popover = element('span', 'fn-pop');
    popover.contentEditable = 'false';
    popover.setAttribute('role', 'group');
    popover.setAttribute('aria-label', this.words.label);
    const place = element('span', 'fn-text');
    const foot = element('span', 'fn-foot');
    foot.append(
      this.button(this.words.done, 'btn small', () => this.leave()),
      this.button(this.words.remove, 'btn small plain', () => this.remove()),
    );
    const hint = element('span', 'quiet');
    hint.textContent = this.words.hint;
    foot.append(hint);
    popover.append(place, foot);
    this.dom.append(popover);
    this.popover = popover;
    this.inner = this.edit(place);
  }

  private close(): void {
    this.inner?.destroy();
    this.popover?.remove();
    this.inner = undefined;
    this.popover = undefined;
  }

  private edit(place: HTMLElement): EditorView {
    const { marks } = this.node.type.schema;
    const outside =
      (act: (state: EditorState) => boolean): Command =>
      () =>
        act(this.outer.state);
    const leave: Command = () => {
      this.leave();
      return true;
    };
    const keys: Record<string, Command> = { Enter: leave, Escape: leave, 'Mod-z': outside(undo), 'Mod-y': outside(redo), 'Shift-Mod-z': outside(redo) };
    if (marks.bold !== undefined) keys['Mod-b'] = toggleMark(marks.bold);
    if (marks.italic !== undefined) keys['Mod-i'] = toggleMark(marks.italic);
    return new EditorView(
      { mount: place },
      {
        state: EditorState.create({ doc: this.node, plugins: [keymap(keys)] }),
        dispatchTransaction: (tr) => this.dispatch(tr),
        editable: () => this.outer.editable,
        attributes: { role: 'textbox', 'aria-multiline': 'false', 'aria-label': this.words.label, dir: 'auto' },
        handleDOMEvents: {
          // A selected node keeps the focus in the outer view; a click in here must move it.
          mousedown: (view) => {
            if (this.outer.hasFocus()) view.focus();
            return false;
          },
        },
      },
    );
  }

  private dispatch(tr: Transaction): void {
    const { inner } = this;
    const pos = this.getPos();
    if (inner === undefined || pos === undefined) return;
    const { state, transactions } = inner.state.applyTransaction(tr);
    inner.updateState(state);
    if (tr.getMeta(FROM_OUTSIDE) === true) return;
    const outward = this.outer.state.tr;
    const offset = StepMap.offset(pos + 1);
    for (const { steps } of transactions) {
      for (const step of steps) {
        const mapped = step.map(offset);
        if (mapped !== null) outward.step(mapped);
      }
    }
    if (outward.docChanged) this.outer.dispatch(outward);
  }

  /** Brings the small editor to what the document now says, touching only what differs. */
  private follow(inner: EditorView, node: Node): void {
    const { state } = inner;
    const start = node.content.findDiffStart(state.doc.content);
    if (start === null) return;
    const end = node.content.findDiffEnd(state.doc.content);
    if (end === null) return;
    let { a, b } = end;
    const overlap = start - Math.min(a, b);
    if (overlap > 0) {
      a += overlap;
      b += overlap;
    }
    inner.dispatch(state.tr.replace(start, b, node.slice(start, a)).setMeta(FROM_OUTSIDE, true));
  }

  /** Back to the line, after the number. A footnote that was left empty is taken away again. */
  private leave(): void {
    const pos = this.getPos();
    if (pos === undefined) return;
    if (this.node.content.size === 0) {
      this.remove();
      return;
    }
    const { state } = this.outer;
    this.outer.dispatch(state.tr.setSelection(TextSelection.create(state.doc, pos + this.node.nodeSize)));
    this.outer.focus();
  }

  private remove(): void {
    const pos = this.getPos();
    if (pos === undefined || !this.outer.editable) return;
    this.outer.dispatch(this.outer.state.tr.delete(pos, pos + this.node.nodeSize));
    this.outer.focus();
  }

  private button(words: string, look: string, act: () => void): HTMLElement {
    const button = element('button', look);
    button.setAttribute('type', 'button');
    button.textContent = words;
    button.addEventListener('click', act);
    return button;
  }
}

function element(tag: string, look: string): HTMLElement {
  const made = document.createElement(tag);
  made.className = look;
  return made;
}
