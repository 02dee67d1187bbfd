import { expect, it } from 'vitest';
import { Names, writerOf } from '../parts/writer';
import { choseAnew, comings, linesOf, ownHandle, partiesOf, type Party } from './parties';

const calls = { secretariat: { acronym: 'SEC', name: 'Secretariat' }, unnamed: { acronym: 'unnamed', name: 'An organisation' } };
const line = (handle: string, more: object = {}) => ({ handle, unnamed: false, people: [], ...more });
const ajo = { id: '1', acronym: 'AJO', name: 'Jamais l’Oubli', colour: 3 };

it('a presence names nobody, and what has no handle is nobody', () => {
  expect(writerOf({ user: { handle: 'k3m9x0qa7t', color: 3, name: 'Ana' }, cursor: null })).toEqual({ handle: 'k3m9x0qa7t', colour: 3 });
  expect(writerOf({ user: { handle: 'k3m9x0qa7t', color: 'url(x)' } })?.colour).toBe(0);
  for (const bad of [undefined, null, {}, { user: null }, { user: { name: 'Ana' } }, { user: { handle: 7 } }, { user: { handle: 'x'.repeat(41) } }]) {
    expect(writerOf(bad)).toBeUndefined();
  }
});

it('everybody who is here stands in one line, as this reader may know them', () => {
  const present = [
    { handle: 'a', colour: 3 },
    { handle: 's', colour: 0 },
    { handle: 'a', colour: 3 },
    { handle: 'u', colour: 0 },
  ];
  const told = [line('s', { people: ['Harriet'] }), line('u', { unnamed: true }), line('a', { organisation: ajo, people: ['Élodie', 'François'] }), line('x')];
  const parties = partiesOf(present, told, calls) ?? [];
  expect(parties.map(({ acronym }) => acronym)).toEqual(['AJO', 'SEC', 'unnamed']);
  expect(linesOf(parties).map(({ name, isPerson }) => [name, isPerson])).toEqual([
    ['Élodie', true],
    ['François', true],
    ['Harriet', true],
    ['An organisation', false],
  ]);
});

it('nobody is called anything before the server has been asked', () => {
  expect(partiesOf([{ handle: 'a', colour: 3 }], undefined, calls)).toBeUndefined();
  expect(partiesOf([{ handle: 'a', colour: 3 }], [line('s')], calls)).toBeUndefined();
  expect(partiesOf([], undefined, calls)).toEqual([]);
});

it('a colour that changes is a choice; who comes and goes chooses nothing', () => {
  const of = (...all: [string, number][]) => all.map(([handle, colour]) => ({ handle, colour }));
  expect(choseAnew(of(['a', 3]), of(['a', 0]))).toBe(true);
  expect(choseAnew(of(['a', 0], ['b', 1]), of(['b', 1], ['a', 3]))).toBe(true);
  expect(choseAnew(of(['a', 3]), of(['a', 3], ['b', 0]))).toBe(false);
  expect(choseAnew(of(['a', 3]), of())).toBe(false);
});

it('who comes and goes is announced, and no change of name', () => {
  const party = (handle: string, acronym: string, people: string[]): Party => ({ handle, acronym, people, name: acronym, colour: 1, unnamed: acronym === 'unnamed' });
  const [named, sec, unnamed] = [party('a', 'AJO', ['Élodie']), party('s', 'SEC', ['Harriet']), party('a', 'unnamed', [])];
  expect(comings([named], [named, sec])).toEqual({ joined: ['Harriet (SEC)'], left: [] });
  expect(comings([named], [party('a', 'AJO', ['François'])])).toEqual({ joined: ['François (AJO)'], left: ['Élodie (AJO)'] });
  expect(comings([named], [unnamed])).toEqual({ joined: [], left: [] });
  expect(comings([unnamed], [named])).toEqual({ joined: [], left: [] });
  expect(comings([unnamed], [])).toEqual({ joined: [], left: ['unnamed'] });
});

it('carets hear of names once they change', () => {
  const names = new Names();
  let heard = 0;
  const forget = names.subscribe(() => (heard += 1));
  expect(names.of('a')).toBe('');
  names.know(new Map([['a', 'AJO']]));
  names.know(new Map([['a', 'AJO']]));
  expect([names.of('a'), heard]).toEqual(['AJO', 1]);
  names.know(new Map());
  forget();
  names.know(new Map([['a', 'AJO']]));
  expect(heard).toBe(2);
});

it('one writes under the handle of one\'s organisation; the secretariat under the one that is nobody else\'s', () => {
  const writers = [line('u', { unnamed: true }), line('a', { organisation: ajo }), line('s')];
  const own = { handle: 'u', organisation: ajo, unnamed: true, may_choose: true, seen: '' };
  expect(ownHandle({ writers, own })).toBe('u');
  expect(ownHandle({ writers })).toBe('s');
  expect(ownHandle({ writers, own: { organisation: ajo, unnamed: true, may_choose: true, seen: '' } })).toBeUndefined();
  expect(ownHandle(undefined)).toBeUndefined();
});
