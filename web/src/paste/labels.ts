// The labels people type and programs write before a paragraph: "1.", "(a)", "iv)", "١.". One label can be read in several ways,
// "(i)" as a letter and as a number; which one is meant shows only in the row it stands in.

export interface Reading {
  /** How it is written, so that "1." and "(1)" are two rows. */
  form: string;
  value: number;
  /** The level of numbered paragraphs that is labelled so. */
  level: 1 | 2 | 3;
}

export interface Label {
  readings: Reading[];
  /** UTF-16 units of the label and the space behind it. */
  length: number;
}

// Years and sums are no labels.
const VALUE_MAX = 999;

const ZEROS = ['0', '٠', '۰', '०', '০', '０'];
const ALPHABETS = ['abcdefghijklmnopqrstuvwxyz', 'абвгдежзиклмнопрстуфхцчшщэюя', 'أبجدهوزحطيكلمنسعفصقرشتثخذضظغ', 'أبتثجحخدذرزسشصضطظعغفقكلمنهوي'];
const ROMAN: Record<string, number> = { i: 1, v: 5, x: 10, l: 50, c: 100 };

const TYPED = /^[ \u00A0]*(?:(\()(\p{Nd}{1,3}|\p{L}{1,8})(\))|(\p{Nd}{1,3}|\p{L}{1,8})([.)]))(?=[ \u00A0])[ \u00A0]+|^(\p{Nd}{1,3})([、．])[ \u00A0]*/u;

/** The label typed at the start of a paragraph that goes on behind it. */
export function typedLabel(text: string): Label | undefined {
  const found = TYPED.exec(text);
  if (found === null || found[0].length === text.length) return undefined;
  const [whole, before = '', framed, , plain, after, wide, mark] = found;
  const readings = readingsOf(framed ?? plain ?? wide ?? '', before, after ?? mark ?? ')');
  return readings.length === 0 ? undefined : { readings, length: whole.length };
}

/** What a list's own marker says: the readings of its last part ("3.2." is the second), or none of a bullet. */
export function markerReadings(marker: string): Reading[] {
  const text = marker.trim().slice(-20);
  const parts = /(\(?)(\p{Nd}{1,3}|\p{Ll}{1,8})([.):]?)$/u.exec(text);
  if (parts === null) return [];
  const [, before = '', word = '', after = ''] = parts;
  // "o" is the bullet of a second level; a letter that counts has its mark.
  return /\p{Nd}/u.test(word) || after !== '' ? readingsOf(word, before, after) : [];
}

function readingsOf(word: string, before: string, after: string): Reading[] {
  const form = (kind: string) => `${before}${kind}${after}`;
  const found: Reading[] = [];
  const number = decimal(word);
  if (number !== undefined) return number >= 1 && number <= VALUE_MAX ? [{ form: form('1'), value: number, level: 1 }] : [];
  const numeral = roman(word);
  if (numeral !== undefined) found.push({ form: form('i'), value: numeral, level: 3 });
  for (const [place, alphabet] of ALPHABETS.entries()) {
    const value = [...word].length === 1 ? [...alphabet].indexOf(word) + 1 : 0;
    if (value > 0) found.push({ form: form(`a${place}`), value, level: 2 });
  }
  return found;
}

function decimal(word: string): number | undefined {
  const digits = [...word].map((letter) => {
    const code = letter.codePointAt(0) ?? 0;
    const zero = ZEROS.map((one) => one.codePointAt(0) ?? 0).find((one) => one <= code && code <= one + 9);
    return zero === undefined ? undefined : code - zero;
  });
  return digits.includes(undefined) ? undefined : Number(digits.join(''));
}

function roman(word: string): number | undefined {
  if (!/^(?:c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})$/u.test(word) || word === '') return undefined;
  const values = [...word].map((letter) => ROMAN[letter] ?? 0);
  return values.reduce((sum, value, at) => (value < (values[at + 1] ?? 0) ? sum - value : sum + value), 0);
}
