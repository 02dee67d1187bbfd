// Where the others are writing: a pin in the text, and the acronym of their organisation in the margin of that line.
// Names and colours come from the server: what a browser says about itself is overwritten there.
import { Extension } from '@tiptap/core';
import { yCursorPlugin } from '@tiptap/y-tiptap';
import type { Awareness } from 'y-protocols/awareness';
import { orgClass } from '../parts/org-chip';
import { writerOf, type Writer } from '../parts/writer';

/** Draws the others' carets and selections, and shows them ours. */
export function carets(awareness: Awareness): Extension {
  return Extension.create({
    name: 'carets',
    addProseMirrorPlugins: () => [
      yCursorPlugin(new Colourless(awareness) as unknown as Awareness, { cursorBuilder: drawCaret, selectionBuilder: drawSelection }),
    ],
  });
}

/** What this page says about its writer; the server puts the truth in its place before anybody hears it. */
export function introduce(awareness: Awareness, { name, organisation, colour }: Writer): void {
  awareness.setLocalStateField('user', { name, organisation, color: colour });
}

/**
 * Presence as the caret plugin wants to see it. The plugin complains about every colour that is no `#rrggbb` and writes
 * into the states; ours are numbers of a palette, so it gets copies, with the writer under a name it leaves alone.
 */
class Colourless {
  readonly clientID: number;
  constructor(private readonly awareness: Awareness) {
    this.clientID = awareness.clientID;
  }
  getStates(): Map<number, Record<string, unknown>> {
    const states = new Map<number, Record<string, unknown>>();
    for (const [client, state] of this.awareness.getStates()) {
      states.set(client, { ...state, user: { name: '', color: '#000000', writer: writerOf(state) } });
    }
    return states;
  }
  getLocalState = () => this.awareness.getLocalState();
  setLocalStateField = (key: string, value: unknown) => this.awareness.setLocalStateField(key, value);
  on = (name: 'change', listener: () => void) => this.awareness.on(name, listener);
  off = (name: 'change', listener: () => void) => this.awareness.off(name, listener);
}

function drawCaret({ writer }: { writer?: Writer }): HTMLElement {
  const caret = document.createElement('span');
  caret.className = `caret ${orgClass(writer?.colour)}`;
  caret.setAttribute('aria-hidden', 'true');
  const label = document.createElement('b');
  const isolated = document.createElement('bdi');
  isolated.textContent = writer?.organisation || writer?.name || '';
  label.append(isolated);
  caret.append(label);
  return caret;
}

function drawSelection({ writer }: { writer?: Writer }): { class: string } {
  return { class: `remote-selection ${orgClass(writer?.colour)}` };
}
