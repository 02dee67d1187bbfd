// What a writer expects of an editor: how long the text is against its limit, finding and replacing, and keys; by keyboard alone, in
// Arabic, and on a phone.
import { blocksOf, chooses, goesToTheEnd, stands } from '../world/hands.ts';
import { expect, PHONE, test, type Person } from '../world/index.ts';
import { COORDINATOR, DRAFTERS, TITLE } from '../world/register.ts';

test('a limit is set by a coordinator, followed by whoever writes, and stops nobody', async ({ world }) => {
  const harriet = await world.signedIn('coordinator', COORDINATOR);
  const francois = await world.signedIn('François', DRAFTERS[0]);
  await opens(harriet);
  const { page } = harriet;
  await page.getByRole('button', { name: /words/u }).click();
  const counts = page.getByRole('region', { name: 'Counts' });
  await expect(counts).toContainText('Read aloud, without footnotes');
  await counts.getByLabel('At most so many words').fill('a lot');
  await counts.getByRole('button', { name: 'Set the limit' }).click();
  await expect(counts.getByRole('alert')).toContainText('That is no number of words.');
  await counts.getByLabel('At most so many words').fill('1500');
  await counts.getByRole('button', { name: 'Set the limit' }).click();
  await expect(counts).toContainText(/of 1,500 words, footnotes included/u);
  await harriet.look('counts');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: /of 1,500 words/u })).toBeFocused();

  await opens(francois);
  const bar = francois.page.getByRole('button', { name: /of 1,500 words/u });
  const before = Number(/^[\d,]+/u.exec((await bar.textContent()) ?? '')?.[0].replace(',', ''));
  await goesToTheEnd(francois);
  await francois.types(' and four more words');
  await expect(bar).toContainText(`${before + 4} of 1,500 words`);
  await expect(bar).toContainText(`${1500 - before - 4} left`);
  await chooses(francois, 'four more');
  await expect(francois.page.locator('.statusbar')).toContainText('2 words selected');
  await francois.page.getByRole('button', { name: /of 1,500 words/u }).click();
  await expect(francois.page.getByRole('region', { name: 'Counts' })).not.toContainText('Set the limit');
  await francois.seesSaved();

  await page.getByRole('button', { name: /of 1,500 words/u }).click();
  await counts.getByLabel('At most so many words').fill('900');
  await counts.getByRole('button', { name: 'Set the limit' }).click();
  await expect(page.locator('.statusbar')).toContainText(/over the limit/u);
  await page.keyboard.press('Escape');
  const ready = page.getByRole('region', { name: 'Before freezing' });
  await expect(ready).toContainText(/words over the limit of 900, footnotes included\. It can be frozen all the same\./u);
  await harriet.look('over');
  await page.getByRole('link', { name: 'Freeze…' }).click();
  await expect(page.getByText(/words over the limit of 900/u)).toBeVisible();
  await expect(page.getByText(/read aloud/u)).toBeVisible();
  await harriet.look('freeze');
  await page.getByRole('button', { name: 'Freeze as Rev.1' }).click();
  await expect(page.getByRole('heading', { name: /Rev\.1/u })).toBeVisible();
  await expect(francois.page.getByText('this text has been frozen')).toBeVisible();
});

test('words are found and replaced by keyboard, while somebody else writes', async ({ world }) => {
  const francois = await world.signedIn('François', DRAFTERS[0]);
  const wanjiru = await world.signedIn('Wanjiru', DRAFTERS[1]);
  await opens(francois);
  await opens(wanjiru);
  const { page } = francois;
  const { keyboard } = page;
  await goesToTheEnd(francois);
  await keyboard.press('Enter');
  await francois.types('Le témoin, the Temoin and a TÉMOIN.');
  await stands(francois, 'the Temoin', 'after');

  await keyboard.press('Control+f');
  const bar = page.getByRole('search', { name: 'Find in the text' });
  const field = bar.getByLabel('Find', { exact: true });
  await expect(field).toBeFocused();
  await francois.types('temoin');
  await expect(bar).toContainText('3 of 3');
  await keyboard.press('Enter');
  await expect(bar).toContainText('1 of 3');
  await keyboard.press('Shift+Enter');
  await expect(bar).toContainText('3 of 3');
  await francois.look('find');
  // The browser's own search is one press away, and nothing of ours hears it.
  const ours = await page.evaluate(() => {
    const event = new KeyboardEvent('keydown', { key: 'f', ctrlKey: true, bubbles: true, cancelable: true });
    return !document.activeElement?.dispatchEvent(event);
  });
  expect(ours).toBe(false);
  await keyboard.press('Escape');
  await expect(francois.editor).toBeFocused();
  await francois.types('X');
  await expect(francois.editor).toContainText('the TemoinX and');
  await keyboard.press('Backspace');

  await keyboard.press('Control+h');
  await expect(field).toBeFocused();
  await francois.types('temoin');
  await bar.getByRole('button', { name: 'Tell accents and forms of letters apart' }).press('Space');
  await expect(bar).toContainText('1 of 1');
  await bar.getByRole('button', { name: 'Tell accents and forms of letters apart' }).press('Space');
  await expect(bar).toContainText('of 3');
  await bar.getByLabel('Replace with').focus();
  await francois.types('witness');
  await goesToTheEnd(wanjiru);
  await Promise.all([bar.getByRole('button', { name: 'Replace all' }).press('Enter'), wanjiru.types(' Wanjiru goes on.')]);
  await expect(bar).toContainText('not found');
  await expect(francois.editor).toContainText('Le witness, the witness and a witness.');
  await expect(wanjiru.editor).toContainText('a witness. Wanjiru goes on.');
  await keyboard.press('Escape');
  await keyboard.press('Control+z');
  await expect(francois.editor).toContainText('Le témoin, the Temoin and a TÉMOIN. Wanjiru goes on.');
  expect(await blocksOf(wanjiru)).toEqual(await blocksOf(francois));

  await page.getByRole('radio', { name: 'Read' }).click();
  await keyboard.press('Control+f');
  await francois.types('témoin');
  await expect(bar).toContainText('of 3');
  await expect(bar.getByRole('button', { name: /^Replace/u })).toHaveCount(0);
  await francois.look('find-reading');
});

test('words in a footnote are found and replaced', async ({ world }) => {
  const francois = await world.signedIn('François', DRAFTERS[0]);
  await opens(francois);
  const { page } = francois;
  await goesToTheEnd(francois);
  await page.keyboard.press('Control+Alt+f');
  await page.getByRole('textbox', { name: /^Footnote \d+$/u }).waitFor();
  await francois.types('See the Marmalade report.');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Control+h');
  await francois.types('marmalade');
  const bar = page.getByRole('search', { name: 'Find in the text' });
  await expect(bar).toContainText(/In footnote \d+: See the Marmalade report\./u);
  await francois.look('find-note');
  await bar.getByLabel('Replace with').fill('Honey');
  await page.keyboard.press('Enter');
  await expect(bar).toContainText('not found');
  await expect(page.locator('.footnotes')).toContainText('See the Honey report.');
});

test('the list of keys, what a slash offers, and signs that are typed', async ({ world }) => {
  const francois = await world.signedIn('François', DRAFTERS[0]);
  await opens(francois);
  const { page, editor } = francois;
  const { keyboard } = page;
  await goesToTheEnd(francois);
  await keyboard.press('Control+/');
  const list = page.getByRole('dialog', { name: 'Keys' });
  await expect(list).toContainText('Find and replace');
  await francois.look('keys');
  await keyboard.press('Escape');
  await expect(list).toHaveCount(0);
  await expect(editor).toBeFocused();

  await keyboard.press('Enter');
  await keyboard.press('Control+Alt+0');
  const last = () => blocksOf(francois).then((blocks) => blocks.at(-1));
  const offers = page.getByRole('listbox', { name: 'What this paragraph can become' });
  await francois.types('/');
  await expect(offers).toBeVisible();
  await francois.look('slash');
  // Nothing is chosen: the slash is a slash, and Enter is Enter.
  await keyboard.press('Enter');
  await expect(offers).toHaveCount(0);
  expect((await blocksOf(francois)).at(-2)).toMatch(/\/$/u);
  await francois.types('/etc');
  await expect(offers).toHaveCount(0);
  await keyboard.press('Enter');
  await francois.types('/head');
  await expect(offers.getByRole('option')).toHaveText(['Heading 1', 'Heading 2', 'Heading 3']);
  await keyboard.press('ArrowDown');
  await keyboard.press('Enter');
  await francois.types('Of the marshes');
  await expect(editor.getByRole('heading', { level: 3, name: 'Of the marshes' })).toBeVisible();

  await keyboard.press('Enter');
  await francois.types('# ');
  await francois.types('A title');
  await expect(editor.getByRole('heading', { level: 1, name: 'A title' })).toBeVisible();
  await keyboard.press('Enter');
  await francois.types('- ');
  await expect(editor.locator('li').last()).toHaveText('');
  await keyboard.press('Control+z');
  expect(await last()).toMatch(/- $/u);
  await francois.seesSaved();
});

test('in Arabic: counted, found in all forms, and offered from the right', async ({ world }) => {
  const harriet = await world.signedIn('coordinator', COORDINATOR);
  const { page } = harriet;
  await harriet.goes('/app');
  await page.getByRole('button', { name: 'Start a statement' }).click();
  const dialog = page.getByRole('dialog', { name: 'Start a statement' });
  await dialog.getByLabel('Title').fill('الإصغاء إلى الإشارات');
  await dialog.getByLabel('Language of the authentic text').selectOption({ label: 'Arabic' });
  await dialog.getByRole('button', { name: 'Start drafting' }).click();
  await expect(harriet.editor.getByRole('heading', { level: 1 })).toHaveText('الإصغاء إلى الإشارات');
  await goesToTheEnd(harriet);
  await harriet.types('حقوق الْإِنْسَــانِ لكل انسان');
  await expect(page.locator('.statusbar')).toContainText('7 words');
  await page.keyboard.press('Control+h');
  await harriet.types('إنسان');
  const bar = page.getByRole('search', { name: 'Find in the text' });
  await expect(bar).toContainText('of 2');
  await harriet.look('arabic-find');
  await bar.getByLabel('Replace with').fill('بشر');
  await bar.getByRole('button', { name: 'Replace all' }).click();
  await expect(harriet.editor).toContainText('حقوق الْبشر لكل بشر');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Enter');
  await harriet.types('/');
  await expect(page.getByRole('listbox')).toBeVisible();
  await harriet.look('arabic-slash');
});

test('on a phone a writer finds, replaces and sees what is left', async ({ world }) => {
  const harriet = await world.signedIn('coordinator', COORDINATOR, PHONE);
  await opens(harriet);
  const { page } = harriet;
  await page.getByRole('button', { name: /words/u }).tap();
  const counts = page.getByRole('region', { name: 'Counts' });
  await counts.getByLabel('At most so many words').fill('1500');
  await counts.getByRole('button', { name: 'Set the limit' }).tap();
  await expect(counts).toContainText('of 1,500 words');
  await harriet.look('phone-counts');
  await counts.getByRole('button', { name: 'Close' }).tap();
  await expect(page.locator('.statusbar')).toContainText(/left/u);
  await page.getByRole('button', { name: 'Find in the text' }).tap();
  const bar = page.getByRole('search', { name: 'Find in the text' });
  await bar.getByLabel('Find', { exact: true }).fill('marsh');
  await expect(bar).toContainText(/\d+ of \d+/u);
  await bar.getByRole('button', { name: 'Replace…' }).tap();
  await harriet.look('phone-find');
  await bar.getByRole('button', { name: 'Close' }).tap();
  await expect(bar).toHaveCount(0);
});

async function opens(person: Person): Promise<void> {
  await person.opensStatement(TITLE);
  await expect(person.editor).toContainText('sleep in their clothes');
  await person.seesSaved();
  await expect(person.page.getByRole('button', { name: 'Find in the text' })).toBeVisible();
}
