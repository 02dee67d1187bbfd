// What somebody does in an editor, as a suggestion: what is asked, what is shown, and that the text without it is what it was.
import { Fragment, Slice } from '@tiptap/pm/model';
import { TextSelection, type Transaction } from '@tiptap/pm/state';
import { beforeEach, expect, it } from 'vitest';
import { applyUpdate, Doc, encodeStateAsUpdate, type Text } from 'yjs';
import { BODY, noteRoot } from '../../text/draft';
import { backspace, enter, setBlock } from '../blocks';
import { SCHEMA } from '../schema';
import { embedsIn } from './embeds';
import { refusal } from './judge';
import { placeAt } from './places';
import { proposalsIn, type Piece } from './proposals';
import { Person, Sheet } from './random-people';
import type { Stretch } from './reading';
import { settled, stretchesOf, without, accepting } from './settling';

const [OWN, OTHER] = ['aaaaaaaaaa', 'bbbbbbbbbb'];

/** Somebody who may only suggest, before a text that others wrote. */
class Suggester {
  readonly person: Person;
  private readonly begun: Uint8Array;
  private readonly server = new Doc({ gc: false });
  private taken = 0;

  constructor(stretches: Stretch[], client = 7, handle = OWN) {
    const doc = new Doc();
    doc.clientID = 1;
    doc.getText(BODY).applyDelta(stretches as object[]);
    this.begun = encodeStateAsUpdate(doc);
    applyUpdate(this.server, this.begun);
    this.person = new Person(0, client, this.begun);
    this.person.draft.writesAs(handle);
    this.person.draft.turnTo('suggest');
  }

  get draft() {
    return this.person.draft;
  }

  get sheet(): Sheet {
    return this.person.body;
  }

  /** Does something where the caret stands at an index, or from one index to another. */
  does(act: (tr: Transaction) => Transaction, from: number, to = from, sheet = this.sheet): this {
    const at = (index: number) => placeAt(sheet.doc, index)?.pos ?? 0;
    sheet.state = sheet.state.apply(sheet.state.tr.setSelection(TextSelection.create(sheet.doc, at(from), at(to))));
    sheet.dispatch(act(sheet.state.tr));
    return this;
  }

  types(words: string, from: number, to = from): this {
    return this.does((tr) => tr.insertText(words), from, to);
  }

  deletes(from: number, to: number): this {
    return this.does((tr) => tr.deleteSelection(), from, to);
  }

  /** Backspace, as a browser takes a letter. */
  back(): this {
    const { state } = this.sheet;
    const tr = backspace(state) ?? state.tr.delete(state.selection.from - 1, state.selection.from);
    this.sheet.dispatch(tr);
    return this;
  }

  key(act: (state: Sheet['state']) => Transaction | undefined, index?: number): this {
    if (index !== undefined) this.caret(index);
    const tr = act(this.sheet.state);
    if (tr !== undefined) this.sheet.dispatch(tr);
    return this;
  }

  caret(index: number, to = index): this {
    const { state } = this.sheet;
    const at = (place: number) => placeAt(state.doc, place)?.pos ?? 0;
    this.sheet.state = state.apply(state.tr.setSelection(TextSelection.create(state.doc, at(index), at(to))));
    return this;
  }

  /** The caret, as a place in the text. */
  get at(): number {
    const { selection } = this.sheet.state;
    return selection.from - selection.$from.index(0) - 1;
  }

  asks(): unknown[] {
    return embedsIn(this.draft.asks).map(({ embed }) => embed);
  }

  said(): string[] {
    return proposalsIn(this.draft).suggestions.flatMap(({ pieces }) => pieces.map(tell));
  }

  /** Checked each time it is asked for: what the server would say, what is shown, and what the text is without suggestions. */
  holds(): this {
    for (; this.taken < this.person.outbox.length; this.taken += 1) {
      const update = this.person.outbox[this.taken] ?? new Uint8Array();
      expect(refusal(this.server, update, { handle: this.draft.own ?? '', may: 'suggest' })).toBeUndefined();
    }
    for (const sheet of [this.sheet, ...this.person.notes.values()]) expect(sheet.doc.eq(sheet.binding.document())).toBe(true);
    const doc = new Doc();
    applyUpdate(doc, this.begun);
    expect(this.without()).toEqual(doc.getText(BODY).toDelta());
    return this;
  }

  without(words: Text = this.draft.body): Stretch[] {
    return read(stretchesOf(settled(words, without(proposalsIn(this.draft)))));
  }

  accepted(): Stretch[] {
    return read(stretchesOf(settled(this.draft.body, accepting(proposalsIn(this.draft).suggestions))));
  }
}

function read(stretches: Stretch[]): Stretch[] {
  return stretches.map(({ insert, attributes }) => {
    // What is said of a block by letters says nothing.
    const { block: _block, dir: _dir, start: _start, ...own } = attributes ?? {};
    const told = insert === '\n' || String(insert).endsWith('\n') ? attributes : own;
    return (Object.keys(told ?? {}).length > 0 ? { insert, attributes: told } : { insert }) as Stretch;
  });
}

function tell(piece: Piece): string {
  const what = piece.is === 'style' || piece.is === 'block' ? ` ${JSON.stringify(piece.set)}` : '';
  return `${piece.is} ${JSON.stringify(piece.words)}${what}`;
}

const text = (...insert: (string | [string, object])[]): Stretch[] => insert.map((one) => (typeof one === 'string' ? { insert: one } : { insert: one[0], attributes: one[1] as never }));

let ana: Suggester;
beforeEach(() => {
  ana = new Suggester(text('Keep it open', ['\n', { block: 'heading:1' }], 'Every day\n'));
});

it('what is typed is proposed, and nothing is formatted', () => {
  ana.types(' and free', 12).holds();
  expect(ana.said()).toEqual(['ins " and free"']);
  expect(ana.at).toBe(21);
});

it('what is deleted is struck and stays; what comes in its place stands behind it', () => {
  ana.types('Leave', 0, 4).holds();
  expect(ana.said()).toEqual(['del "Keep"', 'ins "Leave"']);
  expect(ana.draft.body.toString()).toBe('KeepLeave it open\nEvery day\n');
  expect(ana.at).toBe(9);
  expect(ana.accepted()).toEqual(text('Leave it open', ['\n', { block: 'heading:1' }], 'Every day\n'));
});

it('one takes one\'s own words away, letter by letter, and no one else\'s', () => {
  ana.types('xy', 4).caret(6).back().holds();
  expect(ana.said()).toEqual(['ins "x"']);
  ana.back().back().holds();
  expect(ana.said()).toEqual(['del "p"']);
  expect(ana.at).toBe(3);
});

it('Backspace goes on beyond what is struck, and what one strikes in one go is asked in one', () => {
  ana.caret(12).back().back().back().holds();
  expect(ana.asks()).toEqual([{ by: OWN }, { ask: expect.any(String) }, { del: '1.9.3' }]);
  expect(ana.at).toBe(9);
  ana.caret(12).back().holds();
  expect(ana.at).toBe(8);
  expect(ana.said()).toEqual(['del "open"']);
});

it('what is struck already is not struck twice', () => {
  ana.deletes(0, 4).deletes(2, 7).holds();
  expect(ana.said().join()).toBe('del "Keep it"');
});

it('Delete goes forward', () => {
  const forward = () => {
    const { state } = ana.sheet;
    ana.sheet.dispatch(state.tr.delete(state.selection.from, state.selection.from + 1));
  };
  ana.caret(0);
  forward();
  forward();
  ana.caret(0);
  forward();
  ana.holds();
  expect(ana.said()).toEqual(['del "Kee"']);
  expect(ana.at).toBe(3);
});

it('a letter of two halves, and of many signs, goes whole', () => {
  ana = new Suggester(text('ab👩‍👩‍👧x\n'));
  ana.deletes(10, 11).caret(11).back().holds();
  expect(ana.said()).toEqual(['del "👩‍👩‍👧x"']);
});

it('Enter is a proposed mark; the words before it stay what they were', () => {
  ana.key(enter, 4).holds();
  expect(ana.said()).toEqual(['ins "\\n"', 'block "\\n" {"block":"heading:1","dir":null,"start":null}']);
  expect(ana.accepted()).toEqual(text('Keep', ['\n', { block: 'heading:1' }], ' it open', ['\n', { block: 'heading:1' }], 'Every day\n'));
});

it('behind a heading Enter leads into a paragraph, and Backspace back', () => {
  ana.key(enter, 12).holds();
  expect(ana.accepted()).toEqual(text('Keep it open', ['\n', { block: 'heading:1' }], '\nEvery day\n'));
  ana.back().holds();
  expect(ana.said()).toEqual([]);
  expect(ana.draft.body.toString()).toBe('Keep it open\nEvery day\n');
});

it('joining strikes the mark; the block that is joined goes on as the first', () => {
  ana.caret(13).back().holds();
  expect(ana.said()).toEqual(['del "\\n"']);
  expect(ana.at).toBe(12);
  expect(ana.accepted()).toEqual(text('Keep it openEvery day', ['\n', { block: 'heading:1' }]));
  ana.back().holds();
  expect(ana.at).toBe(11);
});

it('a paragraph that is to be something else is so to whoever suggests it, and is again what it was when they choose that', () => {
  ana.caret(15).key((state) => setBlock(state, 'bullet:1')).holds();
  expect(ana.said()).toEqual(['block "\\n" {"block":"bullet:1","dir":null,"start":null}']);
  ana.key((state) => setBlock(state, 'paragraph')).holds();
  expect(ana.said()).toEqual([]);
});

it('bold is asked of letters, and the same key takes it back', () => {
  const bold = (tr: Transaction) => tr.addMark(tr.selection.from, tr.selection.to, SCHEMA.mark('bold'));
  ana.does(bold, 0, 4).holds();
  expect(ana.said()).toEqual(['style "Keep" {"bold":true}']);
  ana.does(bold, 2, 4).holds();
  expect(ana.said()).toEqual(['style "Ke" {"bold":true}']);
  ana.does(bold, 0, 2).holds();
  expect(ana.said()).toEqual([]);
});

it('whoever writes bold writes on in bold', () => {
  ana.caret(12);
  ana.sheet.state = ana.sheet.state.apply(ana.sheet.state.tr.setStoredMarks([SCHEMA.mark('bold')]));
  for (const letter of ' now') {
    const { state } = ana.sheet;
    ana.sheet.dispatch(state.tr.replaceSelectionWith(SCHEMA.text(letter, state.storedMarks ?? state.selection.$from.marks()), false));
  }
  ana.holds();
  expect(ana.asks()).toEqual([{ by: OWN }, { ask: expect.any(String) }, { fmt: expect.stringMatching(/^(\S+ ){3}\S+$/u), set: { bold: true } }]);
  expect(ana.accepted()[1]).toEqual({ insert: ' now', attributes: { bold: true } });
});

it('pasted blocks are proposed whole, with what they are', () => {
  const blocks = [SCHEMA.node('block', { block: 'bullet:1' }, SCHEMA.text('One', [SCHEMA.mark('italic')])), SCHEMA.node('block', { block: 'bullet:2' }, SCHEMA.text('Two'))];
  ana.does((tr) => tr.insert(tr.doc.child(0).nodeSize, blocks), 0).holds();
  expect(ana.accepted()).toEqual(text('Keep it open', ['\n', { block: 'heading:1' }], ['One', { italic: true }], ['\n', { block: 'bullet:1' }], 'Two', ['\n', { block: 'bullet:2' }], 'Every day\n'));
});

it('a footnote is proposed with its words', () => {
  const id = ana.draft.idForNew([{ is: 'W', attributes: { bold: true } }, { is: '\n', attributes: {} }]);
  ana.does((tr) => tr.insert(tr.selection.from, SCHEMA.node('footnote', { id })), 4).holds();
  const note = ana.person.sheet(noteRoot(id));
  note.dispatch(note.state.tr.insertText('hy', 2));
  ana.holds();
  expect(proposalsIn(ana.draft).suggestions).toHaveLength(1);
  expect(ana.draft.note(id).toString()).toBe('Why\n');
  expect(ana.said()).toContain('style "W" {"bold":true}');
  expect(ana.without(ana.draft.note(id))).toEqual([]);
});

it('what is typed elsewhere is another suggestion, and so is what comes after a pause', () => {
  ana.types('A', 0).types('B', 1).types('C', 10).holds();
  expect(proposalsIn(ana.draft).suggestions.map(({ pieces }) => pieces.map(tell))).toEqual([['ins "AB"'], ['ins "C"']]);
});

it('the words of a suggestion are taken back and done again, and the server takes that, too', () => {
  ana.types('Leave', 0, 4);
  ana.draft.takeBack();
  ana.holds();
  expect(ana.said()).toEqual([]);
  expect(ana.draft.body.toString()).toBe('Keep it open\nEvery day\n');
  ana.draft.bringBack();
  ana.holds();
  expect(ana.said()).toEqual(['del "Keep"', 'ins "Leave"']);
});

it('words of others that are proposed are struck, not taken away', () => {
  const ben = new Suggester(text('Keep it open\n'), 8, OTHER);
  ben.types('XX', 4);
  ana = new Suggester(text('Keep it open\n'));
  for (const update of ben.person.outbox) applyUpdate(ana.draft.doc, update, 'net');
  ana.deletes(3, 7);
  expect(ana.said()).toEqual(['del "pXX "', 'ins "XX"']);
});

it('before it is known who suggests, nothing is done', () => {
  ana.draft.writesAs(undefined);
  ana.types('x', 0).holds();
  expect(ana.draft.body.toString()).toBe('Keep it open\nEvery day\n');
});

it('a drag strikes the words where they were and proposes them where they are', () => {
  ana.does((tr) => {
    tr.delete(1, 5);
    return tr.replace(9, 9, new Slice(Fragment.from(SCHEMA.text('Keep')), 0, 0));
  }, 0, 4).holds();
  expect(ana.said()).toEqual(['del "Keep"', 'ins "Keep"']);
  expect(ana.draft.body.toString()).toBe('Keep it openKeep\nEvery day\n');
});
