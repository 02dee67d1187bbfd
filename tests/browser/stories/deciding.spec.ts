// Three organisations at one draft: one edits, one may suggest, one may comment. What is suggested is drawn, told on cards and decided
// there, by mouse and by keys; its author learns it; and the text is what it was until somebody who edits says yes.
import { chooses, stands } from '../world/hands.ts';
import { expect, PHONE, test, type Person, type World } from '../world/index.ts';
import { COORDINATOR, DRAFTERS, organisation, TITLE } from '../world/register.ts';

const baobab = organisation(1);
const BEHIND = 'civil society organizations';
const OLD = 'such a place';

const control = ({ page }: Person) => page.getByRole('radiogroup', { name: 'Mode' });
const panel = ({ page }: Person) => page.getByRole('region', { name: 'Suggestions and comments' });
const cards = (person: Person) => panel(person).locator('.suggestion');
const card = (person: Person, words: string | RegExp) => cards(person).filter({ hasText: words });
const inserted = ({ page }: Person) => page.locator('.editor ins.proposed');
const struck = ({ page }: Person) => page.locator('.editor del.proposed');

/** François edits, and Wanjiru may suggest. */
async function three(world: World) {
  const harriet = await world.signedIn('Harriet', COORDINATOR);
  const francois = await world.signedIn('François', DRAFTERS[0]);
  const wanjiru = await world.signedIn('Wanjiru', DRAFTERS[1]);
  await harriet.opensStatement(TITLE);
  const page = await harriet.turns();
  await page.getByRole('button', { name: 'Choose rights…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Who may do what with this draft?' });
  await dialog.getByRole('combobox', { name: `What ${baobab.name} may do` }).selectOption('Suggest');
  await dialog.getByRole('button', { name: 'Give these rights' }).click();
  await expect(dialog).toBeHidden();
  for (const one of [francois, wanjiru]) {
    await one.opensStatement(TITLE);
    await expect(one.editor).toContainText('sleep in their clothes');
  }
  return { harriet, francois, wanjiru };
}

test('what one may only suggest is text once somebody who edits accepts it', async ({ world }) => {
  const { francois, wanjiru } = await three(world);

  await test.step('whoever may suggest begins in that mode, and is told why not more', async () => {
    const page = await wanjiru.turns();
    await expect(control(wanjiru).getByRole('radio', { name: 'Suggest' })).toBeChecked();
    await control(wanjiru).getByRole('radio', { name: 'Edit' }).click({ force: true });
    await expect(page.getByRole('status').filter({ hasText: 'may suggest changes to this draft, and not edit it' })).toBeVisible();
  });

  await test.step('what is typed is suggested, and what is deleted is struck and stays', async () => {
    const page = await wanjiru.turns();
    await stands(wanjiru, BEHIND);
    await wanjiru.types(' and networks of survivors');
    await expect(inserted(wanjiru)).toHaveText(' and networks of survivors');
    await chooses(wanjiru, OLD);
    await wanjiru.types('one of those places');
    await expect(struck(wanjiru)).toHaveText(OLD);
    await expect(cards(wanjiru)).toHaveCount(2);
    await expect(card(wanjiru, 'Replace')).toContainText('Replace such a place by one of those places');
    await expect(card(wanjiru, 'Replace').getByRole('button', { name: 'Accept' })).toHaveCount(0);
    await wanjiru.seesSaved();
    await expect(page.locator('.statusbar')).toContainText('899 words');
    await wanjiru.look('suggested');
  });

  await test.step('whoever edits sees whose it is, and accepts; undo asks it again', async () => {
    const page = await francois.turns();
    await expect(card(francois, 'Insert and networks of survivors')).toContainText(baobab.name);
    await expect(card(francois, 'Insert and networks')).toContainText('Wanjiru');
    await francois.look('cards');
    await card(francois, 'Insert and networks').getByRole('button', { name: 'Accept' }).click();
    await expect(cards(francois)).toHaveCount(1);
    await expect(inserted(francois)).toHaveText('one of those places');
    await expect(francois.editor).toContainText('organizations and networks of survivors working');
    await francois.editor.focus();
    await page.keyboard.press('Control+z');
    await expect(cards(francois)).toHaveCount(2);
    await page.keyboard.press('Control+y');
    await expect(cards(francois)).toHaveCount(1);
    await francois.seesSaved();
  });

  await test.step('one is rejected by keys, with a reason, and its author reads it', async () => {
    const page = await francois.turns();
    await card(francois, 'Replace').getByRole('button', { name: /^Show in the text/u }).click();
    await expect(card(francois, 'Replace')).toHaveAttribute('aria-current', 'true');
    await page.keyboard.press('Control+Alt+Backspace');
    await expect(card(francois, 'Replace').getByLabel('Why, if you like')).toBeFocused();
    await francois.types('The place is named in the report.');
    await page.keyboard.press('Control+Enter');
    await expect(cards(francois)).toHaveCount(0);
    await expect(francois.editor).toContainText('marshlands are such a place.');
    await wanjiru.turns();
    await expect(cards(wanjiru)).toHaveCount(0);
    await expect(inserted(wanjiru)).toHaveCount(0);
    await panel(wanjiru).getByRole('button', { name: /^Resolved/u }).click();
    await expect(card(wanjiru, 'The place is named in the report.')).toContainText('Rejected by');
    await expect(card(wanjiru, 'and networks of survivors')).toContainText('Accepted by');
    await wanjiru.look('decided');
  });
});
