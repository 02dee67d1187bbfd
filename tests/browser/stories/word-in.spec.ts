// A text written elsewhere comes into a draft that has only begun; it comes back from a delegation with changes and a comment, while
// somebody writes on; and an Arabic one comes by being let go on the page. Nothing is written before it was looked at.
import { readFileSync } from 'node:fs';
import { expect, PHONE, test, type Person } from '../world/index.ts';
import { COORDINATOR } from '../world/register.ts';
import { goesToTheEnd } from '../world/hands.ts';

const file = (name: string) => new URL(`../../vectors/word/${name}`, import.meta.url).pathname;
const MEANWHILE = 'Written while the file was being read.';

test('a Word file comes into a draft, and comes back to it', async ({ world }) => {
  const harriet = await world.signedIn('Harriet', COORDINATOR);
  await starts(harriet, 'Keep the library open', 'en');

  await test.step('what is no such file is refused with a sentence', async () => {
    world.watch.expects(/word.*status of 422/u);
    await chooses(harriet, { name: 'letter.docx', mimeType: 'application/octet-stream', buffer: Buffer.from('words') });
    await expect(dialog(harriet).getByRole('alert')).toContainText('neither a .docx nor an .odt file');
    await harriet.look('refused');
    await harriet.page.keyboard.press('Escape');
    await expect(dialog(harriet)).toHaveCount(0);
  });

  await test.step('it is looked at, and then is there: headings, numbers, its footnote', async () => {
    await chooses(harriet, file('rich.docx'));
    await expect(dialog(harriet)).toContainText('14 paragraphs');
    await expect(dialog(harriet)).toContainText('1 footnote');
    await expect(dialog(harriet)).toContainText('Amina Odhiambo: 2 deletions');
    await expect(dialog(harriet)).toContainText('Left out: the lines of tables');
    await dialog(harriet).getByLabel('Bring in the text as it was before them').check();
    await expect(dialog(harriet)).toContainText('15 paragraphs');
    await harriet.look('preview');
    await expect(harriet.editor).not.toContainText('Why it matters');
    await dialog(harriet).getByRole('button', { name: 'Bring it in' }).click();
    await expect(dialog(harriet)).toHaveCount(0);
    await expect(harriet.editor.locator('[data-block="title"], h1')).toHaveText('Keep the library open');
    await expect(harriet.editor).toContainText('Calls on all States to act without delay now.');
    await expect(harriet.editor).toContainText('This whole paragraph goes.');
    await expect(harriet.page.locator('.below')).toContainText('See A/RES/72/249 and others.');
    await harriet.seesSaved();
    await harriet.look('brought');
  });

  await test.step('one undo takes it out, one redo brings it again', async () => {
    await harriet.editor.focus();
    await harriet.page.keyboard.press('Control+z');
    await expect(harriet.editor).not.toContainText('Why it matters');
    await harriet.page.keyboard.press('Control+y');
    await expect(harriet.editor).toContainText('Why it matters');
    await harriet.seesSaved();
  });

  await test.step('its comment is a thread on the same words, without a name', async () => {
    await expect(harriet.page.locator('.remarked')).toHaveText('earlier treaty');
    const card = harriet.page.getByRole('article', { name: /^Comment on/u }).filter({ hasText: 'Which treaty is meant?' });
    await expect(card).toContainText('In the file:');
    await expect(card).not.toContainText('Wanjiru');
  });

  await test.step('it comes back with its changes; what was written meanwhile is seen first, and stays', async () => {
    await chooses(harriet, file('rich.odt'));
    await expect(dialog(harriet)).toContainText('1 paragraph changes and 1 goes');
    const wanjiru = await world.signedIn('Wanjiru', COORDINATOR);
    await wanjiru.opensStatement('Keep the library open');
    await goesToTheEnd(wanjiru);
    await wanjiru.page.keyboard.press('Enter');
    await wanjiru.types(MEANWHILE);
    await wanjiru.seesSaved();
    await harriet.turns();
    await expect(harriet.editor).toContainText(MEANWHILE);
    await dialog(harriet).getByLabel(/Bring its 1 comment in/u).uncheck();
    await dialog(harriet).getByLabel('Write beside each paragraph that changes').check();
    await dialog(harriet).getByRole('button', { name: 'Bring it in' }).click();
    await expect(dialog(harriet)).toContainText('The draft has changed since the file was compared with it');
    await expect(dialog(harriet)).toContainText('1 paragraph changes and 2 go');
    await harriet.look('meanwhile');
    await dialog(harriet).getByRole('button', { name: 'Bring it in' }).click();
    await expect(dialog(harriet)).toHaveCount(0);
    await expect(harriet.editor).toContainText('Calls on all States to act now and together.');
    await expect(harriet.editor).not.toContainText('This whole paragraph goes.');
    await expect(harriet.page.locator('.remarked'), 'words that stay keep their comment').toHaveText(['earlier treaty', 'Calls on all States to act now and together.']);
    await expect(harriet.page.getByRole('article', { name: /^Comment on/u }).filter({ hasText: 'In the file, changed by Amina Odhiambo and J. Smith.' })).toHaveCount(1);
    await harriet.seesSaved();
    await wanjiru.turns();
    await expect(wanjiru.editor).toContainText('act now and together');
  });

  await test.step('brought in once more, nothing would change', async () => {
    await harriet.turns();
    await chooses(harriet, file('rich.docx'));
    await dialog(harriet).getByLabel(/Bring its 1 comment in/u).uncheck();
    await expect(dialog(harriet)).toContainText('The draft says the same already.');
    await expect(dialog(harriet).getByRole('button', { name: 'Bring it in' })).toBeDisabled();
    await harriet.page.keyboard.press('Escape');
    await expect(dialog(harriet)).toHaveCount(0);
  });

  await test.step('whoever suggests brings in suggestions, and the text stays', async () => {
    await harriet.page.getByRole('radio', { name: 'Suggest' }).click();
    await chooses(harriet, file('rich.docx'));
    await dialog(harriet).getByLabel('Bring in the text as it was before them').check();
    await dialog(harriet).getByLabel(/Bring its 1 comment in/u).uncheck();
    await expect(dialog(harriet)).toContainText('only what differs is suggested, paragraph by paragraph: 1 paragraph changes and 1 comes');
    await dialog(harriet).getByRole('button', { name: 'Bring it in' }).click();
    await expect(dialog(harriet)).toHaveCount(0);
    await harriet.seesSaved();
    await harriet.look('suggested');
    await expect(harriet.editor.locator('del.proposed')).toContainText(['and together']);
    // The text is what it was: a comparison finds the same differences again.
    await chooses(harriet, file('rich.docx'));
    await dialog(harriet).getByLabel(/Bring its 1 comment in/u).uncheck();
    await expect(dialog(harriet)).toContainText('The draft says the same already.');
    await harriet.page.keyboard.press('Escape');
  });
});

test('an Arabic file is let go on the page, on a phone', async ({ world }) => {
  const amal = await world.signedIn('Amal', COORDINATOR, PHONE);
  await starts(amal, 'أبقوا المكتبة مفتوحة', 'ar');
  const bytes = readFileSync(file('arabic.docx')).toString('base64');
  const data = await amal.page.evaluateHandle((packed) => {
    const held = new DataTransfer();
    held.items.add(new File([Uint8Array.from(atob(packed), (letter) => letter.charCodeAt(0))], 'بيان.docx'));
    return held;
  }, bytes);
  await amal.editor.dispatchEvent('drop', { dataTransfer: data, clientX: 100, clientY: 300 });
  await expect(dialog(amal)).toContainText('6 paragraphs');
  await amal.look('arabic-preview');
  await dialog(amal).getByRole('button', { name: 'Bring it in' }).click();
  await expect(amal.editor).toContainText('نحن المنظمات الموقعة أدناه.');
  await expect(amal.page.locator('.below')).toContainText('انظر القرار.');
  await expect(amal.editor.locator('[dir="rtl"]').filter({ hasText: 'UNESCO' })).toHaveCount(1);
  await amal.seesSaved();
  await amal.look('arabic');
});

const dialog = (person: Person) => person.page.getByRole('dialog');

async function chooses(person: Person, what: string | { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
  const asked = person.page.waitForEvent('filechooser');
  await person.page.getByRole('button', { name: 'Bring in a Word file' }).click();
  await (await asked).setFiles(what);
  await expect(dialog(person)).toBeVisible();
}

/** Starts a statement and opens its draft. */
async function starts(person: Person, title: string, language: string): Promise<void> {
  await person.page.request.post('/api/statements', { data: { title, language } });
  await person.opensStatement(title);
  await expect(person.editor).toContainText(title);
}
