// Finding and replacing on a shared draft, with the binding that pages have.
import type { Node } from '@tiptap/pm/model';
import { expect, it } from 'vitest';
import { applyUpdate, Doc, encodeStateAsUpdate } from 'yjs';
import { BODY, noteRoot } from '../../text/draft';
import type { Apart } from '../../text/folding';
import type { Stretch } from '../binding/reading';
import { Person } from '../binding/random-people';
import { SCHEMA } from '../schema';
import { replaceInBody, replaceInNotes, Search } from './search';

const TOGETHER: Apart = { case: false, forms: false };
const NOTE = 'aaaaaaaaaa';

function draft(stretches: Stretch[], note?: Stretch[]): Uint8Array {
  const doc = new Doc();
  doc.clientID = 1;
  doc.getText(BODY).applyDelta(stretches as object[]);
  if (note !== undefined) doc.getText(noteRoot(NOTE)).applyDelta(note as object[]);
  return encodeStateAsUpdate(doc);
}

const PLAIN: Stretch[] = [
  { insert: 'The Sea' },
  { insert: '\n', attributes: { block: 'title' } },
  { insert: 'The sea and ' },
  { insert: 'the s', attributes: { bold: true } },
  { insert: { note: NOTE } },
  { insert: 'ea', attributes: { italic: true } },
  { insert: '.\n' },
  { insert: 'Overseas', attributes: { link: 'https://sea.example/' } },
  { insert: '\n', attributes: { block: 'bullet:1' } },
];
const NOTED: Stretch[] = [{ insert: 'See the sea, ' }, { insert: 'sea', attributes: { bold: true } }, { insert: '.\nSea.\n' }];

const ana = (beginning = draft(PLAIN, NOTED)) => new Person(1, 11, beginning);

const find = ({ body, draft: shared }: Person, sought: string, apart = TOGETHER) => new Search().in(body.doc, shared.words(SCHEMA), sought, apart);

function replaceAll(person: Person, sought: string, words: string, apart = TOGETHER): number {
  const matches = find(person, sought, apart);
  const tr = replaceInBody(person.body.state, matches, words);
  person.draft.alone(() => {
    if (tr !== undefined) person.body.dispatch(tr);
    for (const [note, changes] of replaceInNotes(matches, words)) person.draft.rewriteNote(note, changes);
  });
  return matches.length;
}

const stored = ({ doc }: Person, root = BODY) => doc.getText(root).toDelta() as Stretch[];
const reading = (doc: Node) => doc.children.map(({ textContent }) => textContent);
const meet = (one: Person, other: Person) => {
  applyUpdate(one.doc, encodeStateAsUpdate(other.doc), 'net');
  applyUpdate(other.doc, encodeStateAsUpdate(one.doc), 'net');
};

it('words are found in the title, in paragraphs, items, links and footnotes, in the order of the text', () => {
  const found = find(ana(), 'sea').map(({ line, at }) => `${line.block}${line.footnote === undefined ? '' : ` note ${line.footnote}`} ${at}`);
  expect(found).toEqual(['1 4', '2 4', '2 16', '2 note 1 8', '2 note 1 13', '2 note 1 18', '3 4']);
});

it('what replaces words looks as they did, and a footnote among them stays', () => {
  const person = ana();
  expect(replaceAll(person, 'sea', 'ocean')).toBe(7);
  expect(stored(person)).toEqual([
    { insert: 'The ocean' },
    { insert: '\n', attributes: { block: 'title' } },
    { insert: 'The ocean and ' },
    { insert: 'the ocean', attributes: { bold: true } },
    { insert: { note: NOTE } },
    { insert: '.\n' },
    { insert: 'Overoceans', attributes: { link: 'https://sea.example/' } },
    { insert: '\n', attributes: { block: 'bullet:1' } },
  ]);
  expect(stored(person, noteRoot(NOTE))).toEqual([{ insert: 'See the ocean, ' }, { insert: 'ocean', attributes: { bold: true } }, { insert: '.\nocean.\n' }]);
  expect(person.body.doc.eq(person.body.binding.document())).toBe(true);
});

it('all of it is one step of undo', () => {
  const person = ana();
  replaceAll(person, 'sea', 'ocean');
  replaceAll(person, 'ocean', 'water');
  person.draft.undo.undo();
  expect(reading(person.body.doc)).toEqual(['The ocean', 'The ocean and the ocean.', 'Overoceans']);
  person.draft.undo.undo();
  expect(stored(person)).toEqual(PLAIN);
  expect(stored(person, noteRoot(NOTE))).toEqual(NOTED);
});

it('letters that stay are not touched: the word keeps its own appearances', () => {
  const person = ana(draft([{ insert: 'organi' }, { insert: 'sation', attributes: { italic: true } }, { insert: '\n' }]));
  replaceAll(person, 'organisation', 'organization');
  expect(stored(person)).toEqual([{ insert: 'organi' }, { insert: 'zation', attributes: { italic: true } }, { insert: '\n' }]);
});

it('whoever writes in a word while it is replaced loses no letter, and others’ footnotes neither', () => {
  const [one, other] = [ana(), new Person(2, 22, draft(PLAIN, NOTED))];
  const wrote = other.body.state;
  // Into "sea", behind it, and into the footnote's first "sea", all before anything of the replacing has come.
  other.body.dispatch(wrote.tr.insertText('X', 15));
  other.body.dispatch(other.body.state.tr.insertText('Y', 12));
  other.doc.transact(() => other.draft.note(NOTE).insert(9, 'Z'), other.body.binding);
  replaceAll(one, 'sea', 'ocean');
  meet(one, other);
  const [mine, theirs] = [one, other].map(({ body }) => reading(body.doc).join('|'));
  expect(mine).toBe(theirs);
  expect(stored(one)).toEqual(stored(other));
  for (const letter of ['X', 'Y']) expect(mine).toContain(letter);
  expect(one.doc.getText(noteRoot(NOTE)).toString()).toContain('Z');
  expect(one.body.doc.eq(one.body.binding.document())).toBe(true);
  expect(other.body.doc.eq(other.body.binding.document())).toBe(true);
  // What the other wrote stands when the replacing is taken back.
  one.draft.undo.undo();
  meet(one, other);
  const back = reading(one.body.doc).join('|');
  for (const letter of ['X', 'Y']) expect(back).toContain(letter);
  expect(back.replaceAll(/[XY]/gu, '')).toBe('The Sea|The sea and the sea.|Overseas');
});

it('Arabic is found without its vowel signs and in all forms, and replaced whole', () => {
  const person = ana(draft([{ insert: 'حقوق الْإِنْسَــانِ والانسان\n' }]));
  expect(find(person, 'إنسان')).toHaveLength(2);
  expect(find(person, 'إنسان', { case: false, forms: true })).toHaveLength(0);
  replaceAll(person, 'انسان', 'بشر');
  expect(reading(person.body.doc)).toEqual(['حقوق الْبشر والبشر']);
});

it('a letter of two halves and a letter with an accent stay whole', () => {
  const person = ana(draft([{ insert: 'a😀b cafe\u0301\n' }]));
  replaceAll(person, 'a😀b', 'a😁b');
  replaceAll(person, 'café', 'cafe', { case: false, forms: false });
  expect(reading(person.body.doc)).toEqual(['a😁b cafe']);
  expect(stored(person).map(({ insert }) => insert).join('')).not.toMatch(/\uFFFD/u);
});

it('nothing is found across paragraphs, of the text or of a footnote', () => {
  expect(find(ana(), 'sea. overseas')).toEqual([]);
  expect(find(ana(), 'sea. sea')).toEqual([]);
  expect(find(ana(), '')).toEqual([]);
});

it('replacing with nothing takes the words away', () => {
  const person = ana();
  replaceAll(person, 'the ', '');
  expect(reading(person.body.doc)).toEqual(['Sea', 'sea and sea.', 'Overseas']);
});

it('a footnote that is referred to twice is changed once', () => {
  const person = ana(draft([{ insert: 'a' }, { insert: { note: NOTE } }, { insert: 'b' }, { insert: { note: NOTE } }, { insert: '\n' }], [{ insert: 'sea\n' }]));
  expect(replaceAll(person, 'sea', 'sea and sea')).toBe(2);
  expect(person.doc.getText(noteRoot(NOTE)).toString()).toBe('sea and sea\n');
});
