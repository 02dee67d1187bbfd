// Where the others are writing: a pin in the text, and the acronym of their organisation in the margin of that line. Who writes in a
// footnote stands at its number. Names and colours come from the server: what a browser says about itself is overwritten there.
import { Extension } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { Plugin, PluginKey, type EditorState } from '@tiptap/pm/state';
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view';
import type { Awareness } from 'y-protocols/awareness';
import { orgClass } from '../parts/org-chip';
import { writerOf, type Writer } from '../parts/writer';
import { noteOf } from '../text/draft';
import { FROM_TEXT } from './binding/binding';
import { readStand, spanOf, standOf, type Span } from './binding/carets';
import type { Sheet } from './sharing';

const KEY = new PluginKey<DecorationSet>('carets');

/** Draws the others' carets and selections in one text, and shows them ours. */
export function carets(awareness: Awareness, sheet: Sheet): Extension {
  return Extension.create({
    name: 'carets',
    addProseMirrorPlugins: () => [
      new Plugin<DecorationSet>({
        key: KEY,
        state: {
          init: (_config, { doc }) => drawn(awareness, sheet, doc),
          apply(tr, before) {
            const told: unknown = tr.getMeta(KEY);
            if (told === 'anew') return drawn(awareness, sheet, tr.doc);
            if (told === 'not where I choose') return before.remove(before.find(tr.selection.from, tr.selection.to));
            // Somebody's place may be beside a letter that comes only now.
            if (tr.getMeta(FROM_TEXT) === true && before.find().length < others(awareness)) return drawn(awareness, sheet, tr.doc);
            return tr.docChanged ? before.map(tr.mapping, tr.doc) : before;
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
        view: (view) => new Carets(view, awareness, sheet),
      }),
    ],
  });
}

/** What this page says about its writer; the server puts the truth in its place before anybody hears it. */
export function introduce(awareness: Awareness, { name, organisation, colour }: Writer): void {
  awareness.setLocalStateField('user', { name, organisation, color: colour });
}

class Carets {
  constructor(
    private readonly view: EditorView,
    private readonly awareness: Awareness,
    private readonly sheet: Sheet,
  ) {
    awareness.on('change', this.heard);
    view.dom.addEventListener('focus', this.tell);
    view.dom.addEventListener('blur', this.tell);
  }

  update(view: EditorView, before: EditorState): void {
    if (!view.state.selection.eq(before.selection) || view.state.doc !== before.doc) this.tell();
  }

  destroy(): void {
    this.awareness.off('change', this.heard);
    this.view.dom.removeEventListener('focus', this.tell);
    this.view.dom.removeEventListener('blur', this.tell);
    if (this.isOurs()) this.awareness.setLocalStateField('cursor', null);
  }

  private readonly heard = ({ added, updated, removed }: { added: number[]; updated: number[]; removed: number[] }): void => {
    const ofOthers = [...added, ...updated, ...removed].some((client) => client !== this.awareness.clientID);
    if (ofOthers && !this.view.isDestroyed) this.view.dispatch(this.view.state.tr.setMeta(KEY, 'anew').setMeta('addToHistory', false));
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

function others(awareness: Awareness): number {
  return [...awareness.getStates()].filter(([client, state]) => client !== awareness.clientID && readStand(state) !== undefined).length;
}

function drawn(awareness: Awareness, sheet: Sheet, doc: Node): DecorationSet {
  const all: Decoration[] = [];
  for (const [client, state] of awareness.getStates()) {
    const stand = client === awareness.clientID ? undefined : readStand(state);
    if (stand === undefined) continue;
    const span = stand.root === sheet.root ? spanOf(sheet.text, doc, stand) : atNumber(doc, noteOf(stand.root));
    if (span !== undefined) all.push(...caret(doc, writerOf(state), span, client));
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

function caret(doc: Node, writer: Writer | undefined, { anchor, head }: Span, client: number): Decoration[] {
  const colour = orgClass(writer?.colour);
  // One's own caret at the same place stays in a piece of text, where there is one: an input method that begins before the first
  // letter and in front of a pin writes into another paragraph.
  const side = doc.resolve(head).nodeBefore?.isText === true ? 10 : -10;
  const pin = Decoration.widget(head, () => drawPin(writer, colour), { key: `${client} ${colour} ${writer?.organisation ?? ''} ${side}`, side });
  if (anchor === head) return [pin];
  return [pin, Decoration.inline(Math.min(anchor, head), Math.max(anchor, head), { class: `remote-selection ${colour}` })];
}

function drawPin(writer: Writer | undefined, colour: string): HTMLElement {
  const pin = document.createElement('span');
  pin.className = `caret ${colour}`;
  pin.setAttribute('aria-hidden', 'true');
  const label = document.createElement('b');
  const isolated = document.createElement('bdi');
  isolated.textContent = writer?.organisation || writer?.name || '';
  label.append(isolated);
  pin.append(label);
  return pin;
}
