import { Doc } from 'yjs';
import { expect, it } from 'vitest';
import { lettersOf } from './letters';

it('letters are told in the order of the text, without marks and places', () => {
  const doc = new Doc();
  doc.clientID = 7;
  const text = doc.getText('draft');
  text.insert(0, 'Keep\n\nit 🌊\n', {});
  text.insertEmbed(4, { note: 'abcdefghij' });
  doc.clientID = 9;
  text.insert(2, 'ee', {});
  const all = lettersOf(text, 0, text.length);
  expect(all.stretches).toEqual(['7.0.2', '9.0.2', '7.2.2', '7.6.5']);
  expect(all.units.join('')).toBe('Keeeep\nit 🌊');
  expect(all.units.length).toBe(11);
  expect(lettersOf(text, 3, 5)).toEqual({ stretches: ['9.1.1', '7.2.1'], units: ['e', 'e'] });
  text.delete(3, 2);
  expect(lettersOf(text, 0, 4).stretches).toEqual(['7.0.2', '9.0.1', '7.3.1']);
  expect(lettersOf(text, 2, 2).stretches).toEqual([]);
});
