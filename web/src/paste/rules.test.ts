// The rules by which a payload becomes blocks, one by one.
import { describe, expect, it } from 'vitest';
import { readHtml, readPlain } from '.';
import { markerReadings } from './labels';
import { declarations } from './read-css';
import { shown } from './testing';

const html = (payload: string) => shown(readHtml(payload).blocks);
const paragraphs = (...words: string[]) => html(words.map((one) => `<p>${one}</p>`).join(''));

describe('typed numbers', () => {
  it('are the numbering when they count on', () => {
    expect(paragraphs('1. One', '2. Two', 'Between', '3.\u00A0Three')).toEqual(['numbered:1 | One', 'numbered:1 | Two', 'paragraph | Between', 'numbered:1 | Three']);
    expect(paragraphs('7. Seven', '8. Eight')).toEqual(['numbered:1 | Seven', 'numbered:1 | Eight']);
    expect(paragraphs('1) One', '2) Two')).toEqual(['numbered:1 | One', 'numbered:1 | Two']);
    expect(paragraphs('١. واحد', '٢. اثنان')).toEqual(['numbered:1 | واحد', 'numbered:1 | اثنان']);
    expect(paragraphs('1、一', '2、二')).toEqual(['numbered:1 | 一', 'numbered:1 | 二']);
  });

  it('have their levels by how they are written', () => {
    expect(paragraphs('1. One', '(a) letter', '(b) letter', '(i) roman', '(ii) roman', '2. Two', '(a) again', '(b) again')).toEqual([
      'numbered:1 | One',
      'numbered:2 | letter',
      'numbered:2 | letter',
      'numbered:3 | roman',
      'numbered:3 | roman',
      'numbered:1 | Two',
      'numbered:2 | again',
      'numbered:2 | again',
    ]);
  });

  it('are read by the row they stand in: (i) is a letter after (h)', () => {
    expect(paragraphs('(g) x', '(h) y', '(i) z', '(j) w')).toEqual(['numbered:2 | x', 'numbered:2 | y', 'numbered:2 | z', 'numbered:2 | w']);
    expect(paragraphs('(i) x', '(ii) y', '(iii) z', '(iv) w', '(v) v')).toEqual(['x', 'y', 'z', 'w', 'v'].map((word) => `numbered:3 | ${word}`));
    expect(paragraphs('(v) x', '(vi) y')).toEqual(['numbered:3 | x', 'numbered:3 | y']);
  });

  it('stay in the words when they stand alone or are none', () => {
    for (const words of ['No. 7 of the plan', '7. The only one', '2.5 million people', '1999. A year', '(a) alone', 'A. Smith said so', '3.']) {
      expect(paragraphs(words, 'Other words')).toEqual([`paragraph | ${words}`, 'paragraph | Other words']);
    }
    expect(paragraphs('1. One', '3. Three')).toEqual(['paragraph | 1. One', 'paragraph | 3. Three']);
  });

  it('that begin anew are a list, since numbered paragraphs go on through the text', () => {
    expect(paragraphs('1. One', '2. Two', 'Then:', '1. First', '2. Second', 'and', '3. Third')).toEqual([
      'numbered:1 | One',
      'numbered:1 | Two',
      'paragraph | Then:',
      'ordered:1 | First',
      'ordered:1 | Second',
      'paragraph | and',
      'ordered:1 3 | Third',
    ]);
  });

  it('may be bold where the words are not', () => {
    expect(paragraphs('<b>1. One:</b> words', '<b>2. </b>Two')).toEqual(['numbered:1 | **One:** words', 'numbered:1 | Two']);
  });

  it('may stand on the lines of one paragraph', () => {
    expect(paragraphs('We ask for<br>1. <b>money</b><br>for the roof<br>2. time.', 'a<br>b')).toEqual([
      'paragraph | We ask for',
      'numbered:1 | **money**⏎for the roof',
      'numbered:1 | time.',
      'paragraph | a⏎b',
    ]);
    expect(paragraphs('Room<br>7. The only one')).toEqual(['paragraph | Room⏎7. The only one']);
  });

  it('stay in headings, which have no numbers', () => {
    expect(html('<h2>1. One</h2><h2>2. Two</h2>')).toEqual(['heading:2 | 1. One', 'heading:2 | 2. Two']);
  });

  it('and typed bullets are found in plain text too', () => {
    expect(shown(readPlain('Dear all,\r\n\r\n1. One\r\n2.\tTwo\r\n• point\r\n- dash\r\n- dash\r\n').blocks)).toEqual([
      'paragraph | Dear all,',
      'numbered:1 | One',
      'numbered:1 | Two',
      'bullet:1 | point',
      'bullet:1 | dash',
      'bullet:1 | dash',
    ]);
    expect(shown(readPlain('- Alone it is a dash.\n— So they speak.\n— And answer.').blocks)).toEqual([
      'paragraph | - Alone it is a dash.',
      'paragraph | — So they speak.',
      'paragraph | — And answer.',
    ]);
  });
});

describe('lists', () => {
  it('that go on after other words are the numbering of paragraphs', () => {
    expect(html('<ol><li>One<ol type="a"><li>a</li></ol></li></ol><h2>H</h2><ol start="2"><li>Two</li></ol>')).toEqual([
      'numbered:1 | One',
      'numbered:2 | a',
      'heading:2 | H',
      'numbered:1 | Two',
    ]);
  });

  it('say where their numbers do not follow by themselves', () => {
    expect(html('<ol start="4"><li>x</li></ol><p>-</p><ol><li>y</li></ol><ol><li>z</li><ul><li>u</li></ul><li value="9">w</li></ol>')).toEqual([
      'ordered:1 4 | x',
      'paragraph | -',
      'ordered:1 | y',
      'ordered:1 1 | z',
      'bullet:2 | u',
      'ordered:1 9 | w',
    ]);
  });

  it('below numbered paragraphs begin at their own first level', () => {
    expect(html('<ol><li>One<ul><li>point</li></ul></li></ol><p>-</p><ol start="2"><li>Two</li></ol>')).toEqual([
      'numbered:1 | One',
      'bullet:1 | point',
      'paragraph | -',
      'numbered:1 | Two',
    ]);
  });

  it('go no deeper than a draft does', () => {
    const deep = html(`${'<ul><li>x'.repeat(12)}`);
    expect(deep.at(-1)).toBe('bullet:6 | x');
    expect(deep).toHaveLength(12);
  });

  it('whose items are headings are headings, with what is below them', () => {
    expect(html('<ol><li><h3>Money</h3><p>for the roof</p></li><li><h3>Time</h3></li></ol>')).toEqual(['heading:3 | Money', 'paragraph | for the roof', 'heading:3 | Time']);
  });

  it('that are quoted stay lists, and what is quoted in them stays with them', () => {
    expect(html('<ul><li>x<blockquote>y</blockquote></li></ul>')).toEqual(['bullet:1 | x', 'continuation:1 | y']);
  });
});

describe('markers', () => {
  const values = (marker: string) => markerReadings(marker).map(({ value }) => value);

  it('say what a list counts, by their last part', () => {
    expect(values('3.\u00A0\u00A0 ')).toEqual([3]);
    expect(values('3.2.')).toEqual([2]);
    expect(values('Article 4')).toEqual([4]);
    expect(values('(d)')).toEqual([4]);
    expect(values('iv.')).toEqual([4]);
    expect(values('i)')).toEqual([1, 9]);
    expect(values('٤.')).toEqual([4]);
  });

  it('are bullets when they count nothing', () => {
    for (const marker of ['·', 'o', '§', '-', '\uF0B7', '']) expect(values(marker)).toEqual([]);
  });
});

describe('looks', () => {
  it('are what is really bold and italic', () => {
    expect(html('<p><b style="font-weight:normal">a</b><span style="font-weight:600">b</span><span style="FONT-STYLE: Oblique">c</span><strong><span style="font-weight:500">d</span></strong></p>')).toEqual([
      'paragraph | a**b**__c__d',
    ]);
    expect(html('<p><b style="mso-bidi-font-weight:normal">bold</b> <span style="font:bold 12pt Arial">too</span></p>')).toEqual(['paragraph | **bold** **too**']);
  });

  it('of a whole heading are its own, of a part of it are meant', () => {
    expect(html('<h2><b>All</b> <b>of it</b></h2><h2>One <b>word</b></h2>')).toEqual(['heading:2 | All of it', 'heading:2 | One **word**']);
  });

  it('come from the sheets of the payload', () => {
    expect(html('<style><!-- @font-face {font-family:X} p.a, span.b {font-weight:bold} /* } */ .hid{display:none} @media print{.b{display:none}} --></style><p class="a">x</p><p>y<span class="b c">z</span><i class=hid>no</i></p>')).toEqual([
      'paragraph | **x**',
      'paragraph | y**z**',
    ]);
  });

  it('are read in any case, the last one winning', () => {
    expect([...declarations("COLOR: Red; font-weight : 400 ;; x; font-weight:Bold !important")]).toEqual([['color', 'red'], ['font-weight', 'bold']]);
  });
});

describe('directions', () => {
  it('are said only where the first letter says another', () => {
    expect(html('<p dir="RTL">abc</p><p dir=rtl>אבג</p><p dir=ltr>אבג abc</p><p style="direction:rtl">12</p><p dir="rtl" style="unicode-bidi:plaintext">abc</p>')).toEqual([
      'paragraph rtl | abc',
      'paragraph | אבג',
      'paragraph ltr | אבג abc',
      'paragraph rtl | 12',
      'paragraph | abc',
    ]);
  });

  it('are a frame\'s too when it runs from right to left', () => {
    expect(html('<div dir="rtl"><p>UPR</p><ul><li>OHCHR</li></ul><p dir="ltr">abc</p></div><table dir="ltr"><tr><td>אבג</td></tr></table>')).toEqual([
      'paragraph rtl | UPR',
      'bullet:1 rtl | OHCHR',
      'paragraph | abc',
      'paragraph | אבג',
    ]);
  });
});

describe('white space', () => {
  it('is one space, and none at the edges', () => {
    expect(html('<p>\n  a \t b<b> c</b>\r\n</p><p>&nbsp;</p><p>\u00A0x\u00A0 y\u00A0\u00A0z&nbsp;</p>')).toEqual(['paragraph | a b** c**', 'paragraph | x y z']);
  });

  it('ends a paragraph where two soft returns stand', () => {
    expect(html('<p>a<br>b<br><br>c<br></p><p><br></p>')).toEqual(['paragraph | a⏎b', 'paragraph | c']);
  });
});

describe('what is pasted within a line', () => {
  it('melts into it with the space around it', () => {
    expect(readHtml('<span>a <b>word</b> </span>')).toEqual({ blocks: [{ block: 'paragraph', content: [{ text: 'a ' }, { text: 'word', bold: true }, { text: ' ' }] }], left: [], open: true });
    expect(readHtml('<html><body>\n<!--StartFragment--><i>word</i><!--EndFragment-->\n</body></html>\n').open).toBe(true);
    expect(readHtml('<html><body><p>before <!--StartFragment-->word<!--EndFragment--> after</p></body></html>')).toMatchObject({ blocks: [{ content: [{ text: 'word' }] }], open: true });
    expect(readHtml('<table><tbody><tr><td>one cell</td></tr></tbody></table>').open).toBe(true);
    expect(readPlain(' word')).toEqual({ blocks: [{ block: 'paragraph', content: [{ text: ' word' }] }], left: [], open: true });
  });

  it('is no block that was copied', () => {
    expect(readHtml('<p>word</p>').open).toBe(false);
    expect(readHtml('a<br><br>b').open).toBe(false);
    expect(readHtml('<table><tr><td>one</td><td>two</td></tr></table>').open).toBe(false);
    expect(readPlain('word\n').open).toBe(false);
    expect(readHtml('<span>1. a<br>2. b</span>')).toMatchObject({ blocks: [{ block: 'numbered:1' }, { block: 'numbered:1' }], open: false });
    expect(readHtml('<span>• a</span>')).toMatchObject({ blocks: [{ block: 'paragraph' }], open: true });
  });

  it('may be nothing', () => {
    const nothing = { blocks: [], left: [], open: false };
    expect(readHtml('')).toEqual(nothing);
    expect(readHtml('<p> </p><title>t</title>')).toEqual(nothing);
    expect(readPlain('\n \n')).toEqual(nothing);
  });
});

describe('notes', () => {
  it('are linked there and back; a table of contents is none', () => {
    expect(html('<ul><li><a href="#s" id="t">1</a></li></ul><h2 id="s"><a href="#t">One</a></h2>')).toEqual(['bullet:1 | 1', 'heading:2 | One']);
    expect(html('<p>a<a id="r" href="#n">*</a></p><p id="n"><a href="#r">*</a> words <a href="https://archive.example">there</a></p>')).toEqual([
      'paragraph | a{words [there](https://archive.example)}',
    ]);
  });

  it('may be led to from two places, and lead back to both', () => {
    expect(html('<p>a<a id="r" href="#n">1</a> b<a id="q" href="#n">1</a></p><ol><li id="n"><a href="#r">a</a> <a href="#q">b</a> words</li></ol>')).toEqual(['paragraph | a{words} b{words}']);
  });

  it('hold no notes', () => {
    const pasted = readHtml('<p>a<a id="r" href="#n">1</a></p><p id="n"><a href="#r">1</a> words<a id="q" href="#m">2</a></p><p id="m"><a href="#q">2</a> more</p>');
    expect(shown(pasted.blocks)).toEqual(['paragraph | a{words}']);
    expect(pasted.left).toEqual(['notes']);
  });

  it('whose words nothing points at are left out and named', () => {
    const pasted = readHtml("<p>a</p><div style='mso-element:footnote-list'><div style='mso-element:footnote' id=ftn1><p>words</p></div></div>");
    expect(shown(pasted.blocks)).toEqual(['paragraph | a']);
    expect(pasted.left).toEqual(['notes']);
  });
});

describe('a field of Word that is not closed', () => {
  it('hides no more than its paragraph', () => {
    const pasted = readHtml("<p>a<span style='mso-element:field-begin'></span> TOC \\o</p><p>b<![if !supportAnnotations]>[1]</p><p>c</p>");
    expect(shown(pasted.blocks)).toEqual(['paragraph | a', 'paragraph | b', 'paragraph | c']);
    expect(pasted.left).toEqual(['fields']);
  });
});

describe('a payload without measure', () => {
  it('may nest as deep as it likes', () => {
    const deep = 2000;
    expect(html(`${'<div>'.repeat(deep)}a<b>b</b>${'</div>'.repeat(deep)}<p>c</p>`)).toEqual(['paragraph | a**b**', 'paragraph | c']);
  }, 60_000);

  it('is read up to a number of blocks, and what is beyond is named', () => {
    const pasted = readHtml('<p>x'.repeat(20_001));
    expect(pasted.blocks).toHaveLength(20_000);
    expect(pasted.left).toEqual(['rest']);
    expect(readHtml(`<p>1. x${'<br>2. x<br>1. x'.repeat(10_001)}</p>`)).toMatchObject({ left: ['rest'], blocks: { length: 20_000 } });
    expect(readPlain('x\n'.repeat(20_001))).toMatchObject({ left: ['rest'], blocks: { length: 20_000 } });
  }, 60_000);

  it('has no more notes than a draft may hold', () => {
    const refs = Array.from({ length: 30 }, (_, at) => `<a id="r${at}" href="#n">1</a>`).join('');
    const pasted = readHtml(`<p>${refs}</p><p id="n"><a href="#r0">1</a> words</p>`);
    expect(pasted.blocks[0]?.content).toHaveLength(26);
    expect(pasted.left).toEqual(['notes']);
  });
});
