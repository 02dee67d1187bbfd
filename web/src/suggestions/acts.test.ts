import { expect, it } from 'vitest';
import { NOTE_SIGN, type Piece } from '../editor/binding/proposals';
import { actsOf } from './acts';

const ins = (from: number, words: string, root = 'draft'): Piece => ({ is: 'ins', root, from, to: from + words.length, plain: { from, to: from }, words });
const del = (from: number, words: string): Piece => ({ ...ins(from, words), is: 'del', plain: { from, to: from + words.length } }) as Piece;
const told = (...pieces: Piece[]) => actsOf(pieces).map(({ inNote, ...act }) => Object.values(act).map(String).join(' ') + (inNote ? ' in a note' : ''));

it('words that go beside words that come are replaced by them, whichever stands first', () => {
  expect(told(del(0, 'old'), ins(3, 'new'))).toEqual(['replace old new']);
  expect(told(ins(0, 'new'), del(0, 'old'))).toEqual(['replace old new']);
  expect(told(del(0, 'old'), ins(9, 'new'))).toEqual(['delete old', 'insert new']);
  // What others propose stands between.
  expect(told(del(0, 'old'), { ...ins(9, 'new'), plain: { from: 3, to: 3 } })).toEqual(['replace old new']);
});

it('a paragraph mark that comes or goes breaks or joins, and a footnote is one', () => {
  expect(told(ins(0, '\n'))).toEqual(['split']);
  expect(told(del(0, '\n'))).toEqual(['join']);
  expect(told(ins(0, NOTE_SIGN), ins(0, 'See there\n', 'note:abcdefghij'))).toEqual(['footnote', 'insert See there in a note']);
  expect(told(ins(0, 'a new paragraph\nand one more\n'))).toEqual(['insert a new paragraph¶ and one more']);
});

it('each attribute of a style is an act, and so is a paragraph that becomes something else', () => {
  const style: Piece = { is: 'style', root: 'draft', from: 0, to: 3, plain: { from: 0, to: 3 }, words: 'sea', set: { bold: true, link: null } };
  expect(told(style)).toEqual(['style bold  sea', 'style not-link  sea']);
  const block: Piece = { is: 'block', root: 'draft', from: 3, to: 4, plain: { from: 3, to: 4 }, words: '\n', set: { block: 'heading:1', dir: null, start: null } };
  expect(actsOf([block])).toEqual([{ is: 'block', set: { block: 'heading:1', dir: null, start: null }, inNote: false }]);
});
