// Draws in the text what is proposed for it: words that would come are underlined, words that would go are struck, each in the colour
// of its organisation and with hidden words that name it; what would look otherwise is framed; and a paragraph that would be broken,
// joined or become something else says so at its end. What is drawn is around letters and never between them, and nothing of it is
// in the document.
//
// Letters that come while somebody writes move what is drawn; with the next frame it is drawn as it is.
import { Extension } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { Plugin, PluginKey } from '@tiptap/pm/state';
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view';
import type { Editor } from '@tiptap/react';
import { orgClass } from '../parts/org-chip';
import type { Names } from '../parts/writer';
import { besideLetter, placeAt } from './binding/places';
import type { Piece, Suggestion } from './binding/proposals';
import { MARK } from './binding/units';
import { goToFootnote, jump } from './go';
import { BODY } from '../text/draft';
import type { Proposed } from './proposed';
import type { Remarked } from './remarked';
import { flush, type Sheet } from './sharing';

/** What is said of a piece: hidden beside words, in sight at the end of a paragraph. */
export interface Says {
  words: (is: 'ins' | 'del', who: string) => string;
  style: (set: Extract<Piece, { is: 'style' }>['set'], who: string) => string;
  mark: (is: 'ins' | 'del', who: string) => string;
  block: (set: Extract<Piece, { is: 'block' }>['set'], who: string) => string;
}

export interface Drawing {
  proposed: Proposed;
  names: Names;
  /** Which card one looks at: a suggestion's, or a thread's. */
  marks: Remarked;
  says: Says;
}

const KEY = new PluginKey<DecorationSet>('suggested');

/** Draws the suggestions of one text. */
export function suggested(drawing: Drawing, sheet: Sheet): Extension {
  const { proposed, names, marks } = drawing;
  return Extension.create({
    name: 'suggested',
    addProseMirrorPlugins: () => [
      new Plugin<DecorationSet>({
        key: KEY,
        state: {
          init: (_config, { doc }) => drawn(drawing, sheet, doc),
          apply: (tr, before) => (tr.getMeta(KEY) === 'anew' ? drawn(drawing, sheet, tr.doc) : before.map(tr.mapping, tr.doc)),
        },
        props: {
          decorations: (state) => KEY.getState(state),
          handleClick: (view, pos) => {
            const key = suggestionAt(view, pos);
            // The comment on these words was meant, where there is one.
            if (key !== undefined && marks.snapshot().chosen === undefined) marks.choose(key);
            return false;
          },
          handleDOMEvents: {
            compositionend: () => {
              proposed.soon();
              return false;
            },
          },
        },
        view: (view) => {
          const draws = () => draw(view, drawing, sheet);
          const forget = [proposed.subscribe(draws), names.subscribe(draws), marks.subscribe(draws)];
          return { destroy: () => forget.forEach((one) => one()) };
        },
      }),
    ],
  });
}

/** Goes to where a suggestion begins, or to the footnote it is in; `asReader` leaves the caret where it is. */
export function goToSuggestion(editor: Editor, { pieces, order }: Suggestion, asReader = false): void {
  const { doc } = editor.state;
  const [first] = pieces;
  const pos = first === undefined || order === Infinity ? undefined : placeAt(doc, first.root === BODY ? first.from : order)?.pos;
  if (first === undefined || pos === undefined) return;
  if (asReader) editor.view.domAtPos(pos).node.parentElement?.scrollIntoView({ block: 'center' });
  else if (first.root === BODY) jump(editor, pos);
  else goToFootnote(editor, pos);
}

function draw(view: EditorView, drawing: Drawing, sheet: Sheet): void {
  // What is composed is not drawn anew under its input method; it is when the word is done.
  if (view.isDestroyed || view.composing) return;
  // What the browser has not told yet would be lost with the selection.
  flush(view);
  const now = KEY.getState(view.state);
  if (now !== undefined && told(now) === told(drawn(drawing, sheet, view.state.doc))) return;
  view.dispatch(view.state.tr.setMeta(KEY, 'anew').setMeta('addToHistory', false));
}

function told(set: DecorationSet): string {
  return set.find().map(({ from, to, spec }) => `${from} ${to} ${String(spec.look)}`).toSorted().join('\n');
}

function drawn({ proposed, names, marks, says }: Drawing, { root }: Sheet, doc: Node): DecorationSet {
  const { suggestions } = proposed.snapshot();
  if (suggestions.length === 0) return DecorationSet.empty;
  const { chosen } = marks.snapshot();
  const all: Decoration[] = [];
  const ends = new Map<number, { said: string[]; look: string; key: string }>();
  for (const { key, handle, pieces } of suggestions) {
    const colour = orgClass(names.colourOf(handle));
    const who = names.of(handle);
    const look = `${colour}${key === chosen ? ' chosen' : ''}`;
    for (const piece of pieces) {
      if (piece.root !== root) continue;
      for (const { from, to, isMark } of stretchesOf(piece)) {
        if (isMark || piece.is === 'block') {
          const said = piece.is === 'block' ? says.block(piece.set, who) : piece.is === 'style' ? undefined : says.mark(piece.is, who);
          const place = placeAt(doc, from);
          if (said === undefined || place === undefined) continue;
          const end = ends.get(place.before) ?? { said: [], look, key };
          end.said.push(said);
          ends.set(place.before, end);
        } else {
          all.push(...around(doc, from, to, { ...lookOf(piece, look, says, who), 'data-suggestion': key }));
        }
      }
    }
  }
  for (const [before, { said, look, key }] of ends) {
    const block = doc.nodeAt(before);
    if (block === null) continue;
    const attributes = { class: `would ${look}`, 'data-would': said.join(' · '), 'data-suggestion': key };
    all.push(Decoration.node(before, before + block.nodeSize, attributes, { look: JSON.stringify(attributes), suggestion: key }));
  }
  return DecorationSet.create(doc, all);
}

/** A piece in stretches of letters, and paragraph marks by themselves. */
function* stretchesOf({ from, words }: Piece): Generator<{ from: number; to: number; isMark: boolean }> {
  let at = from;
  for (const part of words.split(/(\n)/u)) {
    if (part !== '') yield { from: at, to: at + part.length, isMark: part === MARK };
    at += part.length;
  }
}

function lookOf(piece: Piece, look: string, says: Says, who: string): Record<string, string> {
  switch (piece.is) {
    case 'ins':
    case 'del':
      return { nodeName: piece.is, class: `proposed ${look}`, 'data-said': says.words(piece.is, who) };
    case 'style':
    case 'block': {
      const set = piece.is === 'style' ? piece.set : {};
      const weight = set.bold === true ? ' would-bold' : set.bold === null ? ' would-not-bold' : '';
      const slant = set.italic === true ? ' would-italic' : set.italic === null ? ' would-not-italic' : '';
      return { class: `restyled ${look}${weight}${slant}`, 'data-said': says.style(set, who) };
    }
  }
}

function around(doc: Node, from: number, to: number, attributes: Record<string, string>): Decoration[] {
  const [start, end] = [placeAt(doc, from), placeAt(doc, to - 1)];
  if (start === undefined || end === undefined) return [];
  return [Decoration.inline(besideLetter(doc, start.pos), end.pos + 1, attributes, { look: JSON.stringify(attributes), suggestion: attributes['data-suggestion'] })];
}

/** The suggestion that this is of; of several, the one with the shortest piece. */
function suggestionAt(view: EditorView, pos: number): string | undefined {
  const found = KEY.getState(view.state)?.find(pos, pos) ?? [];
  const shortest = found.toSorted((one, other) => one.to - one.from - (other.to - other.from))[0];
  return shortest === undefined ? undefined : String(shortest.spec.suggestion);
}
