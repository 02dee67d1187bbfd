import { expect, test } from 'vitest';
import { begunAt, completed, mentionable, mentionedIn } from './mentions';

const organisation = (id: string, acronym: string, name: string) => ({ id, acronym, name, colour: 1 });
const KNOWN = {
  organisations: [organisation('1', 'AJO', 'Association Jamais'), organisation('2', 'AJO-Sud', 'Sud'), organisation('3', '', 'صوت المحيط'), organisation('4', 'ÉTÉ', 'Été pour tous')],
  colleagues: [{ id: '5', name: 'Ana María' }],
  coordinators: [{ id: '6', name: 'Ben Okri-Sandoval' }],
};
const ALL = mentionable(KNOWN, 'Secretariat', 'all');
const tags = (words: string) => mentionedIn(words, ALL).map(({ tag }) => tag);

test('whoever stands behind an @ is mentioned, once', () => {
  expect(tags('@AJO and @Secretariat: see @AJO.')).toEqual(['AJO', 'Secretariat']);
  expect(tags('@AJO-Sud, not the other; @صوت المحيط، نعم')).toEqual(['AJO-Sud', 'صوت المحيط']);
  expect(tags('(@Ana María) @Ben Okri-Sandoval')).toEqual(['Ana María', 'Ben Okri-Sandoval']);
  expect(tags('mail@AJO.example @AJOX @ajo AJO @')).toEqual([]);
});

test('among coordinators only they are there', () => {
  expect(mentionable(KNOWN, 'Secretariat', 'coordinators').map(({ tag }) => tag)).toEqual(['Secretariat', 'Ben Okri-Sandoval']);
});

test('an @ offers everybody, and letters narrow it by acronym and by any word of a name', () => {
  const offers = (words: string) => begunAt(words, words.length, ALL)?.offers.map(({ tag }) => tag);
  expect(offers('See @')).toHaveLength(6);
  expect(offers('See @aj')).toEqual(['AJO', 'AJO-Sud']);
  expect(offers('See @sud')).toEqual(['AJO-Sud']);
  expect(offers('See @ete')).toBeUndefined();
  expect(offers('See @et')).toEqual(['ÉTÉ']);
  expect(offers('See @محيط')).toBeUndefined();
  expect(offers('See @المحيط')).toEqual(['صوت المحيط']);
  expect(offers('See @okri')).toEqual(['Ben Okri-Sandoval']);
  expect(offers('See @zzz')).toBeUndefined();
  expect(offers('a@aj')).toBeUndefined();
});

test('a name that is taken stands in the place of what was typed', () => {
  const [one] = begunAt('See @aj, please', 7, ALL)?.offers ?? [];
  if (one === undefined) throw new Error('nothing is offered');
  expect(completed('See @aj, please', 7, 4, one)).toEqual({ words: 'See @AJO, please', caret: 8 });
  expect(completed('See @aj please', 7, 4, one)).toEqual({ words: 'See @AJO please', caret: 8 });
});
