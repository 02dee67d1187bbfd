// Two organisations do not agree on words: one puts them into brackets, the other adds an alternative; each stands behind its own, one is
// agreed ad referendum and kept. A freeze is refused before, and accepted after.
import { chooses, stands } from '../world/hands.ts';
import { expect, PHONE, test, type Person } from '../world/index.ts';
import { COORDINATOR, DRAFTERS, TITLE } from '../world/register.ts';

const WORDS = 'sleep in their clothes';
const OTHERS = 'are afraid to undress at night';
const ARABIC = 'ينامون بملابسهم';

test('words are put into brackets, and frozen once they are agreed', async ({ world }) => {
  world.watch.expects(/brackets.*status of (?:409|422)|freeze.*status of 422/u);
  const francois = await world.signedIn('François', DRAFTERS[0]);
  const wanjiru = await world.signedIn('Wanjiru', DRAFTERS[1]);
  const harriet = await world.signedIn('Harriet', COORDINATOR);
  for (const one of [francois, wanjiru, harriet]) {
    await one.opensStatement(TITLE);
    await expect(one.editor).toContainText(WORDS);
  }

  await test.step('one brackets words by keyboard, and stands behind them', async () => {
    await francois.turns();
    await francois.editor.focus();
    await francois.page.keyboard.press('Control+Home');
    await francois.page.keyboard.press('Control+Alt+b');
    await expect(brackets(francois)).toContainText('Choose words in the text first');
    await chooses(francois, WORDS);
    await francois.page.keyboard.press('Control+Alt+b');
    await expect(bracketed(francois)).toHaveText(WORDS);
    await expect(card(francois)).toContainText('By Association Jamais');
    await act(francois, 'Stand behind this').click();
    await expect(francois.page.locator('.bracket-behind')).toHaveAttribute('data-behind', 'AJO');
    await francois.seesSaved();
  });

  await test.step('another adds an alternative and stands behind that', async () => {
    await wanjiru.turns();
    await expect(bracketed(wanjiru)).toHaveText(WORDS);
    await expect(wanjiru.page.locator('.bracket-behind')).toHaveAttribute('data-behind', 'AJO');
    await bracketed(wanjiru).click();
    await expect(card(wanjiru)).toHaveAttribute('aria-current', 'true');
    await act(wanjiru, 'Add an alternative').click();
    await card(wanjiru).getByLabel('Words of the alternative').fill(OTHERS);
    await wanjiru.page.keyboard.press('Control+Enter');
    await expect(bracketed(wanjiru)).toHaveText([WORDS, OTHERS]);
    await line(wanjiru, OTHERS).getByRole('button', { name: 'Stand behind this' }).click();
    await expect(line(wanjiru, OTHERS).getByRole('list', { name: 'Behind these words' })).toContainText('BCAP');
    await wanjiru.look('alternatives');
    await francois.turns();
    await expect(bracketed(francois)).toHaveText([WORDS, OTHERS]);
    await expect(line(francois, OTHERS)).toContainText('BCAP');
  });

  await test.step('whoever stood behind words that are changed is told apart', async () => {
    await wanjiru.turns();
    await stands(wanjiru, 'sleep in their');
    await wanjiru.types(' own');
    await expect(bracketed(wanjiru).first()).toHaveText('sleep in their own clothes');
    await expect(line(wanjiru, 'sleep in their own')).toContainText('The words were changed since.');
    await wanjiru.page.keyboard.press('Control+z');
    await expect(bracketed(wanjiru).first()).toHaveText(WORDS);
    await expect(card(wanjiru)).not.toContainText('changed since');
    await wanjiru.seesSaved();
  });

  await test.step('nothing is frozen while a bracket is open, and its place is told', async () => {
    await harriet.turns();
    const ready = harriet.page.getByRole('region', { name: 'Before freezing' });
    await expect(ready).toContainText('Words in brackets are not agreed yet');
    await ready.getByRole('button', { name: /Words in brackets/u }).click();
    // Wanjiru's caret stands among them.
    expect(await harriet.page.evaluate(() => String(getSelection()))).toMatch(/^sleep in their(?:BCAP)? clothes$/u);
    await harriet.look('before-freezing');
    await harriet.page.getByRole('link', { name: 'Freeze…' }).click();
    await expect(harriet.page.getByText('Words in brackets are not agreed yet')).toBeVisible();
    await expect(harriet.page.getByRole('button', { name: /^Freeze as/u })).toHaveCount(0);
    await harriet.look('refused');
    await harriet.opensStatement(TITLE);
  });

  await test.step('on a phone they are a sheet, in Arabic too', async () => {
    await wanjiru.turns();
    await wanjiru.pointsAfter('First, the language of public life');
    await wanjiru.page.keyboard.press('Enter');
    await wanjiru.types(ARABIC);
    await wanjiru.page.keyboard.press('Shift+Home');
    await wanjiru.page.getByRole('toolbar').getByRole('button', { name: 'Put what is chosen into brackets' }).click();
    await expect(bracketed(wanjiru).filter({ hasText: ARABIC })).toHaveCount(1);
    await line(wanjiru, ARABIC).getByRole('button', { name: 'Stand behind this' }).click();
    await expect(line(wanjiru, ARABIC)).toContainText('BCAP');
    await wanjiru.seesSaved();
    const phone = await world.signedIn('François on the way', DRAFTERS[0], PHONE);
    await phone.opensStatement(TITLE);
    await phone.page.getByRole('button', { name: '2 brackets' }).click();
    await expect(line(phone, OTHERS)).toBeVisible();
    await phone.look('phone');
    await brackets(phone).getByRole('button', { name: 'Close the brackets' }).click();
    await expect(brackets(phone)).toBeHidden();
    await bracketed(phone).filter({ hasText: ARABIC }).scrollIntoViewIfNeeded();
    await phone.look('phone-text');
    await phone.leaves();
    await wanjiru.turns();
    await card(wanjiru, ARABIC).getByRole('button', { name: 'Lift the bracket' }).click();
    await expect(bracketed(wanjiru).filter({ hasText: ARABIC })).toHaveCount(0);
    await expect(wanjiru.editor).toContainText(ARABIC);
    await wanjiru.seesSaved();
  });

  await test.step('one alternative is agreed ad referendum', async () => {
    await harriet.turns();
    await line(harriet, OTHERS).getByRole('button', { name: 'Agreed ad ref' }).click();
    await expect(line(harriet, OTHERS)).toContainText('Agreed ad ref, marked by');
    await expect(line(harriet, OTHERS).getByRole('button', { name: 'Stand behind' }), 'the secretariat stands behind nothing').toHaveCount(0);
    await francois.turns();
    await expect(line(francois, OTHERS)).toContainText('Agreed ad ref, marked by');
  });

  await test.step('what is kept and what is deleted is shown before, and nothing else is deleted', async () => {
    await francois.turns();
    await line(francois, OTHERS).getByRole('button', { name: 'Keep this one' }).click();
    const dialog = francois.page.getByRole('dialog');
    await expect(dialog.locator('del')).toHaveText(WORDS);
    await francois.look('keeping');
    // Somebody writes in it meanwhile.
    await wanjiru.turns();
    await stands(wanjiru, 'are afraid to');
    await wanjiru.types(' ever');
    await wanjiru.seesSaved();
    await francois.turns();
    await expect(line(francois, 'are afraid to ever undress')).toHaveCount(1);
    await dialog.getByRole('button', { name: 'Keep it' }).click();
    await expect(dialog).toContainText('Nothing was deleted; look again.');
    await dialog.getByRole('button', { name: 'Close' }).click();
    await wanjiru.turns();
    await wanjiru.page.keyboard.press('Control+z');
    await wanjiru.seesSaved();
    await francois.turns();
    await expect(line(francois, 'are afraid to ever undress')).toHaveCount(0);
    await line(francois, OTHERS).getByRole('button', { name: 'Keep this one' }).click();
    await dialog.getByRole('button', { name: 'Keep it' }).click();
    await expect(bracketed(francois)).toHaveCount(0);
    await expect(francois.editor).not.toContainText(WORDS);
    // One undo brings all of it back.
    await francois.page.getByRole('button', { name: 'Undo' }).click();
    await expect(bracketed(francois)).toHaveText([WORDS, /^are afraid to.*undress at night$/u]);
    await francois.page.getByRole('button', { name: 'Redo' }).click();
    await expect(bracketed(francois)).toHaveCount(0);
    await francois.seesSaved();
  });

  await test.step('then it is frozen, and says nothing of the bracket', async () => {
    await harriet.turns();
    await expect(bracketed(harriet)).toHaveCount(0);
    await harriet.page.getByRole('link', { name: 'Freeze…' }).click();
    await harriet.page.getByRole('button', { name: /^Freeze as/u }).click();
    await expect(harriet.page.getByText(OTHERS)).toBeVisible();
    await expect(harriet.page.getByText(WORDS)).toHaveCount(0);
  });
});

const brackets = ({ page }: Person) => page.getByRole('region', { name: 'Brackets' });
const card = ({ page }: Person, words = '') => page.getByRole('article', { name: /^In brackets/u }).filter({ hasText: words });
const act = (person: Person, name: string) => card(person).getByRole('button', { name });
const line = ({ page }: Person, words: string) => page.locator('.bracket-card .alternatives > li').filter({ hasText: words });
const bracketed = ({ page }: Person) => page.locator('.editor .bracket');
