// One footnote in the editor: its number in the line and, when it is selected, an editor for its words below it. The words are a text
// of their own, so whatever happens to the line, whoever writes in the footnote writes on.
import { Editor, type Extensions, type JSONContent } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { TextSelection } from '@tiptap/pm/state';
import type { Decoration, EditorView, NodeView } from '@tiptap/pm/view';
import { spanOf, type Stand } from './binding/carets';
import type { SharedDraft } from './binding/shared';
import { numberAt } from './note-numbers';
import { parts, rejoins, type Parted } from './parting';

export interface FootnoteWords {
  label: (number: number | undefined) => string;
  hint: string;
  done: string;
  remove: string;
}

/** What a footnote needs of the page it is on. */
export interface FootnoteDesk {
  draft: SharedDraft;
  words: FootnoteWords;
  /** How the words of one footnote are edited. */
  sheet: (id: string) => { extensions: Extensions; content: JSONContent };
  /** A key of the page's own. */
  onKey: (event: KeyboardEvent) => boolean;
  /** The editor of a footnote was opened or entered, or none is. */
  onOpen: (editor: Editor | undefined) => void;
  /** Others took a footnote out of the text while it was written in here. */
  onParted: () => void;
}

export interface FootnoteStorage {
  /** The next footnote that is selected takes the cursor into its words: it has just been made or asked for. */
  enterNext: boolean;
  /** The footnote that was written in here when its number went, and where. */
  parted: Parted | undefined;
}

interface Given {
  node: Node;
  decorations: readonly Decoration[];
  view: EditorView;
  getPos: () => number | undefined;
  desk: FootnoteDesk;
  storage: FootnoteStorage;
}

export class FootnoteView implements NodeView {
  readonly dom: HTMLElement;
  private popover: HTMLElement | undefined;
  private inner: Editor | undefined;
  private readonly id: string;
  private readonly number = element('sup', 'fn-number');
  private label = '';
  private isRemoving = false;

  constructor(private readonly given: Given) {
    this.id = String(given.node.attrs.id);
    this.dom = element('span', 'fn');
    this.dom.dataset.footnote = this.id;
    this.number.setAttribute('role', 'img');
    this.called(given.decorations);
    this.dom.append(this.number);
    this.dom.addEventListener('footnote-enter', ({ detail }: CustomEventInit<Stand | null>) => this.enter(detail ?? undefined));
    if (given.storage.parted?.id === this.id) globalThis.setTimeout(() => rejoins(given, this.id));
  }

  selectNode(): void {
    this.dom.classList.add('ProseMirror-selectednode');
    if (!this.given.view.editable) return;
    this.open();
    if (this.given.storage.enterNext) {
      this.given.storage.enterNext = false;
      // After the outer view has finished putting its own selection in place.
      globalThis.setTimeout(() => this.enter());
    }
  }

  deselectNode(): void {
    this.dom.classList.remove('ProseMirror-selectednode');
    this.close();
  }

  update(node: Node, decorations: readonly Decoration[]): boolean {
    if (node.type !== this.given.node.type || node.attrs.id !== this.id) return false;
    this.called(decorations);
    return true;
  }

  destroy(): void {
    if (this.inner?.view.hasFocus() === true && !this.isRemoving) parts(this.given, this.id, this.inner);
    this.close();
  }

  stopEvent(event: Event): boolean {
    return this.popover?.contains(event.target as HTMLElement) ?? false;
  }

  ignoreMutation(): boolean {
    return true;
  }

  /** "Footnote 3", for readers' voices. */
  private called(decorations: readonly Decoration[]): void {
    this.label = this.given.desk.words.label(numberAt(decorations));
    for (const one of [this.number, this.popover, this.inner?.view.dom]) one?.setAttribute('aria-label', this.label);
  }

  private enter(at?: Stand): void {
    const { inner } = this;
    if (inner === undefined) return;
    const { doc, tr } = inner.state;
    const span = at === undefined ? undefined : spanOf(this.given.desk.draft.note(this.id), doc, at);
    const selection = span === undefined ? TextSelection.atEnd(doc) : TextSelection.between(doc.resolve(span.anchor), doc.resolve(span.head));
    inner.view.dispatch(tr.setSelection(selection));
    inner.view.focus();
    this.show();
  }

  /** Brings what has opened into sight, and the number it belongs to: a focus alone moves no page. */
  private show(): void {
    const { popover } = this;
    if (popover === undefined) return;
    popover.scrollIntoView({ block: 'nearest' });
    // On a phone it stands at the foot of the window, over the last lines.
    this.dom.scrollIntoView({ block: getComputedStyle(popover).position === 'fixed' ? 'center' : 'nearest' });
  }

  private open(): void {
    if (this.popover !== undefined) return;
    const { words } = this.given.desk;
    const popover = element('span', 'fn-pop');
    popover.contentEditable = 'false';
    // As the page runs: the line it stands in may run the other way, and takes no direction from what is said here.
    popover.dir = document.documentElement.dir;
    popover.setAttribute('role', 'group');
    popover.setAttribute('aria-label', this.label);
    const place = element('div', 'fn-place');
    const foot = element('span', 'fn-foot');
    foot.append(
      button(words.done, 'btn small', () => this.leave()),
      button(words.remove, 'btn small plain', () => this.remove()),
    );
    const hint = element('span', 'quiet');
    hint.textContent = words.hint;
    foot.append(hint);
    popover.append(place, foot);
    this.dom.append(popover);
    this.popover = popover;
    this.inner = this.edit(place);
    keepInside(popover);
  }

  private close(): void {
    if (this.inner !== undefined) this.given.desk.onOpen(undefined);
    this.inner?.destroy();
    this.popover?.remove();
    this.inner = undefined;
    this.popover = undefined;
  }

  private edit(place: HTMLElement): Editor {
    const { desk, view } = this.given;
    const inner = new Editor({
      element: place,
      injectCSS: false,
      ...desk.sheet(this.id),
      editorProps: {
        attributes: { class: 'fn-text', role: 'textbox', 'aria-multiline': 'true', 'aria-label': this.label, lang: view.dom.lang },
        handleKeyDown: (_view, event) => {
          if (event.key !== 'Escape' && !(event.key === 'Enter' && (event.ctrlKey || event.metaKey))) return desk.onKey(event);
          this.leave();
          return true;
        },
        handleDOMEvents: {
          // A selected node keeps the focus in the outer view; a click in here must move it.
          mousedown: (within) => {
            if (view.hasFocus()) within.focus();
            return false;
          },
        },
      },
      onFocus: ({ editor }) => desk.onOpen(editor),
    });
    return inner;
  }

  /** Back to the line, after the number. A footnote that was left empty is taken away again. */
  private leave(): void {
    const { view, getPos, node } = this.given;
    const pos = getPos();
    if (pos === undefined) return;
    if (this.inner?.state.doc.textContent === '') {
      this.remove();
      return;
    }
    view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, pos + node.nodeSize)));
    view.focus();
  }

  private remove(): void {
    const { view, getPos, node } = this.given;
    const pos = getPos();
    if (pos === undefined || !view.editable) return;
    this.isRemoving = true;
    view.dispatch(view.state.tr.delete(pos, pos + node.nodeSize));
    view.focus();
  }
}

// At the beginning or the end of a line half of what opens below the number would stand outside the window.
const EDGE_PX = 8;

function keepInside(popover: HTMLElement): void {
  const { left, right } = popover.getBoundingClientRect();
  const over = Math.max(0, right - (document.documentElement.clientWidth - EDGE_PX));
  const shift = left < EDGE_PX ? EDGE_PX - left : -over;
  if (shift !== 0) popover.style.setProperty('translate', `${shift}px`);
}

function button(words: string, look: string, act: () => void): HTMLElement {
  const made = element('button', look);
  made.setAttribute('type', 'button');
  made.textContent = words;
  made.addEventListener('click', act);
  return made;
}

function element(tag: string, look: string): HTMLElement {
  const made = document.createElement(tag);
  made.className = look;
  return made;
}
