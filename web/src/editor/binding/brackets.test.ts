// Brackets in a stored text, and that editors show what is stored when several people make and resolve them at once.
import { EditorState, TextSelection, type Transaction } from '@tiptap/pm/state';
import { afterEach, describe, expect, it } from 'vitest';
import { applyUpdate, Doc, encodeStateAsUpdate } from 'yjs';
import { BODY, bracketKey } from '../../text/draft';
import { moved } from '../dragging';
import { SCHEMA } from '../schema';
import { Binding, FROM_TEXT } from './binding';
import { addAlternative, bracket, bracketsIn, keep, lift } from './brackets';
import { documentOf, type Stretch } from './reading';
import { SharedDraft } from './shared';

const [A, B] = ['aaaaaaaaaa', 'bbbbbbbbbb'];
const left: (() => void)[] = [];
afterEach(() => {
  for (const leave of left.splice(0)) leave();
});

/** Somebody with an editor on the body. */
class Desk {
  state: EditorState;
  readonly doc = new Doc();
  readonly draft: SharedDraft;
  private readonly binding: Binding;

  constructor(beginning: Stretch[] | Desk, client: number) {
    if (beginning instanceof Desk) applyUpdate(this.doc, encodeStateAsUpdate(beginning.doc));
    else this.doc.getText(BODY).applyDelta(beginning as object[]);
    this.doc.clientID = client;
    this.draft = new SharedDraft(this.doc);
    this.state = EditorState.create({ schema: SCHEMA, doc: documentOf(SCHEMA, this.stored()) });
    this.binding = new Binding(this.text, this, this.draft.beginNotes);
    this.draft.tracks(this.binding);
    left.push(() => this.binding.leave());
  }

  get text() {
    return this.draft.body;
  }

  dispatch(tr: Transaction): void {
    this.state = this.state.apply(tr);
    if (tr.getMeta(FROM_TEXT) !== true) this.binding.wrote([tr]);
  }

  acts(act: () => void): void {
    this.draft.alone(() => this.doc.transact(act, this.draft));
  }

  stored(): Stretch[] {
    return this.doc.getText(BODY).toDelta() as Stretch[];
  }

  hears(other: Desk): void {
    applyUpdate(this.doc, encodeStateAsUpdate(other.doc), 'net');
  }

  /** Letters of a bracket between signs, its alternative behind the first. */
  reads(): string {
    const parts = this.stored().map(({ insert, attributes = {} }) => {
      const keys = Object.entries(attributes).filter(([key]) => key.startsWith('brk--'));
      const words = typeof insert === 'string' ? insert : '*';
      return keys.length === 0 ? words : `[${keys.map(([key, value]) => `${key.slice(-1)}${String(value)}`).toSorted().join('+')} ${words}]`;
    });
    expect(this.state.doc.eq(documentOf(SCHEMA, this.stored())), 'the editor shows what is stored').toBe(true);
    return parts.join('').replace(/\n$/u, '');
  }
}

const desk = (words: string) => new Desk([{ insert: `${words}\n` }], 1);
const range = (at: Desk, words: string) => {
  const from = at.text.toString().indexOf(words);
  return { from, to: from + words.length };
};

describe('a bracket', () => {
  it('is around words, without white space at its ends and without paragraph marks', () => {
    const ana = desk('We urge all\nStates to');
    ana.acts(() => bracket(ana.text, { from: 2, to: 18 }, A));
    expect(ana.reads()).toBe('We [a0 urge all]\n[a0 States] to');
    expect(bracketsIn(ana.text)).toMatchObject([{ id: A, from: 3, to: 18, alternatives: [{ number: 0, words: 'urge all States' }] }]);
    let made = true;
    ana.acts(() => (made = bracket(ana.text, { from: 2, to: 3 }, B)));
    expect(made).toBe(false);
  });

  it('has alternatives behind one another, and keeps one of them', () => {
    const ana = desk('We urge States');
    ana.acts(() => bracket(ana.text, range(ana, 'urge'), A));
    ana.acts(() => addAlternative(ana.text, A, ' call\nupon '));
    ana.acts(() => addAlternative(ana.text, A, 'ask'));
    expect(ana.reads()).toBe('We [a0 urge] [a1 call upon] [a2 ask] States');
    ana.acts(() => keep(ana.text, A, 1));
    expect(ana.reads()).toBe('We call upon States');
    ana.draft.takeBack();
    expect(ana.reads()).toBe('We [a0 urge] [a1 call upon] [a2 ask] States');
    ana.acts(() => keep(ana.text, A, 0));
    expect(ana.reads()).toBe('We urge States');
  });

  it('of whole paragraphs takes those that go out of the text with their marks, but never the last mark', () => {
    const ana = desk('One\nTwo\nThree');
    ana.text.format(0, 3, { [bracketKey(A)]: '0' });
    ana.text.format(4, 3, { [bracketKey(A)]: '1' });
    ana.text.format(8, 5, { [bracketKey(A)]: '2' });
    ana.acts(() => keep(ana.text, A, 1));
    expect(ana.reads()).toBe('Two\n');
  });

  it('is lifted and leaves its words, and comes back by undo under its own id', () => {
    const ana = desk('We urge States');
    ana.acts(() => bracket(ana.text, range(ana, 'urge'), A));
    ana.acts(() => lift(ana.text, A));
    expect(ana.reads()).toBe('We urge States');
    ana.draft.takeBack();
    expect(ana.reads()).toBe('We [a0 urge] States');
  });

  it('stands within others and across them, whichever was made first', () => {
    for (const [first, second] of [[A, B], [B, A]] as const) {
      const ana = desk('one two three four');
      const ben = new Desk(ana, 2);
      ana.acts(() => bracket(ana.text, range(ana, 'one two three'), first));
      ben.acts(() => bracket(ben.text, range(ben, 'two three four'), second));
      ana.hears(ben);
      ben.hears(ana);
      expect(ana.reads()).toBe(ben.reads());
      expect(ana.reads()).toContain('[a0+b0 two three]');
      ana.acts(() => lift(ana.text, first));
      ben.hears(ana);
      expect(ben.reads()).toBe(`one [${second.slice(-1)}0 two three four]`);
    }
  });

  it('holds what is typed in it and nothing that is typed behind it or between its alternatives', () => {
    const ana = desk('We urge States');
    ana.acts(() => bracket(ana.text, range(ana, 'urge'), A));
    ana.acts(() => addAlternative(ana.text, A, 'ask'));
    ana.dispatch(ana.state.tr.insertText('x', 6));
    ana.dispatch(ana.state.tr.insertText('y', 9));
    ana.dispatch(ana.state.tr.insertText('z', 4));
    expect(ana.reads()).toBe('We z[a0 urxge]y [a1 ask] States');
    ana.dispatch(ana.state.tr.split(7));
    expect(ana.reads()).toBe('We z[a0 ur]\n[a0 xge]y [a1 ask] States');
  });

  it('holds what others type in it at the same moment, and those words stay when it is kept', () => {
    const ana = desk('We urge States');
    const ben = new Desk(ana, 2);
    ana.acts(() => bracket(ana.text, range(ana, 'urge'), A));
    ben.dispatch(ben.state.tr.insertText('strongly ', 4));
    ben.dispatch(ben.state.tr.insertText('n', 15));
    ana.hears(ben);
    ben.hears(ana);
    expect(ana.reads()).toBe(ben.reads());
    expect(ana.reads()).toContain('urnge] States');
    ana.acts(() => addAlternative(ana.text, A, 'ask'));
    ana.acts(() => keep(ana.text, A, 0));
    expect(ana.text.toString()).toBe('We strongly urnge States\n');
  });

  it('that is moved whole goes along; part of one is moved as plain words', () => {
    const whole = desk('We urge all States');
    whole.acts(() => bracket(whole.text, range(whole, 'urge all'), A));
    const drag = (from: number, to: number, at: number) => {
      const { state } = whole;
      const chosen = state.apply(state.tr.setSelection(TextSelection.create(state.doc, from, to)));
      const tr = moved(chosen, at);
      if (tr !== undefined) {
        whole.state = chosen;
        whole.dispatch(tr);
      }
    };
    drag(4, 12, 19);
    expect(whole.reads()).toBe('We  States[a0 urge all]');
    drag(11, 16, 1);
    expect(whole.reads()).toBe('urge We  States[a0 all]');
  });
});
