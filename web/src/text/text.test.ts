import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import obstacles from '../words/en/obstacles.json';
import { addressOf, ADDRESS_BYTES_MAX, namesAnother, stands } from './link';
import { findUnseen, isSign, plainly } from './unseen';
import table from './unseen.json';

// The server's tests read the same files.
const cases = (file: string) => JSON.parse(readFileSync(join(import.meta.dirname, '../../../tests/vectors/text', file), 'utf8')) as unknown;

describe('what nobody sees', () => {
  const all = cases('unseen.json') as { why: string; text: string; found: [string, number, string][]; mended: string }[];

  it('is judged as the server judges it', () => {
    expect(all.length).toBeGreaterThan(50);
    for (const { why, text, found, mended } of all) {
      const ours = findUnseen(text);
      expect(ours.map(({ code, at, name }) => [code, at, name]), why).toEqual(found);
      let left = text;
      for (const { at, length, mend } of ours.toReversed()) {
        if (mend !== 'by-hand') left = left.slice(0, at) + (mend === 'space' ? ' ' : '') + left.slice(at + length);
      }
      expect(left, why).toBe(mended);
    }
  });

  // The table beside another copy of Unicode's data: the one of the engine that runs this test.
  it('is known whole to the table', () => {
    const visible = /[\p{White_Space}\u0600-\u0605\u06DD\u070F\u0890\u0891\u08E2\u{110BD}\u{110CD}]/u;
    const unseen = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Cc}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}\p{Co}\p{Cs}]/u;
    const missing: string[] = [];
    for (let code = 0; code <= 0x10ffff; code += 1) {
      const letter = String.fromCodePoint(code);
      const spaces = visible.test(letter) && !/[\v\f\u0085\p{Zl}\p{Zp}]/u.test(letter);
      if (unseen.test(letter) && !spaces && !isSign(letter)) missing.push(code.toString(16));
    }
    expect(missing).toEqual([]);
  });

  it('is kept for the letters of the scripts that need it, and only for them', () => {
    const letters = (kind: keyof typeof table.letters) => {
      const among = table.letters[kind].map(([from = '', to = '']) => [Number.parseInt(from, 16), Number.parseInt(to, 16)] as const);
      const found = new Set<string>();
      for (const [from, to] of among) for (let code = from; code <= to; code += 1) found.add(String.fromCodePoint(code));
      return found;
    };
    const joining = letters('joining');
    for (const script of ['Arabic', 'Syriac', 'Nko', 'Devanagari', 'Bengali', 'Gujarati', 'Gurmukhi', 'Oriya', 'Tamil', 'Telugu', 'Kannada', 'Malayalam', 'Sinhala', 'Tibetan', 'Myanmar', 'Khmer', 'Mongolian', 'Adlam', 'Mandaic']) {
      const own = new RegExp(`^\\p{Script=${script}}$`, 'u');
      const missing: string[] = [];
      for (let code = 0x300; code <= 0x1efff; code += 1) {
        const letter = String.fromCodePoint(code);
        if (own.test(letter) && /^[\p{L}\p{Mn}\p{Mc}]$/u.test(letter) && !isSign(letter) && !joining.has(letter)) missing.push(code.toString(16));
      }
      expect(missing, script).toEqual([]);
    }
    const strangers = [...joining].filter((letter) => /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Hebrew}\p{Script=Thaana}\p{Script=Han}\p{Script=Hangul}\p{Script=Ethiopic}\p{Script=Thai}]$/u.test(letter));
    expect(strangers).toEqual([]);
    const left = letters('right_to_left');
    expect([...left].filter((letter) => /^[\p{Script=Latin}\p{Script=Devanagari}\p{Script=Han}]$/u.test(letter))).toEqual([]);
    for (const letter of 'אښߊܐހࡀ𐤀𞤀') expect(left.has(letter), letter).toBe(true);
  });

  it('is found however much of it there is', () => {
    expect(findUnseen('\u202E'.repeat(200_000))).toHaveLength(200_000);
  });

  it('has a name in words', () => {
    const words: Record<string, string> = obstacles;
    for (const [, , name] of table.signs) expect(words[`character.${name}`], name).toBeDefined();
  });

  it('is written out where it is shown', () => {
    expect(plainly('hold \u202E000\u2069 \u200Cx')).toBe('hold ⟨U+202E⟩000 \u200Cx');
  });
});

describe('an address', () => {
  const { addresses, words } = cases('links.json') as { addresses: [string, string | null][]; words: [string, string, boolean][] };

  it('is judged as the server judges it', () => {
    for (const [written, wanted] of addresses) {
      expect(addressOf(written) ?? null, written).toBe(wanted);
      if (wanted !== null) expect(stands(wanted), wanted).toBe(true);
    }
  });

  it('is the one that the words of a link name', () => {
    for (const [shown, href, another] of words) expect(namesAnother(shown, href), `${shown} opens ${href}`).toBe(another);
  });

  it('is bounded in bytes', () => {
    const long = (letter: string, count: number) => `https://a.example/${letter.repeat(count)}`;
    expect([stands(long('x', ADDRESS_BYTES_MAX - 18)), stands(long('x', ADDRESS_BYTES_MAX - 17))]).toEqual([true, false]);
    expect([stands(long('ж', 1015)), stands(long('ж', 1016))]).toEqual([true, false]);
  });
});
