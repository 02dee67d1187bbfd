// Somebody who may write, and has a console, beside people who only write. What they send is refused, and then their own connection
// alone ends; or it is taken, and then the pages of all the others go on showing one text and taking letters.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as Y from 'yjs';
import { number, type Verdict } from '../world/attacker.ts';
import { Beside } from '../world/beside.ts';
import { expect, test } from '../world/index.ts';
import { HERE } from '../world/server.ts';

const RECORDED = join(HERE, '../vectors/hostile');
const isRefused = (verdict: Verdict) => typeof verdict === 'object' && verdict.code >= 4400 && verdict.code < 4500;

test('every recorded attack, as an update and as an answer, ends the attacker’s connection alone', async ({ world }) => {
  const beside = await Beside.begins(world);
  const eleven = await beside.attacker(beside.wanjiru);
  eleven.does((text) => text.insert(text.length - 1, 'Eleven wrote this.', {}), 11);
  expect(await eleven.verdict()).toBe('taken');
  await beside.whileTheyType(async () => {
    for (const file of readdirSync(RECORDED).filter((name) => name.endsWith('.bin'))) {
      const bytes = new Uint8Array(readFileSync(join(RECORDED, file)));
      for (const way of ['update', 'answer'] as const) {
        const attacker = await beside.attacker();
        if (file.startsWith('awareness')) attacker.says(Buffer.from([1, bytes.length, ...bytes]));
        else if (way === 'update') attacker.updates(bytes);
        else attacker.answersWith(bytes);
        const verdict = file.startsWith('awareness') ? await attacker.isShutOut() : await attacker.verdict();
        // Deleting another's words is what editors may do.
        if (file === 'delete-foreign-range.bin') expect(verdict, file).toBe('taken');
        else expect(isRefused(verdict), `${file} as ${way}: ${JSON.stringify(verdict)}`).toBe(true);
        attacker.leaves();
      }
    }
  });
  await beside.answer();
  beside.deletedNothing();
});

type Act = (text: Y.Text, doc: Y.Doc) => void;

const REFUSED: Record<string, Act> = {
  'an unknown format': (text) => text.format(3, 2, { underline: true }),
  'a format with a nested value': (text) => text.format(3, 2, { bold: { very: true } }),
  'a format named as a property of objects': (text) => text.format(3, 2, { ['__proto__']: 'x', ['valueOf']: 'x' } as Record<string, unknown>),
  'bold that is no yes': (text) => text.format(3, 2, { bold: 'true' }),
  'a link that is too long': (text) => text.format(3, 2, { link: 'h'.repeat(2049) }),
  'a language that is none': (text) => text.format(3, 2, { lang: 'en" onclick="x' }),
  'an unknown kind': (text) => text.format(text.length - 1, 1, { block: 'table' }),
  'a level too deep': (text) => text.format(text.length - 1, 1, { block: 'heading:4' }),
  'a level of nothing': (text) => text.format(text.length - 1, 1, { block: 'numbered:0' }),
  'a level where there is none': (text) => text.format(text.length - 1, 1, { block: 'title:1' }),
  'a start out of range': (text) => text.format(text.length - 1, 1, { start: 10_000 }),
  'a third direction': (text) => text.format(text.length - 1, 1, { dir: 'auto' }),
  'a picture': (text) => text.insertEmbed(5, { image: 'https://example.org/x.png' }, {}),
  'a note with more to it': (text) => text.insertEmbed(5, { note: 'abcdefghij', more: 1 }, {}),
  'a note without a name': (text) => text.insertEmbed(5, { note: '' }, {}),
  'a note inside a note': (_text, doc) => doc.getText('note:abcdefghij').insertEmbed(0, { note: 'klmnopqrst' }, {}),
  'a heading inside a note': (_text, doc) => doc.getText('note:abcdefghij').insert(0, '\n', { block: 'heading:1' }),
  'another text': (_text, doc) => doc.getText('default').insert(0, 'x', {}),
  'a note with another kind of name': (_text, doc) => doc.getText('note:ABC').insert(0, 'x', {}),
  'a map': (_text, doc) => doc.getMap('draft2').set('x', 1),
  'an array': (_text, doc) => doc.getArray('list').insert(0, [1, 'x']),
  'a tree': (_text, doc) => doc.getXmlFragment('default').insert(0, [new Y.XmlElement('paragraph')]),
  'a text inside the text': (text) => text.insertEmbed(5, new Y.Text('x') as unknown as object, {}),
  'a map inside the text': (text) => text.insertEmbed(5, new Y.Map() as unknown as object, {}),
  'a document inside the document': (_text, doc) => doc.getMap('draft2').set('x', new Y.Doc()),
  'a value under a key of the text': (text) => text.setAttribute('x', 1),
  'half a letter': (text) => text.insert(indexOf(text, '😀') + 1, 'x', {}),
  'half a letter deleted': (text) => text.delete(indexOf(text, '😀'), 1),
  'half a letter in bold': (text) => text.format(indexOf(text, '😀'), 1, { bold: true }),
};

test('what a draft has no room for is refused, whoever types beside it', async ({ world }) => {
  const beside = await Beside.begins(world);
  // Before the pages have written anything under the ids they show.
  await squats(beside);
  const before = await beside.attacker();
  before.does((text) => text.insert(text.length - 1, 'A face 😀 in the text', {}));
  expect(await before.verdict()).toBe('taken');
  await beside.whileTheyType(async () => {
    for (const [what, act] of Object.entries(REFUSED)) {
      const attacker = await beside.attacker();
      attacker.does(act);
      expect(isRefused(await attacker.verdict()), `${what}: ${JSON.stringify(await attacker.verdict())}`).toBe(true);
      attacker.leaves();
    }
    const pile = await beside.attacker();
    pile.updates(piledUp());
    expect(await pile.verdict(), 'letters piled up at one place').toMatchObject({ code: 4429 });
    pile.leaves();
    await squats(beside);
  });
  await beside.answer();
  beside.deletedNothing();
});

/** Letters of two clients at the beginning of the text; each of the second's has to pass all of the first's. */
function piledUp(): Uint8Array {
  const letters = Array.from({ length: 1500 }, () => [4, 1, 5, ...Buffer.from('draft'), 1, 120]).flat();
  const of = (client: number) => [...number(1500), client, 0, ...letters];
  return new Uint8Array([2, ...of(7), ...of(5), 0]);
}

/** Where these words begin; what is embedded counts one. */
function indexOf(text: Y.Text, words: string): number {
  const all = (text.toDelta() as { insert: unknown }[]).map(({ insert }) => (typeof insert === 'string' ? insert : '\uFFFC')).join('');
  expect(all).toContain(words);
  return all.indexOf(words);
}

/** Somebody writes under the id of an honest page. */
async function squats(beside: Beside): Promise<void> {
  for (const at of [0, 1]) {
    const squatter = await beside.attacker();
    await expect.poll(() => squatter.present.size, { message: 'the pages are present' }).toBe(2);
    squatter.does((text) => text.insert(5, 'in another name', {}), [...squatter.present.values()][at]);
    expect(await squatter.verdict()).toMatchObject({ code: 4409 });
    squatter.leaves();
  }
}

/** What may stand in a draft, and no honest page writes. */
const TAKEN: Record<string, Act> = {
  'the last paragraph mark deleted': (text) => text.delete(text.length - 1, 1),
  'words behind the last mark': (text) => text.insert(text.length, 'Behind the last mark.', {}),
  'a footnote nobody wrote': (text) => text.insertEmbed(4, { note: 'zzzzzzzzz0' }, {}),
  'a footnote in the title, in bold': (text) => text.insertEmbed(1, { note: 'zzzzzzzzz1' }, { bold: true }),
  'one footnote at two hundred places': (text, doc) => {
    doc.getText('note:zzzzzzzzz2').insert(0, 'Everywhere.\n', {});
    const at = indexOf(text, 'the Council to take');
    for (let time = 0; time < 200; time += 1) text.insertEmbed(at, { note: 'zzzzzzzzz2' }, {});
  },
  'two hundred footnotes that stand nowhere': (_text, doc) => {
    for (let at = 100; at < 300; at += 1) doc.getText(`note:lost000${at}`).insert(0, `Lost ${at}`, {});
  },
  'formats of marks on letters, and of letters on marks': (text) => {
    text.format(2, 60, { block: 'heading:2', dir: 'rtl', start: 7 });
    text.format(text.length - 2, 2, { bold: true, link: 'https://example.org', lang: 'fr' });
  },
  'a thousand formats on one letter': (text) => {
    const at = indexOf(text, 'the Council to take');
    for (let time = 0; time < 1000; time += 1) text.format(at, 1, { link: `https://example.org/${time}` });
  },
  'a link that runs': (text) => text.format(indexOf(text, 'the Council to take'), 4, { link: 'javascript:alert(1)' }),
  'five thousand empty blocks': (text) => text.insert(text.length - 1, '\n'.repeat(5000), {}),
  'and away again': (text) => text.delete(text.length - 5001, 5000),
  'a thousand blocks of every kind': (text) => {
    const kinds = ['title', 'heading:3', 'numbered:1', 'numbered:3', 'bullet:6', 'ordered:6', 'continuation:6', 'quotation'];
    for (let time = 0; time < 1000; time += 1) text.insert(text.length - 1, '\n', { block: kinds[time % 8], ...(time % 3 === 0 ? { dir: 'rtl', start: 9999 } : {}) });
  },
  'and those away, too': (text) => text.delete(text.length - 1001, 1000),
  'directions that override': (text) => text.insert(indexOf(text, 'members do not'), '\u202E\u2066\u202D\u2067', {}),
  'letters that are none': (text) => text.insert(indexOf(text, 'members do not'), '\0\t\u000B\u000C\u0085\u2029\uFEFF\u200B\u00A0\uFFFC\uFFFD\u{E0001}', {}),
  'a hundred thousand signs on one letter': (text) => text.insert(indexOf(text, 'We ask it to'), `o${'\u0301'.repeat(100_000)}`, {}),
  'fifty thousand that nobody sees': (text) => text.insert(indexOf(text, 'We ask it to'), '\u202E'.repeat(50_000), {}),
};

for (const part of [0, 1]) {
  test(`what may stand in a draft, however odd, breaks no page (${part + 1})`, async ({ world }) => {
    const beside = await Beside.begins(world);
    const all = Object.entries(TAKEN);
    for (const [what, act] of all.slice(part * 9, part * 9 + 9)) {
      await test.step(what, async () => {
        await beside.whileTheyType(async () => {
          const attacker = await beside.attacker();
          attacker.does(act);
          expect(await attacker.verdict(), what).toBe('taken');
          attacker.leaves();
        });
        await beside.answer();
        beside.deletedNothing();
      });
    }
    const eraser = await beside.attacker();
    eraser.does((text) => text.delete(0, text.length));
    expect(await eraser.verdict()).toBe('taken');
    await beside.answer();
    await beside.agree();
    beside.deletedNothing();
  });
}

const HERE_I_AM = JSON.stringify({ cursor: null });
const item = (client: number, clock: number) => ({ item: { client, clock }, assoc: 0 });
const cursor = (anchor: unknown, head: unknown = anchor, root: unknown = 'draft') => JSON.stringify({ cursor: { root, anchor, head } });

/** What can be said of a caret and means nothing. */
const SHOWN: Record<string, string> = {
  'a caret that is nothing': '{"cursor":{}}',
  'a caret that is a list': '{"cursor":[[1,2],[3]]}',
  'a caret that is a number': '{"cursor":1e308}',
  'huge numbers': cursor(item(1e300, 1e300)),
  'numbers as large as they may be': cursor(item(2 ** 53 - 1, 2 ** 31 - 1)),
  'negative numbers': cursor(item(-1, -1)),
  'a letter that does not exist': cursor(item(12_345, 678)),
  'in another root': cursor({ tname: 'default' }),
  'the end of a text that does not exist': cursor({ tname: 'note:nnnnnnnnnn' }, { tname: 'note:nnnnnnnnnn' }, 'note:nnnnnnnnnn'),
  'from the text into a note': cursor({ tname: 'draft' }, { tname: 'note:nnnnnnnnnn' }),
  'inside a shared type': cursor({ type: { client: 5, clock: 0 } }),
  'a name of objects': cursor({ tname: '__proto__' }, { tname: 'constructor' }, 'toString'),
  'somebody else’s name and colours': JSON.stringify({ user: { name: 'The Chair', organisation: '\u202EUN', color: 'red;}' }, cursor: cursor({ tname: 'draft' }) }),
  'much of it': JSON.stringify({ cursor: null, more: 'x'.repeat(4000) }),
};

/** Presence for which a connection ends. */
const SHUT_OUT: Record<string, string> = {
  'no state': '"here"',
  'a list': '[]',
  'no JSON': '{"cursor":',
  'too much': JSON.stringify({ more: 'x'.repeat(4096) }),
  'JSON ten thousand deep': '{"cursor":'.repeat(10_000) + '1' + '}'.repeat(10_000),
  'JSON as deep as fits': '{"a":'.repeat(600) + '1' + '}'.repeat(600),
};

test('whatever is said of carets, people are present as they are', async ({ world }) => {
  const beside = await Beside.begins(world);
  const caret = beside.francois.page.locator('.editor .caret');
  await beside.whileTheyType(async () => {
    for (const [what, state] of Object.entries(SHUT_OUT)) {
      const attacker = await beside.attacker();
      attacker.shows({ clock: 1, state });
      expect((await attacker.isShutOut()).code, what).toBe(4400);
    }
    const crowd = await beside.attacker();
    crowd.shows(...Array.from({ length: 257 }, (_, at) => ({ client: at + 1, clock: 1, state: HERE_I_AM })));
    await crowd.isShutOut();
    const attacker = await beside.attacker();
    await expect.poll(() => attacker.present.size).toBe(2);
    // For others as well as for themselves, also that the others are gone; they are heard only for themselves.
    for (const client of attacker.present.values()) attacker.shows({ client, clock: 2 ** 31 - 1, state: 'null' }, { client, clock: 2 ** 31 - 1, state: HERE_I_AM });
    attacker.shows(...Array.from({ length: 256 }, (_, at) => ({ client: at + 1, clock: 1, state: HERE_I_AM })));
    let clock = 1;
    for (const state of Object.values(SHOWN)) attacker.shows({ client: 1, clock: (clock += 1), state });
    for (let time = 0; time < 400; time += 1) attacker.shows({ client: 1, clock: (clock += 1), state: cursor({ tname: 'draft' }) });
    expect(attacker.isOpen).toBe(true);
    attacker.does((text) => text.insert(5, 'still here', {}));
    expect(await attacker.verdict()).toBe('taken');
    attacker.leaves();
  });
  await beside.answer();
  // The attacker has gone; the other writer's caret is there, under the name of its account.
  await expect(caret).toHaveCount(1);
  await expect(caret).toHaveText('BCAP');
  beside.deletedNothing();
});

test('floods and storms of one person hold up nobody else', async ({ world }) => {
  const beside = await Beside.begins(world);
  await beside.whileTheyType(async () => {
    const flood = await beside.attacker();
    const at = indexOf(flood.body, 'A promise made');
    for (let time = 0; time < 1000; time += 1) flood.does((text) => text.insert(at, 'x', {}));
    expect(await flood.verdict()).toBe('taken');
    for (let time = 0; time < 500; time += 1) {
      flood.does((text) => text.insert(at, 'y', {}));
      flood.does((text) => text.delete(at, 1));
    }
    expect(await flood.verdict()).toBe('taken');
    flood.leaves();
    // Comes and goes, with an act or in the middle of one.
    for (let time = 0; time < 40; time += 1) {
      const storm = await beside.attacker();
      storm.shows({ clock: 1, state: cursor({ tname: 'draft' }) });
      storm.does((text) => text.insert(at, 'z', {}), 7_000_000 + time);
      storm.leaves();
    }
    const asker = await beside.attacker();
    for (let time = 0; time < 40; time += 1) asker.asks();
    await asker.isShutOut();
  });
  await beside.answer();
  beside.deletedNothing();
});
