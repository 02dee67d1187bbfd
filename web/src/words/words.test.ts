import { expect, it } from 'vitest';
import { english } from './index';

const sentences = Object.entries(english).flatMap(([room, words]) => flat(words, room));

// Numbers that count nothing beside them: they read the same for one.
const NUMBERS_ALONE = ['signing.remind.button'];

it('every sentence that counts has a form for one and a general form', () => {
  const keys = new Set(sentences.map(([key]) => key));
  const alone = sentences.filter(([key, sentence]) => sentence.includes('{count}') && !/_(?:zero|one|other)$/u.test(key)).map(([key]) => key);
  expect(alone).toEqual(NUMBERS_ALONE);
  const forms = [...keys].filter((key) => /_(?:zero|one|other)$/u.test(key)).map((key) => key.replace(/_[a-z]+$/u, ''));
  expect(forms.filter((key) => !keys.has(`${key}_one`) || !keys.has(`${key}_other`))).toEqual([]);
});

function flat(words: object, path: string): [string, string][] {
  return Object.entries(words).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[`${path}.${key}`, value]] : flat(value as object, `${path}.${key}`),
  );
}
