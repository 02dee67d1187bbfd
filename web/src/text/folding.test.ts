import { expect, it } from 'vitest';
import { findAll, fold, type Apart } from './folding';

const TOGETHER: Apart = { case: false, forms: false };
const CASE: Apart = { case: true, forms: false };
const FORMS: Apart = { case: false, forms: true };

const found = (text: string, sought: string, apart = TOGETHER) => findAll(fold(text, apart), fold(sought, apart).text, 100).map(({ at, length }) => text.slice(at, at + length));

it.each([
  ['Les TÉMOINS témoignent', 'temoin', ['TÉMOIN']],
  ['te\u0301moin, temoin', 'témoin', ['te\u0301moin', 'temoin']],
  ['İstanbul, ıstanbul, Istanbul', 'istanbul', ['İstanbul', 'ıstanbul', 'Istanbul']],
  ['Straße STRASSE', 'strasse', ['Straße', 'STRASSE']],
  ['Łódź and Ærø', 'lodz', ['Łódź']],
  ['Σίσυφος', 'σισυφοσ', ['Σίσυφος']],
  ['Ёлка и елка', 'елка', ['Ёлка', 'елка']],
  ['мой, мои', 'мои', ['мои']],
  ['か が', 'か', ['か']],
  ['الإنسان والْإِنْسَــانِ وانسان', 'انسان', ['إنسان', 'إِنْسَــانِ', 'انسان']],
  ['الحرية', 'الحريه', ['الحرية']],
  ['على علي', 'علي', ['على', 'علي']],
  ['کتاب كتاب', 'كتاب', ['کتاب', 'كتاب']],
  ['القرار ١٣٢٥ و۱۳۲۵', '1325', ['١٣٢٥', '۱۳۲۵']],
  ['שָׁלוֹם', 'שלום', ['שָׁלוֹם']],
  ['ＵＮ and UN', 'un', ['ＵＮ', 'UN']],
  ['“don’t” — 2020–2025', '"don\'t" - 2020-2025', ['“don’t” — 2020–2025']],
  ['two words', 'two words', ['two words']],
  ['two\u00a0words', 'two words', ['two\u00a0words']],
  ['inter\u00adnational', 'international', ['inter\u00adnational']],
  ['हिन्दी', 'हिन्दी', ['हिन्दी']],
  ['签署组织 组织', '组织', ['组织', '组织']],
  ['aaaa', 'aa', ['aa', 'aa']],
  ['𝐁old 😀', 'bold 😀', ['𝐁old 😀']],
])('%s: %s', (text, sought, wanted) => {
  expect(found(text, sought)).toEqual(wanted);
});

it('nothing is found within a letter', () => {
  expect(found('æ é ß', 'a')).toEqual([]);
  expect(found('Straße', 's')).toEqual(['S']);
  expect(found('😀', '\ud83d')).toEqual([]);
});

it('case is told apart where it is asked for', () => {
  expect(found('Sea sea SEA', 'sea', CASE)).toEqual(['sea']);
  expect(found('Mère Mere mere', 'Mere', CASE)).toEqual(['Mère', 'Mere']);
});

it('accents and forms of letters are told apart where it is asked for', () => {
  expect(found('Mère mere', 'MERE', FORMS)).toEqual(['mere']);
  expect(found('me\u0300re mère mere', 'mère', FORMS)).toEqual(['me\u0300re', 'mère']);
  expect(found('إنسان انسان', 'انسان', FORMS)).toEqual(['انسان']);
  expect(found('don’t', "don't", FORMS)).toEqual([]);
});
