import { expect, it } from 'vitest';
import type { Hand } from '../api/types';
import { hands, quoted } from './hands';

const by = (acronym: string, day: string, at?: string): Hand => ({
  by: { organisation: { id: acronym, acronym, name: acronym, colour: 1 }, unnamed: false, person: 'P', own: false },
  began: false,
  day,
  at: at === undefined ? undefined : `${day}T${at}:00Z`,
});
const unnamed = (day: string): Hand => ({ by: { unnamed: true, own: false }, began: false, day });

it('everybody is told once, whoever wrote first comes first', () => {
  const words = 'Keep all libraries open today.';
  const parts = [
    { letters: 5, first: by('AJO', '2026-01-12', '10:00'), brought: by('SEC', '2026-02-01', '09:00') },
    { letters: 4, first: by('BCAP', '2026-01-12', '09:00') },
    { letters: 10, first: by('AJO', '2026-01-14', '10:00') },
    { letters: 4, first: by('AJO', '2026-01-11', '10:00') },
    { letters: 6, first: unnamed('2026-01-13') },
    { letters: 1 },
  ];
  const all = hands({ parts, complete: true }, words.split(''));
  expect(all.map(({ hand, words: own, letters }) => [hand?.by.organisation?.acronym ?? hand?.by.unnamed, hand?.day, own, letters])).toEqual([
    ['AJO', '2026-01-11', ['Keep ', 'libraries open'], 19],
    ['BCAP', '2026-01-12', ['all '], 4],
    [true, '2026-01-13', [' today'], 6],
    [undefined, undefined, ['.'], 1],
  ]);
  expect(all[0]?.brought.map((hand) => hand.by.organisation?.acronym)).toEqual(['SEC']);
  expect(all.map(quoted)).toEqual(['Keep … libraries open', 'all', 'today', '.']);
});

it('a long passage is told by its beginning, in whole letters', () => {
  const quote = quoted({ hand: undefined, words: [`${'🌊'.repeat(59)}\nsea`], letters: 122, brought: [] });
  expect(Array.from(quote)).toHaveLength(60);
  expect(quote.endsWith('🌊…')).toBe(true);
});
