// Footnotes go where their words go: cut, pasted, moved, taken back; and whoever writes in one meanwhile writes on.
import { blocksOf, goesToTheEnd, showTheSame, stands } from '../world/hands.ts';
import { CHINESE, composes, JAPANESE, KOREAN } from '../world/input-method.ts';
import { expect, test, type Person, type World } from '../world/index.ts';
import { DRAFTERS, TITLE } from '../world/register.ts';

const CLIPBOARD = { permissions: ['clipboard-read', 'clipboard-write'] };

async function desks(world: World): Promise<[Person, Person]> {
  // Chromium notes the looks of each word that is pasted.
  world.watch.expects(/inline style/u);
  const both = [await world.signedIn('François', DRAFTERS[0], CLIPBOARD), await world.signedIn('Wanjiru', DRAFTERS[1], CLIPBOARD)] as [Person, Person];
  for (const one of both) {
    await one.opensStatement(TITLE);
    await expect(one.editor).toContainText('sleep in their clothes');
  }
  return both;
}

/** A fresh paragraph at the end, with a footnote behind its first words. */
async function paragraph(person: Person, words: string, rest: string, note?: string): Promise<void> {
  await goesToTheEnd(person);
  await person.page.keyboard.press('Enter');
  await person.page.keyboard.press('Control+Alt+0');
  await person.page.keyboard.type(words + rest);
  if (note === undefined) return;
  await stands(person, words);
  await person.page.keyboard.press('Control+Alt+f');
  await expect(noteOf(person)).toBeFocused();
  await person.page.keyboard.type(note);
  await person.page.keyboard.press('Escape');
}

const noteOf = (person: Person) => person.page.getByRole('textbox', { name: /^Footnote \d+$/u });
const removedFor = (person: Person) => person.page.getByRole('region', { name: 'Footnotes taken out' });

/** The last footnotes of the text, as they are listed below it. */
async function hasNotes(person: Person, ...notes: string[]): Promise<void> {
  const list = person.page.getByRole('list', { name: 'Footnotes' }).getByRole('listitem');
  // Four are the demo's own.
  await expect(list).toHaveText(notes.map((note, at) => `${5 + at}${note}`).reduce<(string | RegExp)[]>((all, note) => [...all, note], [/^1/u, /^2/u, /^3/u, /^4/u]));
}

const last = async (person: Person, blocks: number) => (await blocksOf(person)).slice(-blocks);

/** Goes into a footnote, before its first letter or behind its last. */
async function writesIn(person: Person, note: string, where: 'start' | 'end' = 'end'): Promise<void> {
  await person.page.getByRole('list', { name: 'Footnotes' }).getByRole('listitem').filter({ hasText: note }).getByRole('button').click();
  await expect(noteOf(person)).toBeFocused();
  if (where === 'end') return;
  await expect(async () => {
    await person.page.keyboard.press('Control+Home');
    expect(await person.page.evaluate(() => getSelection()?.anchorOffset)).toBe(0);
  }).toPass();
}

test('a footnote is cut and pasted with the words around it, once, twice, and taken back step by step', async ({ world }) => {
  const [francois, wanjiru] = await desks(world);
  const { keyboard } = francois.page;
  await paragraph(francois, 'QA one', ' two', 'Note one.');
  await paragraph(francois, 'QB three', ' four', 'Note two.');
  await paragraph(francois, 'QC end', '');
  await stands(francois, 'QA o');
  await keyboard.press('Shift+ArrowDown');
  await keyboard.press('Shift+End');
  await keyboard.press('Control+x');
  expect(await last(francois, 2)).toEqual(['paragraph QA o', 'paragraph QC end']);
  await expect(removedFor(francois).getByRole('listitem')).toHaveCount(2);
  await stands(francois, 'QC end');
  await keyboard.press('Control+v');
  expect(await last(francois, 3)).toEqual(['paragraph QA o', 'paragraph QC endne* two', 'paragraph QB three* four']);
  await expect(removedFor(francois)).toBeHidden();
  await hasNotes(francois, 'Note one.', 'Note two.');
  // A second time they are footnotes of their own.
  await keyboard.press('Control+v');
  await hasNotes(francois, 'Note one.', 'Note two.', 'Note one.', 'Note two.');
  await keyboard.press('Control+z');
  await hasNotes(francois, 'Note one.', 'Note two.');
  await keyboard.press('Control+z');
  await expect(removedFor(francois).getByRole('listitem')).toHaveCount(2);
  await keyboard.press('Control+z');
  expect(await last(francois, 3)).toEqual(['paragraph QA one* two', 'paragraph QB three* four', 'paragraph QC end']);
  for (const _ of [1, 2]) await keyboard.press('Control+y');
  await hasNotes(francois, 'Note one.', 'Note two.');
  await francois.seesSaved();
  expect((await showTheSame(francois, wanjiru)).slice(-3)).toEqual(['paragraph QA o', 'paragraph QC endne* two', 'paragraph QB three* four']);
});

test('whoever writes in a footnote that is cut and pasted writes on where they were', async ({ world }) => {
  const [francois, wanjiru] = await desks(world);
  await paragraph(francois, 'QA one', ' two', 'Begun here.');
  await paragraph(francois, 'QB end', '');
  await writesIn(wanjiru, 'Begun here.', 'start');
  await wanjiru.page.keyboard.type('Well ');
  await stands(francois, 'QA o');
  await francois.page.keyboard.press('Shift+End');
  await francois.page.keyboard.press('Control+x');
  // Gone for now: she is led to where its words are kept.
  await expect(removedFor(wanjiru)).toBeFocused();
  await expect(removedFor(wanjiru)).toContainText('Well Begun here.');
  await wanjiru.look('parted');
  await stands(francois, 'QB end');
  await francois.page.keyboard.press('Control+v');
  await expect(noteOf(wanjiru)).toBeFocused();
  await wanjiru.page.keyboard.type('and ');
  await hasNotes(francois, 'Well and Begun here.');
  // Taken out once more, it is she who puts it back, and goes on.
  await francois.page.keyboard.press('Control+z');
  await expect(removedFor(wanjiru)).toBeFocused();
  await removedFor(wanjiru).getByRole('button', { name: 'Put back' }).click();
  await expect(noteOf(wanjiru)).toBeFocused();
  await wanjiru.page.keyboard.type('truly ');
  await hasNotes(francois, 'Well and truly Begun here.');
  await showTheSame(francois, wanjiru);
});

test('a footnote that one’s own undo takes away leaves one in the text, where it stood', async ({ world }) => {
  const [francois] = await desks(world);
  const { keyboard } = francois.page;
  await paragraph(francois, 'QA one', ' two');
  await stands(francois, 'QA one');
  await keyboard.press('Control+Alt+f');
  await expect(noteOf(francois)).toBeFocused();
  await keyboard.press('Control+z');
  await expect(francois.editor).toBeFocused();
  await keyboard.type('!');
  expect(await last(francois, 1)).toEqual(['paragraph QA one! two']);
});

test('a word is composed in a footnote while another writes in it, breaks it and moves its number', async ({ world }) => {
  const [francois, wanjiru] = await desks(world);
  for (const [at, [word, other]] of ([[JAPANESE, 'writes'], [CHINESE, 'breaks'], [KOREAN, 'moves']] as const).entries()) {
    await test.step(`the other ${other}`, async () => {
      const tag = `Q${String.fromCodePoint(65 + at)}`;
      await paragraph(francois, `${tag} one`, ' two', `${tag} note`);
      await francois.seesSaved();
      await writesIn(wanjiru, `${tag} note`);
      if (other === 'moves') {
        await stands(francois, `${tag} o`);
        await francois.page.keyboard.press('Shift+End');
      } else {
        await writesIn(francois, `${tag} note`, 'start');
      }
      await composes(wanjiru, word, async (step) => {
        if (other === 'writes') await francois.page.keyboard.type('#+-!?'[step] ?? '');
        else if (step === 0) await francois.page.keyboard.press(other === 'breaks' ? 'Enter' : 'Control+x');
      });
      if (other === 'moves') {
        await stands(francois, `${tag} o`);
        await francois.page.keyboard.press('Control+v');
      }
      await francois.seesSaved();
      await wanjiru.seesSaved();
      const list = francois.page.getByRole('list', { name: 'Footnotes' }).getByRole('listitem').filter({ hasText: `${tag} note` });
      // A note that is taken away under an input method leaves what was composed so far beside the whole word; nothing is lost.
      await expect(list).toContainText(other === 'moves' ? new RegExp(`${tag} note\\p{L}*${word.word}`, 'u') : `${tag} note${word.word}`);
      await expect(wanjiru.page.getByRole('list', { name: 'Footnotes' }).getByRole('listitem').filter({ hasText: `${tag} note` })).toHaveText(await list.innerText().then((text) => text.replace('\n', '')));
      await wanjiru.page.keyboard.press('Escape');
      await francois.page.keyboard.press('Escape');
      await showTheSame(francois, wanjiru);
    });
  }
});
