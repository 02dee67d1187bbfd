// Words as they are searched: without what people leave out or write in another way. Case, accents, Arabic vowel signs and the forms of
// alef, yeh and teh marbuta, tatweel, full width, digits of other scripts, curly quotes and dashes all fold together unless they are
// told apart. A letter is folded whole, with its accents, so that what is found begins and ends beside a letter and never within one.
//
// What tells letters apart in their own alphabet stays: й is no и, and が no か.

/** What is told apart. */
export interface Apart {
  case: boolean;
  /** Accents and other forms of a letter. */
  forms: boolean;
}

export interface Folded {
  text: string;
  /** For each unit of the folded text, where the letter it comes from begins and ends. */
  starts: number[];
  ends: number[];
}

export function fold(text: string, apart: Apart): Folded {
  let folded = '';
  const [starts, ends]: [number[], number[]] = [[], []];
  for (const { 0: letter, index } of text.matchAll(LETTERS)) {
    const units = folds(letter, apart);
    folded += units;
    for (let at = 0; at < units.length; at += 1) {
      starts.push(index);
      ends.push(index + letter.length);
    }
  }
  return { text: folded, starts, ends };
}

export interface Stretch {
  at: number;
  length: number;
}

/** Where `sought` stands in a text, both folded; what overlaps is found once. */
export function findAll({ text, starts, ends }: Folded, sought: string, max: number): Stretch[] {
  const found: Stretch[] = [];
  if (sought === '') return found;
  for (let at = text.indexOf(sought); at >= 0 && found.length < max; ) {
    const end = at + sought.length;
    const isWhole = starts[at] !== starts[at - 1] && starts[end - 1] !== starts[end];
    const [from, to] = [starts[at], ends[end - 1]];
    if (isWhole && from !== undefined && to !== undefined) found.push({ at: from, length: to - from });
    at = text.indexOf(sought, isWhole ? end : at + 1);
  }
  return found;
}

// A letter with what is written above and below it.
const LETTERS = /\P{M}\p{M}*|\p{M}+/gu;
// Marks that are left out in writing: accents, Hebrew points, Arabic vowel signs; tatweel; and what nobody sees.
const LEFT_OUT = /[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed]|\p{Cf}/gu;

const FORMS: Record<string, string> = {
  // Arabic, and Persian and Urdu letters beside it. Those with a hamza above or below come apart by themselves.
  ٱ: 'ا', ى: 'ي', ی: 'ي', ة: 'ه', ک: 'ك', ہ: 'ه', ھ: 'ه',
  // Latin letters that Unicode takes for letters of their own.
  ø: 'o', Ø: 'O', ł: 'l', Ł: 'L', đ: 'd', Đ: 'D', ð: 'd', Ð: 'D', þ: 'th', Þ: 'TH', æ: 'ae', Æ: 'AE', œ: 'oe', Œ: 'OE', ß: 'ss', ı: 'i', ħ: 'h', Ħ: 'H',
  '‘': "'", '’': "'", '‚': "'", '‛': "'", ʼ: "'", '′': "'", '“': '"', '”': '"', '„': '"', '‟': '"', '«': '"', '»': '"', '″': '"',
  '‐': '-', '‑': '-', '‒': '-', '–': '-', '—': '-', '―': '-', '−': '-',
};

function folds(letter: string, apart: Apart): string {
  if (letter.length === 1 && letter >= ' ' && letter <= '~') return apart.case ? letter : letter.toLowerCase();
  if (/^[^\S\n]/u.test(letter)) return ' ';
  const form = apart.forms ? letter.normalize('NFC') : plain(letter);
  return apart.case ? form : form.toLowerCase().replaceAll('ς', 'σ');
}

function plain(letter: string): string {
  const whole = letter.normalize('NFC');
  if (/^[йЙ]/u.test(whole)) return whole.slice(0, 1);
  const bare = letter.normalize('NFKD').replaceAll(LEFT_OUT, '');
  return Array.from(bare, (sign) => FORMS[sign] ?? digit(sign)).join('');
}

/** Digits of other scripts stand in rows of ten, which begin where no digit stands before. */
function digit(sign: string): string {
  if (!/\p{Nd}/u.test(sign)) return sign;
  let value = 0;
  const code = sign.codePointAt(0) ?? 0;
  while (value < 10 && /\p{Nd}/u.test(String.fromCodePoint(code - value - 1))) value += 1;
  return value < 10 ? String(value) : sign;
}
