// One footnote in the editor: its number in the line and, when it is selected, an editor for its words below it. The words are a text
// of their own, so whatever happens to the line, whoever writes in the footnote writes on.
import { Editor, type Extensions, type JSONContent } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { TextSelection } from '@tiptap/pm/state';
import type { EditorView, NodeView } from '@tiptap/pm/view';
import type { SharedDraft } from './binding/shared';

export interface FootnoteWords {
  label: string;
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
}

export interface FootnoteStorage {
  /** The next footnote that is selected takes the cursor into its words: it has just been made or asked for. */
  enterNext: boolean;
}

interface Given {
  node: Node;
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

  constructor(private readonly given: Given) {
    this.id = String(given.node.attrs.id);
    this.dom = element('span', 'fn');
    this.dom.dataset.footnote = this.id;
    const number = element('sup', 'fn-number');
    number.setAttribute('role', 'img');
    number.setAttribute('aria-label', given.desk.words.label);
    this.dom.append(number);
    this.dom.addEventListener('footnote-enter', () => this.enter());
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

  update(node: Node): boolean {
    return node.type === this.given.node.type && node.attrs.id === this.id;
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
    inner.view.dispatch(inner.state.tr.setSelection(TextSelection.atEnd(inner.state.doc)));
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
    popover.setAttribute('aria-label', words.label);
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
        attributes: { class: 'fn-text', role: 'textbox', 'aria-multiline': 'true', 'aria-label': desk.words.label, lang: view.dom.lang },
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
