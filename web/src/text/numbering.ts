// Numbers of paragraphs and of list items, as they are drawn: the document holds none, so that two people who insert a paragraph at
// once never disagree about a number. The server numbers by the same rule (server/text/numbers.rs; tests/vectors/drafts/numbering.json).
import type { Shape } from './draft';

export interface Numbered {
  /** `3.`, `(b)`, `(iv)`, `a.`; nothing for a block without one. */
  label: string | undefined;
  /** The same as a number: how many of its level there are by now. */
  number?: number;
  /** Of a numbered paragraph, as it is cited: `3(b)(iv)`. */
  cited: string | undefined;
}

const NONE: Numbered = { label: undefined, cited: undefined };

/** Counts through a text, block by block. */
export class Numbering {
  /** Numbered paragraphs: of the text, of the last one, of the last one below it. */
  private readonly paragraphs = [0, 0, 0];
  /** Items of the list one is in, by level. */
  private items: number[] = [];

  /** `shape` is nothing for a block of an unknown kind. */
  next(shape: Shape | undefined, start: number | null): Numbered {
    if (shape?.kind === 'ordered') return this.item(shape.level, start);
    if (shape?.kind === 'bullet') this.items = this.items.slice(0, shape.level - 1);
    else if (shape?.kind !== 'continuation') this.items = [];
    return shape?.kind === 'numbered' ? this.paragraph(shape.level) : NONE;
  }

  private paragraph(level: number): Numbered {
    const { paragraphs } = this;
    paragraphs[level - 1] = (paragraphs[level - 1] ?? 0) + 1;
    paragraphs.fill(0, level);
    const [first = 0, second = 0, third = 0] = paragraphs;
    const cited = String(first) + (level > 1 && second > 0 ? `(${letters(second)})` : '') + (level > 2 ? `(${roman(third)})` : '');
    const label = level === 1 ? `${first}.` : level === 2 ? `(${letters(second)})` : `(${roman(third)})`;
    return { label, number: paragraphs[level - 1], cited };
  }

  private item(level: number, start: number | null): Numbered {
    const number = start ?? (this.items[level - 1] ?? 0) + 1;
    this.items = [...Array.from({ length: level - 1 }, (_, at) => this.items[at] ?? 0), number];
    const style = [String, letters, roman][(level - 1) % 3] ?? String;
    return { label: `${style(number)}.`, number, cited: undefined };
  }
}

/** a … z, aa, ab … */
function letters(number: number): string {
  let sign = '';
  for (let rest = number; rest > 0; rest = Math.floor((rest - 1) / 26)) sign = String.fromCodePoint(97 + ((rest - 1) % 26)) + sign;
  return sign;
}

const ROMAN: [number, string][] = [
  [1000, 'm'], [900, 'cm'], [500, 'd'], [400, 'cd'], [100, 'c'], [90, 'xc'], [50, 'l'], [40, 'xl'], [10, 'x'], [9, 'ix'], [5, 'v'], [4, 'iv'], [1, 'i'],
];

function roman(number: number): string {
  let [sign, rest] = ['', number];
  for (const [worth, letter] of ROMAN) {
    while (rest >= worth) {
      sign += letter;
      rest -= worth;
    }
  }
  return sign;
}
