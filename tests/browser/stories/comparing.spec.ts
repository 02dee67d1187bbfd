// Two texts are read in one: what changed since an edition, word by word, paragraph by paragraph, without colour and by keyboard.
import { freezes, frozenAndReopened } from '../world/frozen.ts';
import { chooses, stands } from '../world/hands.ts';
import { expect, PHONE, test } from '../world/index.ts';
import { COORDINATOR } from '../world/register.ts';

const TITLE = 'Heeding the signals';

interface Run {
  text: string;
  bold?: boolean;
}
type Content = ({ type: 'text' } & Run) | { type: 'footnote'; number: number; content: { content: ({ type: 'text' } & Run)[] }[] };

const says = (text: string): Content => ({ type: 'text', text });
const heading = (level: number, text: string) => ({ type: 'heading', level, content: [says(text)] });
const numbered = (label: string, ...content: Content[]) => ({ type: 'numbered', level: 1, label, content });
const bullet = (text: string) => ({ type: 'bullet', level: 1, content: [says(text)] });
const note = (text: string): Content => ({ type: 'footnote', number: 1, content: [{ content: [{ type: 'text', text }] }] });

const ENGLISH = [
  heading(1, TITLE),
  numbered('1.', says('We, the undersigned organisations, address this Council because there is still time.')),
  numbered('2.', says('All States have affirmed that they protect their populations.'), note('General Assembly resolution 60/1.')),
  numbered('3.', says('The language of public life has changed, and no authority has objected to it.')),
  numbered('4.', says('Monitors have counted more than 300 households refused registration in three districts.')),
  numbered('5.', says('Armed groups calling themselves canal guards control the movement of boats at eleven crossings.')),
  numbered('6.', says('Those who help are being punished for helping. Two relief committees have been dissolved.')),
  heading(2, 'What the Council can do'),
  numbered('7.', says('We recommend that:')),
  bullet('the Government suspend the ordinance;'),
  bullet('all States refrain from transferring arms.'),
];

const ARABIC = [
  heading(1, 'الإصغاء إلى الإشارات'),
  numbered('1.', says('نحن المنظمات الموقعة أدناه نخاطب هذا المجلس لأن الوقت لم يفت بعد.')),
  numbered('2.', says('سجل المراقبون أكثر من ثلاثمئة أسرة حرمت من التسجيل.')),
  numbered('3.', says('The name “Lanternway” stays in Latin letters for everybody.')),
];

test('what changed since an edition is read word by word, and gone through by keyboard', async ({ world }) => {
  const harriet = await world.signedIn('coordinator', COORDINATOR);
  const { page } = harriet;
  const id = await frozenAndReopened(harriet, 'en', TITLE, ENGLISH);
  const article = page.getByRole('article');
  const list = page.getByRole('complementary', { name: 'List of changes' });

  await test.step('at first the two say the same', async () => {
    await harriet.goes(`/app/statements/${id}`);
    await page.getByRole('link', { name: 'What changed since Rev.1' }).click();
    await expect(page.getByText('These two say the same')).toBeVisible();
    await expect(page).toHaveURL(/compare\?from=Rev\.1&to=now$/u);
    await harriet.look('same');
  });

  await test.step('somebody changes words, their look, their order and their form', async () => {
    await page.getByRole('link', { name: 'Text', exact: true }).click();
    await chooses(harriet, 'more than 300');
    await harriet.types('312');
    await chooses(harriet, 'still time');
    await page.keyboard.press('Control+b');
    await stands(harriet, 'objected to it.');
    await harriet.types(' Words of this kind do not cause violence by themselves.');
    await stands(harriet, 'Armed groups', 'before');
    await page.keyboard.press('Shift+End');
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Delete');
    await stands(harriet, 'have been dissolved.');
    await page.keyboard.press('Enter');
    await harriet.types('Armed groups calling themselves canal guards now control the movement of boats at eleven crossings.');
    await stands(harriet, 'suspend the ordinance', 'before');
    await page.getByRole('button', { name: 'Numbered list' }).click();
    await harriet.seesSaved();
  });

  await test.step('each change is told with its place', async () => {
    await page.getByRole('link', { name: 'Compare', exact: true }).click();
    await expect(article.locator('del').filter({ hasText: 'more than 300' })).toHaveText(/removed: more than 300 end of what was removed/u);
    await expect(article.locator('ins').filter({ hasText: '312' })).toHaveText(/added: 312 end of what was added/u);
    await expect(article.locator('.restyled')).toContainText('still time');
    await expect(article.locator('.moved')).toContainText('Armed groups');
    await expect(article.locator('.moved ins')).toContainText('now');
    await expect(article.locator('.fmt')).toContainText('bullet became numbered item');
    await expect(list.getByRole('listitem').filter({ hasText: 'Paragraph 4' }).first()).toContainText('counted removed: more than 300 added: 312 households');
    await expect(page.getByText('1 paragraph moved')).toBeVisible();
    await harriet.look('changed');
  });

  await test.step('what is the same is folded and can be unfolded', async () => {
    const folded = article.getByText('All States have affirmed');
    await expect(folded).toBeHidden();
    await article.getByText('Paragraph 2: the same in both').click();
    await expect(folded).toBeVisible();
    await page.getByRole('button', { name: 'Show what is the same' }).click();
    await expect(article.getByText('The same in both')).toHaveCount(0);
    await harriet.look('whole');
    await page.getByRole('button', { name: 'Fold what is the same' }).click();
  });

  await test.step('Alt and an arrow go from change to change', async () => {
    await page.keyboard.press('Alt+ArrowDown');
    await expect(list.getByText(/^Change 1 of \d+$/u)).toBeVisible();
    await expect(page.locator('#change-1')).toBeFocused();
    await page.keyboard.press('Alt+ArrowDown');
    await expect(page.locator('#change-2')).toBeFocused();
    await expect(page.locator('#change-2')).toBeInViewport();
    await page.keyboard.press('Alt+ArrowUp');
    await expect(page.locator('#change-1')).toBeFocused();
    const next = page.getByRole('button', { name: 'Next' });
    await next.focus();
    await page.keyboard.press('Enter');
    await expect(list.getByText(/^Change 2 of \d+$/u)).toBeVisible();
    await expect(next).toBeFocused();
  });

  await test.step('the page before freezing leads here, and so does the next edition', async () => {
    await harriet.goes(`/app/statements/${id}/freeze`);
    await page.getByRole('link', { name: 'What changed since Rev.1' }).click();
    await expect(article.locator('ins').filter({ hasText: '312' })).toBeVisible();
    await freezes(harriet, id);
    await harriet.goes(`/app/statements/${id}`);
    await page.getByRole('link', { name: 'Compare Rev.1 with Rev.2' }).click();
    await expect(article.locator('ins').filter({ hasText: '312' })).toBeVisible();
    await page.getByRole('combobox', { name: 'From' }).selectOption('Rev.2');
    await expect(page.getByText('On both sides stands the same text.')).toBeVisible();
    await page.goBack();
    await expect(article.locator('ins').filter({ hasText: '312' })).toBeVisible();
  });

  await test.step('a text that is not there is said', async () => {
    world.watch.expects(/compare.*status of 404/u);
    await harriet.goes(`/app/statements/${id}/compare?from=Rev.7&to=now`);
    await expect(page.getByRole('alert')).toContainText('One of the two texts is not here');
    await harriet.look('gone');
    await page.getByRole('combobox', { name: 'From' }).selectOption('Rev.1');
    await expect(article.locator('ins').filter({ hasText: '312' })).toBeVisible();
  });
});

test('on a phone the way through the changes stays at hand', async ({ world }) => {
  const harriet = await world.signedIn('coordinator', COORDINATOR, PHONE);
  const { page } = harriet;
  const id = await frozenAndReopened(harriet, 'en', TITLE, ENGLISH);
  await harriet.goes(`/app/statements/${id}`);
  await stands(harriet, 'in three districts.');
  await harriet.types(' The figures are those of volunteers.');
  await stands(harriet, 'Those who help');
  await harriet.types(' others');
  await harriet.seesSaved();
  await page.getByRole('link', { name: 'What changed since Rev.1' }).click();
  const steps = page.getByRole('region', { name: 'Go through the changes' });
  await expect(steps).toContainText('2 changes');
  await harriet.look('phone');
  await steps.getByRole('button', { name: 'Next' }).click();
  await expect(steps).toContainText('Change 1 of 2');
  await expect(page.locator('#change-1')).toBeInViewport();
  await harriet.look('phone-first');
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing lies beyond the edge').toBe(true);
});

test('an Arabic text with Latin letters in it is compared in its own direction', async ({ world }) => {
  const harriet = await world.signedIn('coordinator', COORDINATOR);
  const { page } = harriet;
  const id = await frozenAndReopened(harriet, 'ar', 'الإصغاء إلى الإشارات', ARABIC);
  await harriet.goes(`/app/statements/${id}`);
  await chooses(harriet, 'أكثر من ثلاثمئة');
  await harriet.types('نحو أربعمئة');
  await stands(harriet, 'for everybody');
  await harriet.types(' here');
  await harriet.seesSaved();
  await page.getByRole('link', { name: 'What changed since Rev.1' }).click();
  const article = page.getByRole('article');
  await expect(article).toHaveCSS('direction', 'rtl');
  await expect(article.locator('.para').filter({ hasText: 'سجل المراقبون' })).toHaveCSS('direction', 'rtl');
  await expect(article.locator('.para').filter({ hasText: 'Lanternway' })).toHaveCSS('direction', 'ltr');
  await expect(article.locator('del')).toContainText('أكثر من ثلاثمئة');
  await expect(article.locator('ins').first()).toContainText('نحو أربعمئة');
  await harriet.look('arabic');
});
