import { describe, expect, it } from 'vitest';
import { digestGroups } from './digest';
import { initials, orgClass } from './org-chip';
import { matches } from './organisation-picker';

const organisation = { name: 'L’Atelier des Témoins', name_en: 'Witness Workshop', acronym: 'ADT', country_name: 'Côte d’Ivoire', city: 'Abidjan' };

describe('searching organisations', () => {
  it.each([
    ['temoins', true],
    ['TÉMOINS cote', true],
    ['workshop abidjan', true],
    ['adt kenya', false],
    ['', true],
  ])('%s', (search, found) => {
    expect(matches(organisation, search)).toBe(found);
  });
});

it('initials are two letters at most, whatever the script', () => {
  expect(initials('Harriet Lindqvist-Okoro')).toBe('HL');
  expect(initials('رنا الخطيب')).toBe('را');
  expect(initials('Ana')).toBe('A');
  expect(initials('')).toBe('');
});

it('a colour outside the palette is no class', () => {
  expect([1, 8, 0, 9, 1.5, undefined].map(orgClass)).toEqual(['o1', 'o8', '', '', '', '']);
});

it('a digest is read in groups of four', () => {
  expect(digestGroups('sha256:9f2c7a1e44b0')).toBe('9f2c 7a1e 44b0');
});
