// Somebody who may only suggest writes, strikes, breaks and styles as anybody does, with an input method and without a network. The text
// stays what it is; what they would have it be stands in it as a suggestion, on every page.
import { pastes } from '../world/clipboard.ts';
import { chooses, drags, stands } from '../world/hands.ts';
import { expect, test, type Person } from '../world/index.ts';
import { CHINESE, composes, JAPANESE } from '../world/input-method.ts';
import { COORDINATOR, DRAFTERS, organisation, TITLE } from '../world/register.ts';

const baobab = organisation(1);
const control = ({ page }: Person) => page.getByRole('radiogroup', { name: 'Mode' });

async function maySuggestOnly(harriet: Person, name: string): Promise<void> {
  const page = await harriet.turns();
  await page.getByRole('button', { name: 'Choose rights…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Who may do what with this draft?' });
  await dialog.getByRole('combobox', { name: `What ${name} may do` }).selectOption('Suggest');
  await dialog.getByRole('button', { name: 'Give these rights' }).click();
  await expect(dialog).toBeHidden();
}

const inserted = ({ editor }: Person, words: string) => editor.locator('ins').filter({ hasText: words });
const struck = ({ editor }: Person, words: string) => editor.locator('del').filter({ hasText: words });

/** The words an editor shows, and those of them that are not only proposed; carets apart. */
const shows = ({ editor }: Person, but = '.caret') =>
  editor.evaluate((shown, apart) => {
    const copy = shown.cloneNode(true) as HTMLElement;
    copy.querySelectorAll(apart).forEach((one) => one.remove());
    return copy.textContent;
  }, but);
const text = (person: Person) => shows(person, '.caret, ins');

test('who may only suggest writes as anybody does, and the text stays what it is', async ({ world }) => {
  world.watch.expects(/ERR_INTERNET_DISCONNECTED|WebSocket connection to/u);
  const harriet = await world.signedIn('Harriet', COORDINATOR);
  const wanjiru = await world.signedIn('Wanjiru', DRAFTERS[1]);
  for (const one of [harriet, wanjiru]) {
    await one.opensStatement(TITLE);
    await expect(one.editor).toContainText('sleep in their clothes');
  }
  await maySuggestOnly(harriet, baobab.name);
  const page = await wanjiru.turns();
  await expect(control(wanjiru).getByRole('radio', { name: 'Suggest' })).toBeChecked();
  await expect(wanjiru.editor).toHaveAttribute('contenteditable', 'true');
  const before = await text(harriet);

  await test.step('letters that are typed are proposed; letters that are taken away go if they are one\'s own, and else are struck', async () => {
    await stands(wanjiru, 'sleep in their clothes');
    await page.keyboard.type(' and boots');
    await expect(inserted(harriet, ' and boots')).toBeVisible();
    for (let more = 0; more < 'and bootsthes'.length + 1; more += 1) await page.keyboard.press('Backspace');
    await expect(struck(harriet, 'thes')).toBeVisible();
    await expect(inserted(harriet, 'boots')).toHaveCount(0);
    await page.keyboard.type('d');
    await expect(inserted(harriet, 'd')).toBeVisible();
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
    await expect(struck(harriet, 'thes')).toHaveCount(0);
    await wanjiru.seesSaved();
  });

  await test.step('an input method composes into the text, and over words that are chosen', async () => {
    await stands(wanjiru, 'A promise made');
    await composes(wanjiru, JAPANESE);
    await expect(inserted(harriet, '日本')).toBeVisible();
    await chooses(wanjiru, 'general terms');
    await composes(wanjiru, CHINESE);
    await expect(struck(harriet, 'general terms')).toBeVisible();
    await expect(inserted(harriet, '中国')).toBeVisible();
    await page.keyboard.type('x');
    await expect(inserted(harriet, '中国x')).toBeVisible();
  });

  await test.step('a line is broken, words are to be bold, and a paragraph a heading', async () => {
    await stands(wanjiru, 'tested in particular');
    await page.keyboard.press('Enter');
    await page.keyboard.type('New here. ');
    await expect(inserted(harriet, 'New here.')).toBeVisible();
    await chooses(wanjiru, 'Over the past');
    await page.keyboard.press('Control+b');
    await expect(harriet.editor.locator('.would-bold')).toHaveText('Over the past');
    await page.keyboard.press('Control+Alt+2');
    await wanjiru.seesSaved();
    await harriet.look('suggested');
    await wanjiru.look('own');
  });

  await test.step('what is suggested without a network arrives when there is one', async () => {
    await wanjiru.context.setOffline(true);
    await stands(wanjiru, 'match the risk factors');
    await page.keyboard.type(' on a train');
    await chooses(wanjiru, 'fourteen months');
    await page.keyboard.type('a year');
    await expect(page.locator('[data-saved="offline-kept"]')).toBeVisible();
    await wanjiru.context.setOffline(false);
    await wanjiru.seesSaved();
    for (const words of [' on a train', 'a year']) await expect(inserted(harriet, words)).toBeVisible();
    await expect(struck(harriet, 'fourteen months')).toBeVisible();
  });

  expect(await text(harriet)).toBe(before);
  expect(await shows(harriet)).toBe(await shows(wanjiru));
});

test('a right that falls to suggesting leaves words of before to be copied and let go of', async ({ world }) => {
  world.watch.expects(/ERR_INTERNET_DISCONNECTED|WebSocket connection to/u);
  const harriet = await world.signedIn('Harriet', COORDINATOR);
  const wanjiru = await world.signedIn('Wanjiru', DRAFTERS[1]);
  for (const one of [harriet, wanjiru]) await one.opensStatement(TITLE);
  await wanjiru.seesSaved();
  await wanjiru.context.setOffline(true);
  await wanjiru.pointsAfter('Our members do not ask the Council');
  await wanjiru.types(' Written as an edit.');
  await maySuggestOnly(harriet, baobab.name);
  await wanjiru.context.setOffline(false);
  const page = await wanjiru.turns();
  const notice = page.getByRole('alert').filter({ hasText: 'Your organisation may only suggest here.' });
  await expect(notice).toBeVisible();
  await expect(notice.getByRole('button', { name: 'Copy the whole text' })).toBeVisible();
  await wanjiru.look('fell');
  await notice.getByRole('button', { name: 'Delete it and go on suggesting' }).click();
  await expect(control(wanjiru).getByRole('radio', { name: 'Suggest' })).toBeChecked();
  await expect(wanjiru.editor).not.toContainText('Written as an edit.');
  await stands(wanjiru, 'sleep in their clothes');
  await page.keyboard.type(', we suggest');
  await wanjiru.seesSaved();
  await expect(inserted(harriet, ', we suggest')).toBeVisible();
  await expect(harriet.editor).not.toContainText('Written as an edit.');
});

test('a footnote, a list by its signs, what is pasted, moved and replaced: whatever is done to words is suggested', async ({ world }) => {
  const harriet = await world.signedIn('Harriet', COORDINATOR);
  const wanjiru = await world.signedIn('Wanjiru', DRAFTERS[1]);
  for (const one of [harriet, wanjiru]) {
    await one.opensStatement(TITLE);
    await expect(one.editor).toContainText('sleep in their clothes');
  }
  const before = await text(harriet);
  const page = await wanjiru.turns();
  await control(wanjiru).getByRole('radio', { name: 'Suggest' }).click();

  await stands(wanjiru, 'recorded four developments');
  await page.keyboard.press('Control+Alt+f');
  await expect(page.getByRole('textbox', { name: 'Footnote' })).toBeFocused();
  await page.keyboard.type('Why four.');
  await page.keyboard.press('Escape');
  await page.keyboard.type(' indeed');
  await expect(inserted(harriet, ' indeed')).toBeVisible();

  await stands(wanjiru, 'met with early support.');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+Alt+0');
  await page.keyboard.type('- an item');
  await expect(inserted(harriet, 'an item')).toBeVisible();
  await expect(inserted(harriet, '- an item')).toHaveCount(0);
  await page.keyboard.press('Enter');
  await page.keyboard.press('Enter');
  await page.keyboard.type('No item');
  await expect(inserted(harriet, 'No item')).toBeVisible();

  await stands(wanjiru, 'What is missing is not capacity.');
  await pastes(wanjiru, '<h2>Pasted</h2><p>with <b>bold</b> words</p>');
  await expect(inserted(harriet, 'Pasted')).toBeVisible();

  await chooses(wanjiru, 'silt');
  await drags(wanjiru, 'silt', 'several broadcasters');
  await expect(struck(harriet, 'silt')).toBeVisible();
  await chooses(wanjiru, 'in three districts');
  await page.keyboard.press('Control+x');
  await expect(struck(harriet, 'in three districts')).toBeVisible();
  await wanjiru.seesSaved();
  await wanjiru.look('everything');

  expect(await text(harriet)).toBe(before);
  expect(await shows(harriet)).toBe(await shows(wanjiru));

  for (let most = 80; most > 0 && (await wanjiru.editor.locator('ins, del, .would').count()) > 0; most -= 1) await page.keyboard.press('Control+z');
  await wanjiru.seesSaved();
  await expect(harriet.editor.locator('ins, del, .would')).toHaveCount(0);
  expect(await shows(harriet)).toBe(before);
});
