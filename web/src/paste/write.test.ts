// What is copied is pasted again as it was, and reads well where nobody knows us.
import { describe, expect, it } from 'vitest';
import table from '../text/draft.json';
import { readHtml, writeHtml, writePlain, type Letters, type NoteRef, type PastedBlock } from '.';
import { append } from './blocks';
import { dice, shown, type Dice } from './testing';

const text = (words: string, looks: Omit<Letters, 'text'> = {}): Letters => ({ text: words, ...looks });
const block = (name: string, ...content: PastedBlock['content']): PastedBlock => ({ block: name, content });

const statement: PastedBlock[] = [
  block('title', text('Keep the library open')),
  block('numbered:1', text('The library is '), text('loved', { bold: true }), { note: [block('paragraph', text('Count of 2025.'))], id: 'abcdefghij' }, text('.')),
  block('numbered:2', text('by all;')),
  block('continuation:2', text('indeed')),
  block('heading:1', text('Demands')),
  block('numbered:1', text('Money')),
  block('bullet:1', text('a point')),
  block('bullet:2', text('below')),
  { block: 'ordered:1', start: 4, content: [text('four')] },
  block('quotation', text('All shall read.')),
  { block: 'paragraph', dir: 'rtl', content: [text('UPR'), text('\u2028'), text('the report', { link: 'https://archive.example/report' })] },
];

describe('a copy', () => {
  it('is the same blocks when it is pasted', () => {
    for (let seed = 1; seed <= 500; seed += 1) {
      const blocks = anyBlocks(dice(seed));
      expect(readHtml(writeHtml(blocks)), `seed ${seed}`).toEqual({ blocks, left: [], open: false });
      if (seed % 20 !== 0) continue;
      const framed = `<html>\r\n<body>\r\n<!--StartFragment-->${writeHtml(blocks)}<!--EndFragment-->\r\n</body>\r\n</html>`;
      expect(readHtml(framed).blocks, `seed ${seed}`).toEqual(blocks);
    }
  }, 60_000);

  it('of words in a line melts into the line it is pasted in', () => {
    for (let seed = 1; seed <= 100; seed += 1) {
      const content = anyContent(dice(seed), true);
      if (content.length === 0) continue;
      const blocks = [{ block: 'paragraph', content }];
      expect(readHtml(writeHtml(blocks, true)), `seed ${seed}`).toEqual({ blocks, left: [], open: true });
    }
  });

  it('is plain headings, nested lists and linked notes', () => {
    expect(writeHtml(statement)).toBe(
      [
        '<meta charset="utf-8">',
        '<h1 data-block="title">Keep the library open</h1>',
        '<ol><li><p data-block="numbered:1">The library is <b>loved</b>',
        '<a href="#_ftn1" name="_ftnref1" style="mso-footnote-id:ftn1" data-note="abcdefghij"><sup style="mso-special-character:footnote">[1]</sup></a>.</p>',
        '<ol type="a"><li><p data-block="numbered:2">by all;</p><p data-block="continuation:2">indeed</p></li></ol></li></ol>',
        '<h2 data-block="heading:1">Demands</h2>',
        '<ol start="2"><li><p data-block="numbered:1">Money</p></li></ol>',
        '<ul><li><p data-block="bullet:1">a point</p><ul><li><p data-block="bullet:2">below</p></li></ul></li></ul>',
        '<ol start="4"><li><p data-block="ordered:1" data-start="4">four</p></li></ol>',
        '<blockquote><p data-block="quotation">All shall read.</p></blockquote>',
        '<p data-block="paragraph" dir="rtl">UPR<br><a href="https://archive.example/report">the report</a></p>',
        '<div style="mso-element:footnote-list"><hr align="left" size="1" width="33%"><div style="mso-element:footnote" id="ftn1">',
        '<p class="MsoFootnoteText" data-block="paragraph"><a href="#_ftnref1" name="_ftn1" style="mso-footnote-id:ftn1"><sup style="mso-special-character:footnote">[1]</sup> </a>Count of 2025.</p></div></div>',
      ].join(''),
    );
  });

  it('keeps its structure where what we say of it was taken away', () => {
    const cleaned = writeHtml(statement).replaceAll(/ (?:data-[a-z]+|style|class)="[^"]*"/gu, '');
    expect(shown(readHtml(cleaned).blocks)).toEqual([
      'heading:1 | Keep the library open',
      'numbered:1 | The library is **loved**{Count of 2025.}.',
      'numbered:2 | by all;',
      'continuation:2 | indeed',
      'heading:2 | Demands',
      'numbered:1 | Money',
      'bullet:1 | a point',
      'bullet:2 | below',
      'ordered:1 4 | four',
      'quotation | All shall read.',
      'paragraph rtl | UPR⏎[the report](https://archive.example/report)',
    ]);
  });

  it('says nothing that another page says in our words', () => {
    expect(shown(readHtml('<p data-block="6f1c-22">a  b</p><p data-block="numbered:9">c</p><p data-block="ordered:1" data-start="0" dir="up">d</p>').blocks)).toEqual([
      'paragraph | a b',
      'paragraph | c',
      'ordered:1 | d',
    ]);
  });

  it('in plain text has the numbers people see, and its notes in place', () => {
    expect(writePlain(statement)).toBe(
      [
        'Keep the library open',
        '1. The library is loved [Count of 2025.].',
        '    (a) by all;',
        '    indeed',
        'Demands',
        '2. Money',
        '• a point',
        '    • below',
        '4. four',
        'All shall read.',
        'UPR',
        'the report',
      ].join('\n'),
    );
  });
});

const NAMES = Object.entries(table.blocks).flatMap(([kind, max]) => (max === 0 ? [kind] : Array.from({ length: max }, (_, at) => `${kind}:${at + 1}`)));
const WORDS = ['word', ' ', '  ', '\u00A0', '1. ', '(a) ', '<b>&amp;"', "'", '\u2028', 'سلام', '\u{1F4DA}', 'so\u00ADft', '\u202E', '• ', '10', '&nbsp;', '-->', '\u2009', 'é'];
const LINKS = ['https://archive.example/a?b=c&d=%20#_ftn1', 'mailto:office@archive.example', 'https://архив.example/'];

const one = <T>(roll: Dice, among: T[]): T => among[roll(among.length)] as T;

function anyBlocks(roll: Dice): PastedBlock[] {
  return Array.from({ length: 1 + roll(8) }, () => {
    const name = one(roll, NAMES);
    return {
      block: name,
      ...(roll(4) === 0 && { dir: one(roll, ['ltr', 'rtl'] as const satisfies string[]) }),
      ...(name.startsWith('ordered') && roll(3) === 0 && { start: 1 + roll(9999) }),
      content: anyContent(roll, true),
    };
  });
}

function anyContent(roll: Dice, notes: boolean): (Letters | NoteRef)[] {
  const content: (Letters | NoteRef)[] = [];
  for (let left = roll(6); left > 0; left -= 1) {
    if (notes && roll(6) === 0) content.push({ note: anyNote(roll), ...(roll(2) === 0 && { id: `note${100_000 + roll(900_000)}` }) });
    else append(content, anyLetters(roll));
  }
  return content;
}

const anyNote = (roll: Dice): PastedBlock[] =>
  Array.from({ length: roll(4) }, () => ({ block: 'paragraph', ...(roll(4) === 0 && { dir: one(roll, ['ltr', 'rtl'] as const satisfies string[]) }), content: anyContent(roll, false) }));

function anyLetters(roll: Dice): Letters {
  return {
    text: Array.from({ length: 1 + roll(4) }, () => one(roll, WORDS)).join(''),
    ...(roll(3) === 0 && { bold: true as const }),
    ...(roll(3) === 0 && { italic: true as const }),
    ...(roll(4) === 0 && { link: one(roll, LINKS) }),
    ...(roll(5) === 0 && { lang: one(roll, ['fr', 'ar-EG']) }),
  };
}
