// One empties the text while another writes, and goes. The text of before is there, is read, and comes back under everybody's hands;
// what was written meanwhile is kept, too.
import { goesToTheEnd } from '../world/hands.ts';
import { expect, PHONE, test, type Person } from '../world/index.ts';
import { COORDINATOR, DRAFTERS, TITLE } from '../world/register.ts';

const WORDS = 'sleep in their clothes';
const MEANWHILE = 'Written while nothing was there.';

test('a text that somebody emptied comes back while another writes', async ({ world }) => {
  const francois = await world.signedIn('François', DRAFTERS[0]);
  const wanjiru = await world.signedIn('Wanjiru', DRAFTERS[1]);
  for (const one of [francois, wanjiru]) {
    await one.opensStatement(TITLE);
    await expect(one.editor).toContainText(WORDS);
  }

  await test.step('one empties it, the other writes on, and the page is loaded again', async () => {
    await wanjiru.turns();
    await wanjiru.editor.focus();
    await wanjiru.page.keyboard.press('Control+a');
    await wanjiru.page.keyboard.press('Delete');
    await wanjiru.seesSaved();
    await francois.turns();
    await expect(francois.editor).not.toContainText(WORDS);
    await goesToTheEnd(francois);
    await francois.types(MEANWHILE);
    await francois.seesSaved();
    await wanjiru.page.reload();
    await expect(wanjiru.editor).toContainText(MEANWHILE);
  });

  await test.step('the version before is found, by keyboard, and read', async () => {
    const { page } = wanjiru;
    await wanjiru.turns();
    await page.getByRole('navigation', { name: 'Statement' }).getByRole('link', { name: 'Versions' }).focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'The text as it is now' })).toBeVisible();
    // Nothing waits for it to be kept, so it may come a moment later.
    await expect(async () => {
      await page.reload();
      await expect(page.getByRole('link', { name: 'Before much was taken out' })).toBeVisible({ timeout: 2000 });
    }).toPass();
    await wanjiru.look('list');
    await page.getByRole('link', { name: 'Before much was taken out' }).focus();
    await page.keyboard.press('Enter');
    await expect(page.locator('main')).toContainText(WORDS);
    await wanjiru.look('version');
  });

  await test.step('what changed since one looked is said, and asked again', async () => {
    const { page } = wanjiru;
    await page.getByRole('button', { name: 'Bring this text back…' }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog).toContainText('is kept as a version first');
    await francois.turns();
    await francois.types(' And a word more.');
    await francois.seesSaved();
    await wanjiru.turns();
    world.watch.expects(/restore.*status of 409/u);
    await dialog.getByRole('button', { name: 'Bring it back' }).click();
    await expect(dialog.getByRole('alert')).toContainText('And a word more.');
    await wanjiru.look('changed');
  });

  await test.step('it comes back, and both see it', async () => {
    const { page } = wanjiru;
    await page.getByRole('dialog').getByRole('button', { name: 'Bring it back' }).click();
    await expect(wanjiru.editor).toContainText(WORDS);
    await francois.turns();
    await expect(francois.editor).toContainText(WORDS);
    await expect(francois.editor).not.toContainText(MEANWHILE);
    await francois.pointsAfter(WORDS);
    await francois.types(' Both write on.');
    await francois.seesSaved();
    await wanjiru.turns();
    await expect(wanjiru.editor).toContainText('Both write on.');
  });

  await test.step('what it took the place of is a version, and gets a name', async () => {
    const { page } = francois;
    await francois.turns();
    await page.getByRole('navigation', { name: 'Statement' }).getByRole('link', { name: 'Versions' }).click();
    await page.getByRole('link', { name: 'Before an earlier text was brought back' }).click();
    await expect(page.locator('main')).toContainText(MEANWHILE);
    await page.getByRole('button', { name: 'Name it…' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Written meanwhile');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'Written meanwhile' })).toBeVisible();
    await page.getByRole('link', { name: 'What changed since' }).click();
    await expect(page.getByRole('combobox', { name: 'From' })).toHaveValue(/^version-/u);
    await expect(page.locator('main del').first()).toBeVisible();
    await francois.look('compared');
    await page.getByRole('navigation', { name: 'Statement' }).getByRole('link', { name: 'Versions' }).click();
    await expect(page.getByRole('link', { name: 'Written meanwhile' })).toBeVisible();
    await page.getByRole('button', { name: 'Name this text…' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Whole again');
    await page.getByRole('button', { name: 'Keep it under this name' }).click();
    await expect(page.getByRole('link', { name: 'Whole again' })).toBeVisible();
    await francois.look('named');
  });

  await test.step('and so on a phone', async () => {
    const harriet = await world.signedIn('Harriet', COORDINATOR, PHONE);
    await reads(harriet);
  });
});

test('versions in Arabic, which runs the other way', async ({ world }) => {
  const harriet = await world.signedIn('Harriet', COORDINATOR);
  const { request } = harriet.context;
  const started = await request.post('/api/statements', { data: { title: 'المحيطات للجميع', language: 'ar' } });
  const { id } = (await started.json()) as { id: string };
  await harriet.goes(`/app/statements/${id}/versions`);
  await expect(harriet.page.getByText('There are no versions yet')).toBeVisible();
  await harriet.look('empty');
  await harriet.goes(`/app/statements/${id}`);
  await goesToTheEnd(harriet);
  await harriet.types('نحن المنظمات الموقعة أدناه ندعو جميع الدول');
  await harriet.seesSaved();
  await harriet.goes(`/app/statements/${id}/versions`);
  await harriet.page.getByRole('button', { name: 'Name this text…' }).click();
  await harriet.page.getByRole('textbox', { name: 'Name' }).fill('كما أرسلت إلى الأعضاء');
  await harriet.page.keyboard.press('Enter');
  await harriet.page.getByRole('link', { name: 'كما أرسلت إلى الأعضاء' }).click();
  await expect(harriet.page.locator('main')).toContainText('ندعو جميع الدول');
  await harriet.look('arabic');
  await harriet.page.getByRole('button', { name: 'Bring this text back…' }).click();
  await expect(harriet.page.getByRole('dialog')).toContainText('There is nothing to bring back');
  await harriet.look('same');
});

async function reads(person: Person): Promise<void> {
  const { page } = person;
  await person.opensStatement(TITLE);
  await page.getByRole('navigation', { name: 'Statement' }).getByRole('link', { name: 'Versions' }).click();
  await expect(page.getByRole('link', { name: 'Whole again' })).toBeVisible();
  await person.look('list-phone');
  await page.getByRole('link', { name: 'Before much was taken out' }).click();
  await expect(page.locator('main')).toContainText(WORDS);
  await person.look('version-phone');
  await page.getByRole('button', { name: 'Bring this text back…' }).click();
  await expect(page.getByRole('dialog')).toContainText('is kept as a version first');
  await person.look('asking-phone');
}
