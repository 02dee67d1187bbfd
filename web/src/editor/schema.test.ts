// The editor's schema, the description and what is stored, item by item.
import { Fragment, Slice, type Node } from '@tiptap/pm/model';
import { EditorState, TextSelection, type Transaction } from '@tiptap/pm/state';
import { afterEach, describe, expect, it } from 'vitest';
import { applyUpdate, createRelativePositionFromTypeIndex, Doc, encodeStateAsUpdate, relativePositionToJSON } from 'yjs';
import { BLOCKS, BODY, noteRoot } from '../text/draft';
import { Binding, FROM_TEXT } from './binding/binding';
import { spanOf } from './binding/carets';
import { documentOf, type Stretch } from './binding/reading';
import { SharedDraft } from './binding/shared';
import { measure } from './measure';
import { SCHEMA } from './schema';
import { besideLetters } from './whole-letters';

const left: (() => void)[] = [];
afterEach(() => {
  for (const leave of left.splice(0)) leave();
});

class Desk {
  state: EditorState;
  readonly doc = new Doc();
  readonly draft: SharedDraft;
  private readonly binding: Binding;

  constructor(stretches: Stretch[] = [{ insert: '\n' }], client = 1) {
    this.doc.clientID = client;
    this.doc.getText(BODY).applyDelta(stretches as object[]);
    this.draft = new SharedDraft(this.doc);
    this.state = EditorState.create({ schema: SCHEMA, doc: documentOf(SCHEMA, this.stored()) });
    this.binding = new Binding(this.draft.body, this, this.draft.beginNotes);
    this.draft.tracks(this.binding);
    left.push(() => this.binding.leave());
  }

  dispatch(tr: Transaction): void {
    this.state = this.state.apply(tr);
    if (tr.getMeta(FROM_TEXT) !== true) this.binding.wrote([tr]);
  }

  stored(root = BODY): Stretch[] {
    return this.doc.getText(root).toDelta() as Stretch[];
  }

  /** Takes in what another has written. */
  hears(other: Desk): void {
    applyUpdate(this.doc, encodeStateAsUpdate(other.doc));
  }
}

const block = (kind: string, words: string, ...marks: string[]) =>
  SCHEMA.node('block', { block: kind }, words === '' ? [] : SCHEMA.text(words, marks.map((name) => SCHEMA.mark(name))));

const reading = (doc: Node) => doc.children.map(({ attrs, textContent }) => `${attrs.block} ${textContent}`);

describe('every item of the description', () => {
  it.each(BLOCKS)('%s is stored by its mark and read again', (kind) => {
    const desk = new Desk();
    desk.dispatch(desk.state.tr.insert(0, block(kind, 'words')));
    const mark = kind === 'paragraph' ? {} : { attributes: { block: kind } };
    expect(desk.stored()).toEqual(kind === 'paragraph' ? [{ insert: 'words\n\n' }] : [{ insert: 'words' }, { insert: '\n', ...mark }, { insert: '\n' }]);
    expect(documentOf(SCHEMA, desk.stored()).eq(desk.state.doc)).toBe(true);
  });

  it.each([
    ['bold', {}, true],
    ['italic', {}, true],
    ['link', { href: 'https://a.example' }, 'https://a.example'],
    ['lang', { lang: 'pt-BR' }, 'pt-BR'],
    ['bracket', { id: 'a1b2c3d4e5', alternative: '1' }, '1', 'brk--a1b2c3d4e5'],
  ])('%s is an attribute of letters', (name, attrs, value, key = name) => {
    const desk = new Desk([{ insert: 'words\n' }]);
    desk.dispatch(desk.state.tr.addMark(1, 4, SCHEMA.mark(name, attrs)));
    expect(desk.stored()).toEqual([{ insert: 'wor', attributes: { [key]: value } }, { insert: 'ds\n' }]);
    desk.dispatch(desk.state.tr.removeMark(1, 6, SCHEMA.marks[name]));
    expect(desk.stored()).toEqual([{ insert: 'words\n' }]);
  });

  it('direction and a list’s first number are attributes of the mark, a soft return is a letter', () => {
    const desk = new Desk();
    desk.dispatch(desk.state.tr.setNodeAttribute(0, 'dir', 'rtl').setNodeAttribute(0, 'block', 'ordered:2').setNodeAttribute(0, 'start', 4));
    desk.dispatch(desk.state.tr.insert(1, SCHEMA.node('break')));
    expect(desk.stored()).toEqual([{ insert: '\u2028' }, { insert: '\n', attributes: { dir: 'rtl', block: 'ordered:2', start: 4 } }]);
    expect(documentOf(SCHEMA, desk.stored()).eq(desk.state.doc)).toBe(true);
  });

  it('a footnote is a place in the line; its words are a text of their own that begins with the act', () => {
    const desk = new Desk([{ insert: 'words\n' }]);
    const id = desk.draft.idForNew();
    desk.dispatch(desk.state.tr.insert(3, SCHEMA.node('footnote', { id })));
    expect(desk.stored()).toEqual([{ insert: 'wo' }, { insert: { note: id } }, { insert: 'rds\n' }]);
    expect(desk.stored(noteRoot(id))).toEqual([{ insert: '\n' }]);
    desk.draft.undo.undo();
    expect([desk.stored(), desk.stored(noteRoot(id))]).toEqual([[{ insert: 'words\n' }], []]);
  });
});

describe('what the description does not know', () => {
  const FOREIGN: Stretch[] = [
    { insert: 'plain ' },
    { insert: 'underlined', attributes: { underline: true, bold: true } },
    { insert: { image: 'x' } },
    { insert: '\n', attributes: { block: 'table:2', dir: 'up' } },
    { insert: 'last\n' },
  ];

  it('is shown as such and stays stored, whatever is written beside it', () => {
    const desk = new Desk(FOREIGN);
    expect(desk.state.doc.firstChild?.attrs.block).toBe('table:2');
    expect(desk.state.doc.firstChild?.lastChild?.type.name).toBe('unknown');
    desk.dispatch(desk.state.tr.insertText('very ', 7));
    desk.dispatch(desk.state.tr.insertText('x', 2));
    desk.dispatch(desk.state.tr.split(4));
    expect(desk.stored()).toEqual([
      { insert: 'pxl\nain very ' },
      ...FOREIGN.slice(1),
    ]);
    expect(documentOf(SCHEMA, desk.stored()).eq(desk.state.doc)).toBe(true);
  });

  it('is shown for a carriage return, which a browser reads as the end of a line', () => {
    const desk = new Desk([{ insert: 'a\r\rb\n' }]);
    expect(desk.state.doc.firstChild?.children.map(({ type }) => type.name)).toEqual(['text', 'unknown', 'unknown', 'text']);
    desk.dispatch(desk.state.tr.insertText('x', 5).insertText('y', 2));
    expect(desk.stored()).toEqual([{ insert: 'ay\r\rbx\n' }]);
    desk.dispatch(desk.state.tr.delete(3, 4));
    expect(desk.stored()).toEqual([{ insert: 'ay\rbx\n' }]);
  });

  it('may be more than a call takes arguments', () => {
    expect(documentOf(SCHEMA, [{ insert: `${'a\u2028'.repeat(100_000)}\n` }]).firstChild?.childCount).toBe(200_000);
  });

  it('goes when a person deletes it', () => {
    const desk = new Desk(FOREIGN);
    desk.dispatch(desk.state.tr.delete(7, 18).setNodeAttribute(0, 'block', 'quotation'));
    expect(desk.stored()).toEqual([{ insert: 'plain ' }, { insert: '\n', attributes: { block: 'quotation', dir: 'up' } }, { insert: 'last\n' }]);
  });

  it('is not written by moving it', () => {
    const desk = new Desk(FOREIGN);
    const slice = desk.state.doc.slice(1, 18);
    desk.dispatch(desk.state.tr.insert(desk.state.doc.content.size - 1, slice.content));
    expect(desk.stored().slice(-3)).toEqual([{ insert: 'lastplain ' }, { insert: 'underlined', attributes: { bold: true } }, { insert: '\n' }]);
    expect(documentOf(SCHEMA, desk.stored()).eq(desk.state.doc)).toBe(true);
  });
});

describe('two people in one paragraph', () => {
  const both = () => {
    const ana = new Desk([{ insert: 'One two\n' }], 1);
    const ben = new Desk([], 2);
    ben.hears(ana);
    return { ana, ben };
  };
  const meet = (ana: Desk, ben: Desk) => {
    ana.hears(ben);
    ben.hears(ana);
    expect(reading(ana.state.doc)).toEqual(reading(ben.state.doc));
    return reading(ana.state.doc);
  };

  it('Enter and a word in what it moves', () => {
    const { ana, ben } = both();
    ana.dispatch(ana.state.tr.split(4));
    ben.dispatch(ben.state.tr.insertText('twenty-', 5));
    expect(meet(ana, ben)).toEqual(['paragraph One', 'paragraph  twenty-two']);
  });

  it('a caret at the end of a line stays there when the line is broken or goes on', () => {
    const { ana, ben } = both();
    ben.dispatch(ben.state.tr.setSelection(TextSelection.create(ben.state.doc, 8)));
    ana.dispatch(ana.state.tr.split(8));
    ben.hears(ana);
    expect(ben.state.selection.head).toBe(8);
    ana.dispatch(ana.state.tr.insertText('!', 8));
    ben.hears(ana);
    expect(ben.state.selection.head).toBe(8);
    ben.dispatch(ben.state.tr.insertText(' three'));
    expect(meet(ana, ben)).toEqual(['paragraph One two three!', 'paragraph ']);
  });

  it('another kind and a word', () => {
    const { ana, ben } = both();
    ana.dispatch(ana.state.tr.setNodeAttribute(0, 'block', 'numbered:1'));
    ben.dispatch(ben.state.tr.insertText(' three', 8));
    expect(meet(ana, ben)).toEqual(['numbered:1 One two three']);
  });

  it('a footnote taken away while somebody writes in it: the words are there, and the number comes back', () => {
    const { ana, ben } = both();
    const id = ana.draft.idForNew();
    ana.dispatch(ana.state.tr.insert(4, SCHEMA.node('footnote', { id })));
    ben.hears(ana);
    ana.draft.undo.stopCapturing();
    ana.dispatch(ana.state.tr.delete(4, 5));
    ben.draft.note(id).insert(0, 'Written meanwhile.', {});
    ana.hears(ben);
    const removed = measure(ana.state.doc, ana.draft.words(SCHEMA), ana.draft.noteIds());
    expect(removed.removed).toEqual([{ id, text: 'Written meanwhile.' }]);
    ana.draft.undo.undo();
    expect(measure(ana.state.doc, ana.draft.words(SCHEMA), ana.draft.noteIds()).notes).toEqual([{ number: 1, text: 'Written meanwhile.', pos: 4 }]);
  });

  it('undo takes back one’s own and leaves what others wrote in it', () => {
    const { ana, ben } = both();
    ana.dispatch(ana.state.tr.insertText(' three', 8));
    ben.hears(ana);
    ben.dispatch(ben.state.tr.insertText('!', 12));
    ana.hears(ben);
    ana.draft.undo.undo();
    expect(reading(ana.state.doc)).toEqual(['paragraph One two!']);
  });
});

describe('a letter of two halves', () => {
  it('is never written in part, wherever a step is cut', () => {
    const [ana, ben] = [new Desk([{ insert: '😁x\n' }], 1), new Desk([], 2)];
    ben.hears(ana);
    // 😀 before 😁, as whoever compares unit by unit finds it: both begin with the same half.
    const inner = SCHEMA.text('\uDE00\uD83D');
    ana.dispatch(ana.state.tr.replace(2, 2, new Slice(Fragment.from(inner), 0, 0)));
    expect(ana.stored()).toEqual([{ insert: '😀😁x\n' }]);
    ben.hears(ana);
    expect(reading(ben.state.doc)).toEqual(['paragraph 😀😁x']);
    ana.dispatch(ana.state.tr.delete(2, 4));
    expect(ana.stored()).toEqual([{ insert: '😁x\n' }]);
    ana.dispatch(ana.state.tr.addMark(2, 4, SCHEMA.mark('bold')));
    ben.hears(ana);
    expect(ben.stored()).toEqual([{ insert: '😁x', attributes: { bold: true } }, { insert: '\n' }]);
    expect(documentOf(SCHEMA, ana.stored()).eq(ana.state.doc)).toBe(true);
  });
});

describe('a place within a letter', () => {
  it('is none for a caret that a change carried there', () => {
    const state = EditorState.create({ doc: SCHEMA.node('doc', null, [block('paragraph', '😀😁x')]), plugins: [besideLetters()] });
    const between = state.apply(state.tr.setSelection(TextSelection.create(state.doc, 3)));
    // 😀 is gone, as whoever compares unit by unit finds it: from the middle of one to the middle of the other.
    const after = between.apply(between.tr.delete(2, 4));
    expect([after.doc.textContent, after.selection.anchor]).toEqual(['😁x', 1]);
  });

  it('is none for what others tell of theirs', () => {
    const desk = new Desk([{ insert: 'a😀b\n' }]);
    const within = relativePositionToJSON(createRelativePositionFromTypeIndex(desk.draft.body, 2));
    expect(spanOf(desk.draft.body, desk.state.doc, { root: BODY, anchor: within, head: within })).toEqual({ anchor: 2, head: 2 });
  });

  it('leaves nothing that others would read otherwise: half a letter is a sign of its own for everybody', () => {
    const [ana, ben] = [new Desk([{ insert: '😁x\n' }], 1), new Desk([], 2)];
    ana.dispatch(ana.state.tr.insertText('new', 2));
    ana.dispatch(ana.state.tr.insertText('\uD83D', 1));
    ben.hears(ana);
    expect(reading(ana.state.doc)).toEqual(['paragraph \uFFFD\uFFFDnew\uFFFDx']);
    expect(ben.state.doc.eq(ana.state.doc)).toBe(true);
  });
});

describe('the last mark', () => {
  it('stays when everything is deleted', () => {
    const desk = new Desk([{ insert: 'One' }, { insert: '\n', attributes: { block: 'title' } }, { insert: 'two\n' }]);
    desk.dispatch(desk.state.tr.delete(0, desk.state.doc.content.size));
    expect(desk.stored().map(({ insert }) => insert).join('')).toMatch(/\n$/u);
    expect(documentOf(SCHEMA, desk.stored()).eq(desk.state.doc)).toBe(true);
  });

  it('that somebody took away is missed by nobody, and written again by the next act', () => {
    const [ana, ben] = [new Desk([{ insert: 'One\ntwo\n' }], 1), new Desk([], 2)];
    ben.hears(ana);
    ben.doc.getText(BODY).delete(7, 1);
    ana.hears(ben);
    expect(reading(ana.state.doc)).toEqual(['paragraph One', 'paragraph two']);
    ana.dispatch(ana.state.tr.insertText('!', 9));
    expect(ana.stored()).toEqual([{ insert: 'One\ntwo!\n' }]);
  });
});

describe('the measure of a text', () => {
  it('counts footnotes, numbers them in order, and finds the title', () => {
    const desk = new Desk([
      { insert: 'A title' },
      { insert: '\n', attributes: { block: 'title' } },
      { insert: 'One' },
      { insert: { note: 'aaaaaaaaaa' } },
      { insert: ' two.' },
      { insert: { note: 'bbbbbbbbbb' } },
      { insert: '\n', attributes: { block: 'numbered:1' } },
      { insert: 'three' },
      { insert: '\n', attributes: { block: 'numbered:2' } },
    ]);
    desk.draft.note('aaaaaaaaaa').insert(0, 'first note\n');
    desk.draft.note('bbbbbbbbbb').insert(0, 'second\n');
    const found = measure(desk.state.doc, desk.draft.words(SCHEMA), desk.draft.noteIds());
    expect(found).toMatchObject({ counts: { wordsWithNotes: 8 }, paragraphs: 1, title: 'A title', removed: [] });
    expect(found.notes.map(({ number, text }) => `${number} ${text}`)).toEqual(['1 first note', '2 second']);
    for (const { pos } of found.notes) expect(desk.state.doc.nodeAt(pos)?.type.name).toBe('footnote');
  });
});
