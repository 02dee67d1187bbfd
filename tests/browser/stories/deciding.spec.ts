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
    // Her caret stands behind it.
    await expect(francois.editor).toContainText('marshlands are such a place');
    await wanjiru.turns();
    await expect(cards(wanjiru)).toHaveCount(0);
    await expect(inserted(wanjiru)).toHaveCount(0);
    await panel(wanjiru).getByRole('button', { name: /^Resolved/u }).click();
    await expect(card(wanjiru, 'The place is named in the report.')).toContainText('Rejected by');
    await expect(card(wanjiru, 'and networks of survivors')).toContainText('Accepted by');
    await wanjiru.look('decided');
  });
});

test('who decides sees rivals told on the button, accepts all of one organisation, and reads the text without or with everything', async ({ world }) => {
  const { harriet, francois, wanjiru } = await three(world);

  await test.step('two suggest other words for the same, one of them unasked in Suggest mode; one takes its own back', async () => {
    await wanjiru.turns();
    await chooses(wanjiru, OLD);
    await wanjiru.types('one of those places');
    await stands(wanjiru, BEHIND);
    await wanjiru.types(' and networks');
    await stands(wanjiru, 'Mr. President, Excellencies,');
    await wanjiru.types(' أيها السادة');
    await expect(cards(wanjiru)).toHaveCount(3);
    await wanjiru.seesSaved();
    await francois.turns();
    await control(francois).getByRole('radio', { name: 'Suggest' }).click();
    await expect(struck(francois)).toHaveText(OLD);
    await chooses(francois, OLD);
    await francois.types('a home');
    await expect(cards(francois)).toHaveCount(4);
    await expect(card(francois, 'by one of those places')).toContainText('Accepting answers 1 other suggestion for the same words no');
    await expect(card(francois, 'by one of those places').getByRole('button', { name: 'Accept, and answer the others no' })).toBeVisible();
    await card(francois, 'by a home').getByRole('button', { name: 'Withdraw' }).click();
    await expect(cards(francois)).toHaveCount(3);
    await expect(francois.editor).not.toContainText('a home');
    await control(francois).getByRole('radio', { name: 'Edit' }).click();
    await francois.seesSaved();
  });

  await test.step('the text is read without what is suggested, and as if all were accepted', async () => {
    const page = await francois.turns();
    await page.getByLabel('Show the text').selectOption('without suggestions');
    await expect(page.locator('[role="document"]')).toContainText('marshlands are such a place.');
    await expect(page.locator('[role="document"]')).not.toContainText('networks');
    await page.getByLabel('Show the text').selectOption('as if all were accepted');
    await expect(page.locator('[role="document"]')).toContainText('marshlands are one of those places.');
    await expect(page.locator('[role="document"]')).toContainText('أيها السادة');
    await francois.look('as-if');
    await page.getByRole('button', { name: 'Back to the suggestions' }).click();
    await expect(francois.editor).toBeVisible();
  });

  await test.step('a reply to a suggestion is a comment on its words', async () => {
    await card(francois, 'Insert and networks').getByRole('button', { name: 'Reply' }).click();
    await francois.types('Which networks?');
    await francois.page.keyboard.press('Control+Enter');
    await expect(panel(francois).getByRole('article').filter({ hasText: 'Which networks?' })).toContainText('and networks');
  });

  await test.step('an editor who deletes proposed words answers them', async () => {
    const page = await francois.turns();
    await stands(francois, 'Mr. President, Excellencies,');
    await page.keyboard.press('Shift+End');
    await page.keyboard.press('Delete');
    await expect(cards(francois)).toHaveCount(2);
    await wanjiru.turns();
    await panel(wanjiru).getByRole('button', { name: /^Resolved/u }).click();
    await expect(card(wanjiru, 'أيها السادة')).toContainText('Rejected by');
  });

  await test.step('a coordinator accepts all of one organisation, after reading how many that are', async () => {
    const page = await harriet.turns();
    await panel(harriet).getByRole('button', { name: `Accept all of ${baobab.acronym} (2)…` }).click();
    const dialog = page.getByRole('dialog', { name: `Accept all suggestions of ${baobab.acronym}?` });
    await expect(dialog).toContainText('2 suggestions become text.');
    await harriet.look('accept-all');
    // What comes meanwhile was not shown, and stays a suggestion.
    await wanjiru.turns();
    await stands(wanjiru, 'sleep in their clothes');
    await wanjiru.types(' at night');
    await wanjiru.seesSaved();
    await harriet.turns();
    await dialog.getByRole('button', { name: 'Accept 2' }).click();
    await expect(dialog).toBeHidden();
    await expect(cards(harriet)).toHaveCount(1);
    await expect(harriet.editor).toContainText('organizations and networks working');
    await expect(harriet.editor).toContainText('marshlands are one of those places.');
  });
});

test('on a phone the cards are a sheet, and are decided there', async ({ world }) => {
  const { wanjiru } = await three(world);
  await wanjiru.turns();
  await stands(wanjiru, BEHIND);
  await wanjiru.types(' and networks of survivors');
  await wanjiru.seesSaved();
  const phone = await world.signedIn('François', DRAFTERS[0], PHONE);
  await phone.opensStatement(TITLE);
  await phone.page.getByRole('button', { name: 'To discuss, 1 open' }).click();
  await expect(card(phone, 'Insert and networks of survivors')).toBeVisible();
  await phone.look('sheet');
  await card(phone, 'Insert and networks').getByRole('button', { name: 'Accept' }).click();
  await expect(cards(phone)).toHaveCount(0);
  await expect(inserted(phone)).toHaveCount(0);
  await expect(phone.editor).toContainText('organizations and networks of survivors');
  await phone.seesSaved();
});
