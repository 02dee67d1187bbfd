// Words are dragged with the mouse: within a paragraph, to another, with a footnote among them, the footnote's number alone, out of a
// footnote. No word is lost, each moves once, undo is one step, also while somebody else types at the same place.
import { blocksOf, chooses, drags, goesToTheEnd, showTheSame, stands } from '../world/hands.ts';
import { expect, test, type Person } from '../world/index.ts';
import { DRAFTERS, TITLE } from '../world/register.ts';

const last = async (person: Person, blocks = 2) => (await blocksOf(person)).slice(-blocks);

test('words are dragged from place to place, with their footnotes, and one undo brings them back', async ({ world }) => {
  // Chromium notes the looks of each word that is dragged.
  world.watch.expects(/inline style/u);
  const [francois, wanjiru] = [await world.signedIn('François', DRAFTERS[0]), await world.signedIn('Wanjiru', DRAFTERS[1])];
  for (const one of [francois, wanjiru]) {
    await one.opensStatement(TITLE);
    await expect(one.editor).toContainText('sleep in their clothes');
  }
  const { page } = francois;
  const { keyboard } = page;
  await goesToTheEnd(francois);
  for (const words of ['Kone Ktwo Kthree', 'Kfour Kfive']) {
    await keyboard.press('Enter');
    await keyboard.press('Control+Alt+0');
    await keyboard.type(words);
  }
  await stands(francois, 'Kone');
  await keyboard.press('Control+Alt+f');
  const note = page.getByRole('textbox', { name: 'Footnote 5' });
  await expect(note).toBeFocused();
  await keyboard.type('Nouns of a note.');
  await keyboard.press('Escape');
  const before = ['paragraph Kone* Ktwo Kthree', 'paragraph Kfour Kfive'];
  await expect.poll(() => last(wanjiru)).toEqual(before);

  const drag = async (what: string, choose: () => Promise<void>, [grip, to]: [string, string], becomes: string[]) =>
    test.step(what, async () => {
      await choose();
      // Somebody else types in it while it is in the hand.
      await stands(wanjiru, 'Ktw');
      await drags(francois, grip, to, async () => {
        await wanjiru.page.keyboard.type('#');
        await expect(francois.editor).toContainText('#');
      });
      await francois.seesSaved();
      await expect.poll(() => last(francois)).toEqual(becomes);
      await showTheSame(francois, wanjiru);
      await keyboard.press('Control+z');
      const undone = async () => (await last(francois)).map((block) => block.replace('#', ''));
      await expect.poll(undone).toEqual(before);
      await stands(wanjiru, '#');
      await wanjiru.page.keyboard.press('Backspace');
      await expect.poll(() => last(francois)).toEqual(before);
      // Her caret would stand between the letters that are chosen next.
      await stands(wanjiru, 'Kfive');
    });
  await drag('within a paragraph', () => chooses(francois, 'Ktwo'), ['Kt', 'Kthree'], ['paragraph Kone*  KthreeKtw#o', 'paragraph Kfour Kfive']);
  await drag('to another paragraph', () => chooses(francois, 'Ktwo'), ['Kt', 'Kfour'], ['paragraph Kone*  Kthree', 'paragraph KfourKtw#o Kfive']);
  const across = async () => {
    await stands(francois, 'Kon');
    for (let letters = 0; letters < 6; letters += 1) await keyboard.press('Shift+ArrowRight');
  };
  await drag('with a footnote among them', across, ['Kt', 'Kfour'], ['paragraph Kon#o Kthree', 'paragraph Kfoure* Ktw Kfive']);
  await expect(page.getByRole('list', { name: 'Footnotes' })).toContainText('Nouns of a note.');

  await test.step('the footnote’s number alone, and not into its own words', async () => {
    const number = page.locator('.fn-number').last();
    const choosesIt = async () => {
      await stands(francois, 'Kone');
      await keyboard.press('ArrowRight');
      await expect(note).toBeVisible();
    };
    await choosesIt();
    await drags(francois, number, 'Nouns of');
    expect(await last(francois)).toEqual(before);
    // What is taken hold of beside a number that has just moved is nothing, and one takes hold again.
    await expect(async () => {
      // What was let go beside the place one meant is taken back.
      if ((await last(francois)).join() !== before.join()) await keyboard.press('Control+z');
      expect(await last(francois)).toEqual(before);
      await choosesIt();
      await drags(francois, number, 'this one in that way.');
      await expect
        .poll(() => last(francois, 3), { timeout: 3_000 })
        .toEqual([expect.stringMatching(/this one in that way\.\*$/u), 'paragraph Kone Ktwo Kthree', before[1]]);
    }).toPass();
    await keyboard.press('Control+z');
    await expect.poll(() => last(wanjiru)).toEqual(before);
  });

  await test.step('out of a footnote', async () => {
    await page.getByRole('list', { name: 'Footnotes' }).getByRole('listitem').last().getByRole('button').click();
    await expect(note).toBeFocused();
    await keyboard.press('Control+Home');
    await keyboard.press('Control+Shift+ArrowRight');
    await drags(francois, 'Nou', 'Kone');
    await expect.poll(() => last(wanjiru)).toEqual(['paragraph KoneNouns* Ktwo Kthree', before[1]]);
    await expect(page.getByRole('list', { name: 'Footnotes' })).toContainText('5 of a note.');
    await keyboard.press('Control+z');
    await expect.poll(() => last(wanjiru)).toEqual(before);
    await expect(wanjiru.page.getByRole('list', { name: 'Footnotes' })).toContainText('5Nouns of a note.');
  });
});
