// What programs put on a clipboard, as they write it: recorded or, where the program is not to be had, written after it.
import { describe, expect, it } from 'vitest';
import { readHtml } from '.';
import { shown, vector } from './testing';

function reads(file: string, left: string[], expected: string[]) {
  const pasted = readHtml(vector(file));
  expect(shown(pasted.blocks)).toEqual(expected);
  expect(pasted.left.toSorted()).toEqual(left.toSorted());
  expect(pasted.open).toBe(false);
}

describe('Word', () => {
  it('hands over numbered paragraphs that go on after another, without the numbers', () => {
    reads('cases/10-word-lists.html', [], [
      'paragraph | We ask the Council:',
      'numbered:1 | to hear the families;',
      'numbered:2 | in writing, and',
      'numbered:2 | in person;',
      'numbered:1 | No. 7 of the plan to be kept;',
      'numbered:1 | Report. Then decide.',
      'paragraph | This list goes on after a paragraph:',
      'numbered:1 | to meet again in spring.',
    ]);
  });

  it('says the direction of a paragraph where its first letter says another', () => {
    reads('cases/12-word-rtl.html', [], [
      'paragraph rtl | OHCHR تدعو الدول إلى احترام التزاماتها.',
      'paragraph | نطلب من المجلس أن يستمع إلى الأسر (2026).',
      'paragraph rtl | UPR آلية مهمة.',
      'paragraph | An English line after them.',
    ]);
  });

  it('hands over a title, notes, lists and styles; comments, deletions, hidden words and codes stay away', () => {
    reads('paste/word.html', ['comments', 'deletions', 'fields', 'hidden', 'images', 'tables'], [
      'title | Keep the library open',
      'heading:1 | Why __we__ write',
      'paragraph | The library is **loved**{Count of __2025__. / Second paragraph of it.} by all. It always stays open.',
      'paragraph | See [the report](https://archive.example/report) of 2026.⏎A second line.',
      'heading:2 | What we ask for',
      'ordered:1 | Money',
      'continuation:1 | for the roof',
      'ordered:1 | Time',
      'paragraph | and',
      'bullet:1 | books',
      'bullet:2 | new ones',
      'quotation | All shall read.',
      'paragraph rtl | OHCHR تدعو الدول.',
      'paragraph | Amber House · Kenya',
    ]);
  });

  it('for the web hands over each item in a list of its own', () => {
    reads('paste/word-web.html', [], ['heading:1 | Why we write', 'paragraph | The library is **loved**.', 'ordered:1 | Money', 'ordered:2 | for the roof', 'ordered:1 | Time']);
  });
});

describe('Google Docs', () => {
  it('keeps the numbers of notes apart from the words when the notes did not come along', () => {
    reads('cases/11-docs-footnotes.html', ['notes'], ['paragraph | States promised help¹ and have not given it²**.**']);
  });

  it('frames everything in a bold that is none', () => {
    reads('paste/docs.html', [], [
      'heading:1 | Why we write',
      'paragraph | The library is **loved**__ and used__, on 10⁶ m; see [the report](https://archive.example/report).⏎A second line.',
      'bullet:1 | books',
      'bullet:2 | new ones',
      'ordered:1 | Money',
      'ordered:1 | Time',
      'paragraph rtl | UPR آلية مهمة.',
    ]);
  });

  it('saves a page with its notes, and its comments in the same form', () => {
    reads('paste/docs-page.html', ['comments'], [
      'title | Keep the library open',
      'paragraph | The library is **loved**{Count of 2025. / Second paragraph of it.}\u00A0by all.',
    ]);
  });
});

describe('LibreOffice', () => {
  const blocks = (deleted: string, after: string) => [
    'paragraph | Keep the library open',
    'heading:1 | Why we write',
    'paragraph | The library is **loved** and __used__{Count of __2025__. / Second paragraph of it.}; see [the report](https://archive.example/report).',
    `paragraph | It must${deleted} always stay. A line⏎and its second.`,
    'numbered:1 | First number{An endnote.}',
    'numbered:2 | its letter',
    'numbered:3 | its roman',
    'numbered:3 | the next roman',
    'numbered:2 | second letter',
    'numbered:1 | Second number',
    `${after} | with more of it`,
    'heading:2 | Between the numbers',
    'numbered:1 | Third number',
    'bullet:1 | a point',
    'bullet:2 | below it',
    'bullet:3 | and below',
    'bullet:1 | last point',
    'quotation | All shall read.',
    'paragraph rtl | OHCHR تدعو الدول إلى احترام التزاماتها.',
    'paragraph | Amber House · Kenya',
    'paragraph | Cedar House · Peru',
    'paragraph | Last words.',
  ];

  it('hands over lists three deep, both kinds of notes and no deletion', () => {
    reads('paste/writer.html', ['hidden', 'tables'], blocks('', 'continuation:1'));
  });

  // Its saved pages hold what was deleted with nothing that says so; its clipboard does not hold it.
  it('saves a page in which headings are items', () => {
    reads('paste/writer-docx.html', ['hidden', 'tables'], blocks('never', 'paragraph'));
  });
});

describe('spreadsheets', () => {
  it('of Google: a row is a paragraph and its cells stay apart', () => {
    reads('cases/13-google-sheets.html', ['tables'], ['paragraph | Amber House · Kenya', 'paragraph | Cedar House · Peru', 'paragraph | Nepal']);
  });

  it('of Excel: only what was copied, without hidden rows', () => {
    reads('paste/excel.html', ['hidden', 'tables'], ['paragraph | **House** · **Country**', 'paragraph | Amber House · 1,200']);
  });

  it('of LibreOffice: a comma in a cell parts no cells', () => {
    reads('paste/calc.html', ['tables'], ['paragraph | Amber House · Kenya · 12', 'paragraph | Cedar House, Lima · Peru · 7', 'paragraph | Nepal']);
  });
});

describe('pages', () => {
  it('have their structure read and all else left out', () => {
    reads('paste/page.html', ['links', 'forms', 'hidden', 'deletions', 'images', 'embeds', 'readings'], [
      'heading:1 | Statement',
      'paragraph | Dear friends, we write.',
      'paragraph | A second⏎paragraph.',
      'ordered:1 | First',
      'continuation:1 | goes on',
      'bullet:2 | deep',
      'bullet:3 | deeper',
      'ordered:1 5 | Fifth',
      'ordered:1 1 | anew',
      'paragraph | Words',
      'paragraph | on a line',
      'paragraph | apart',
      'quotation | Quoted,',
      'quotation | twice.',
      'bullet:1 | and listed',
      'paragraph | only moved in',
      'paragraph | one⏎two',
      'heading:2 | Layout',
      'paragraph | is no table.',
      'paragraph | a',
      'paragraph | b',
      'paragraph | not out',
      'paragraph | say <la pax> and 漢',
    ]);
  });

  it('have notes of many forms, and raised figures that are none', () => {
    reads('paste/page-notes.html', ['notes'], [
      'heading:2 | Sources',
      'paragraph | Open __to all__{As the charter says.} since 1901{__Annals__, p. 3.} and 1902⁹.',
      'paragraph | The 1st of 10⁶ m², CO₂.',
    ]);
  });

  it('have links that are whole addresses, or plain words', () => {
    const { blocks, left } = readHtml(vector('cases/14-links.html'));
    const links = blocks.flatMap(({ content }) => content.flatMap((one) => ('link' in one ? [one.link] : [])));
    expect(links).toEqual([
      'https://archive.example/a?b=c',
      'https://www.archive.example/report',
      'https://archive.example/report',
      'mailto:office@archive.example?subject=Our%20text',
      'mailto:office@archive.example?subject=Our%20text',
      'https://архив.example/отчёт',
      'https://archive.example/a',
    ]);
    expect(left).toEqual(['links']);
  });

  it('have unseen characters, which stay to be named, and spaces that are meant', () => {
    const { blocks } = readHtml(vector('cases/15-invisible.html'));
    expect(shown(blocks)).toEqual([
      'paragraph | The fund shall hold \u202E000,01\u202C francs.',
      'paragraph | Members shall \u2066not be asked\u2069 to pay.',
      'paragraph | hu\u00ADman rights de\u00ADfen\u00ADders',
      'paragraph | peace\u2060keeping and peace\u200Bbuilding',
      'paragraph | \u3164',
      'paragraph | agreed\u{E0020}\u{E0061}\u{E0062}',
      'paragraph | nous demandons\u00A0: «\u00A0la paix\u00A0»',
    ]);
  });
});
