// Where the others are writing: a pin in the text, and what their organisation is called here in the margin of that line. Who writes
// in a footnote stands at its number. Handles and colours come from the server: what a browser says about itself is overwritten there.
import { Extension } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { Plugin, PluginKey, type EditorState } from '@tiptap/pm/state';
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view';
import type { Awareness } from 'y-protocols/awareness';
import { orgClass } from '../parts/org-chip';
import { writerOf, type Names } from '../parts/writer';
import { noteOf } from '../text/draft';
import { FROM_TEXT } from './binding/binding';
import { readStand, spanOf, standOf, type Span } from './binding/carets';
import { cutsLetter } from './binding/places';
import { flush, type Sheet } from './sharing';

const KEY = new PluginKey<DecorationSet>('carets');

/** Who else writes, and what they are called here. */
export interface Others {
  awareness: Awareness;
  names: Names;
}

/** Draws the others' carets and selections in one text, and shows them ours. */
export function carets(others: Others, sheet: Sheet): Extension {
  const { awareness } = others;
  return Extension.create({
    name: 'carets',
    addProseMirrorPlugins: () => [
      new Plugin<DecorationSet>({
        key: KEY,
        state: {
          init: (_config, { doc }) => drawn(others, sheet, doc),
          apply(tr, before) {
            const told: unknown = tr.getMeta(KEY);
            if (told === 'anew') return drawn(others, sheet, tr.doc);
            if (told === 'not where I choose') return before.remove(before.find(tr.selection.from, tr.selection.to));
            // Somebody's place may be beside a letter that comes only now.
            if (tr.getMeta(FROM_TEXT) === true && before.find().length < countOf(awareness)) return drawn(others, sheet, tr.doc);
            return tr.docChanged ? outsideLetters(before.map(tr.mapping, tr.doc), tr.doc) : before;
          },
        },
        props: {
          decorations: (state) => KEY.getState(state),
          handleDOMEvents: {
            // The browser puts the first letter of the word that is composed into what stands there, and must not lose it again.
            compositionstart: (view) => {
              const { tr } = view.state;
              if (!tr.selection.empty) view.dispatch(tr.setMeta(KEY, 'not where I choose').setMeta('addToHistory', false));
              return false;
            },
          },
        },
        view: (view) => new Carets(view, others, sheet),
      }),
    ],
  });
}

class Carets {
  private readonly awareness: Awareness;
  private readonly forget: () => void;
  private frame: number | undefined;

  constructor(
    private readonly view: EditorView,
    { awareness, names }: Others,
    private readonly sheet: Sheet,
  ) {
    this.awareness = awareness;
    awareness.on('change', this.heard);
    this.forget = names.subscribe(this.draw);
    view.dom.addEventListener('focus', this.tell);
    view.dom.addEventListener('blur', this.tell);
  }

  update(view: EditorView, before: EditorState): void {
    if (!view.state.selection.eq(before.selection) || view.state.doc !== before.doc) this.tell();
    // Where others stand is beside a letter, which a change may have moved otherwise than a place.
    if (view.state.doc !== before.doc && countOf(this.awareness) > 0) this.draw();
  }

  destroy(): void {
    if (this.frame !== undefined) cancelAnimationFrame(this.frame);
    this.awareness.off('change', this.heard);
    this.forget();
    this.view.dom.removeEventListener('focus', this.tell);
    this.view.dom.removeEventListener('blur', this.tell);
    if (this.isOurs()) this.awareness.setLocalStateField('cursor', null);
  }

  /** Once for each frame, whoever has moved meanwhile. */
  private readonly heard = ({ added, updated, removed }: { added: number[]; updated: number[]; removed: number[] }): void => {
    if ([...added, ...updated, ...removed].some((client) => client !== this.awareness.clientID)) this.draw();
  };

  private readonly draw = (): void => {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = undefined;
      if (this.view.isDestroyed) return;
      // A caret drawn anew beside it would break what an input method composes.
      if (this.view.composing) {
        this.draw();
        return;
      }
      // Drawing puts the browser's selection where the editor knows it; what the browser has not told yet would be lost.
      flush(this.view);
      this.view.dispatch(this.view.state.tr.setMeta(KEY, 'anew').setMeta('addToHistory', false));
    });
  };

  private readonly tell = (): void => {
    const { state } = this.view;
    if (this.view.hasFocus()) {
      const { anchor, head } = state.selection;
      const stand = standOf(this.sheet.text, this.sheet.root, state.doc, { anchor, head });
      if (JSON.stringify(stand) !== JSON.stringify(this.awareness.getLocalState()?.cursor)) this.awareness.setLocalStateField('cursor', stand);
    } else if (this.isOurs()) {
      this.awareness.setLocalStateField('cursor', null);
    }
  };

  private isOurs(): boolean {
    return readStand(this.awareness.getLocalState())?.root === this.sheet.root;
  }
}

/** A pin within a letter of two units would cut it in two for the browser. It is drawn anew with the next frame. */
function outsideLetters(pins: DecorationSet, doc: Node): DecorationSet {
  return pins.remove(pins.find().filter(({ from, to }) => cutsLetter(doc, from) || cutsLetter(doc, to)));
}

function countOf(awareness: Awareness): number {
  return [...awareness.getStates()].filter(([client, state]) => client !== awareness.clientID && readStand(state) !== undefined).length;
}

function drawn({ awareness, names }: Others, sheet: Sheet, doc: Node): DecorationSet {
  const all: Decoration[] = [];
  for (const [client, state] of awareness.getStates()) {
    const stand = client === awareness.clientID ? undefined : readStand(state);
    if (stand === undefined) continue;
    const span = stand.root === sheet.root ? spanOf(sheet.text, doc, stand) : atNumber(doc, noteOf(stand.root));
    const writer = writerOf(state);
    const called = writer === undefined ? '' : names.of(writer.handle);
    if (span !== undefined) all.push(...caret({ called, colour: orgClass(writer?.colour) }, span, client));
  }
  return DecorationSet.create(doc, all);
}

/** Behind the number of a footnote that stands in this text. */
function atNumber(doc: Node, id: string | undefined): Span | undefined {
  let found: Span | undefined;
  doc.descendants((node, pos) => {
    if (id !== undefined && node.type.name === 'footnote' && node.attrs.id === id) found = { anchor: pos + 1, head: pos + 1 };
    return found === undefined;
  });
  return found;
}

interface Look {
  called: string;
  colour: string;
}

function caret({ called, colour }: Look, { anchor, head }: Span, client: number): Decoration[] {
  const pin = Decoration.widget(head, () => drawPin({ called, colour }), { key: `${client} ${colour} ${called}`, side: 10 });
  if (anchor === head) return [pin];
  return [pin, Decoration.inline(Math.min(anchor, head), Math.max(anchor, head), { class: `remote-selection ${colour}` })];
}

function drawPin({ called, colour }: Look): HTMLElement {
  const pin = document.createElement('span');
  pin.className = `caret ${colour}`;
  pin.setAttribute('aria-hidden', 'true');
  // Before the server has said whose it is, a pin stands alone.
  if (called !== '') {
    const label = document.createElement('b');
    const isolated = document.createElement('bdi');
    isolated.textContent = called;
    label.append(isolated);
    pin.append(label);
  }
  return pin;
}
