// A text leaves the house as a Word file: what changed since an edition as tracked changes, the draft with what was said about it. A file
// that does not come is said where it was asked for.
import type { Download } from '@playwright/test';
import { frozenAndReopened } from '../world/frozen.ts';
import { stands } from '../world/hands.ts';
import { expect, PHONE, test, type Person } from '../world/index.ts';
import { partsOf } from '../world/packages.ts';
import { COORDINATOR } from '../world/register.ts';

const says = (text: string) => ({ type: 'text', text });
const blocksOf = (title: string, ...words: string[]) => [
  { type: 'heading', level: 1, content: [says(title)] },
  ...words.map((text, at) => ({ type: 'numbered', level: 1, label: `${at + 1}.`, content: [says(text)] })),
];

async function downloads(person: Person, name = 'Download as Word'): Promise<Download> {
  const download = person.page.waitForEvent('download');
  await person.page.getByRole('button', { name }).click();
  return download;
}

test('what changed, and the draft with its comments, leave as Word files', async ({ world }) => {
  const harriet = await world.signedIn('coordinator', COORDINATOR);
  const { page } = harriet;
  const title = 'Heeding the signals';
  const id = await frozenAndReopened(harriet, 'en', title, blocksOf(title, 'There is still time for all of us.', 'Monitors have counted 300 households.'));
  await harriet.goes(`/app/statements/${id}`);
  await stands(harriet, '300 households');
  await harriet.types(' in three districts');
  await harriet.seesSaved();

  await test.step('the changes are tracked and by nobody', async () => {
    await page.getByRole('link', { name: 'Compare', exact: true }).click();
    await expect(page.getByRole('article').locator('ins')).toContainText('in three districts');
    await harriet.look('compare');
    const download = await downloads(harriet);
    expect(download.suggestedFilename()).toBe('compare.docx');
    const parts = await partsOf(download);
    expect(parts['word/document.xml']).toMatch(/<w:ins w:id="\d+" w:author="Changes since Rev\.1" w:date="[^"]+:00Z"><w:r><w:t xml:space="preserve"> in three districts<\/w:t>/u);
    expect(parts['docProps/core.xml']).toContain(title);
    expect(Object.values(parts).join('')).not.toContain('Harriet');
  });

  await test.step('the draft leaves as it stands, what was said with it', async () => {
    const ask = { root: 'draft', first: '1.0', last: '1.1', quote: '300 households', among: 'all', body: 'Who counted them?' };
    expect((await harriet.context.request.post(`/api/statements/${id}/threads`, { data: ask })).status()).toBe(201);
    await page.getByRole('link', { name: 'Text', exact: true }).click();
    await expect(harriet.editor).toContainText('in three districts');
    await harriet.look('draft');
    const parts = await partsOf(await downloads(harriet));
    expect(parts['word/document.xml']).toContain('<w:commentRangeStart w:id="0"/><w:r><w:t xml:space="preserve">300 households</w:t></w:r><w:commentRangeEnd w:id="0"/>');
    expect(parts['word/comments.xml']).toContain('w:author="Secretariat"');
    expect(parts['word/comments.xml']).toContain('Who counted them?');
    await page.getByRole('link', { name: 'Versions', exact: true }).click();
    expect((await downloads(harriet)).suggestedFilename()).toBe('draft.docx');
    await harriet.look('versions');
  });

  await test.step('a file that does not come is said in its place', async () => {
    world.watch.expects(/docx.*status of 401/u);
    await harriet.context.clearCookies();
    await page.getByRole('button', { name: 'Download as Word' }).click();
    await expect(page.getByRole('alert')).toContainText('signed');
    await harriet.look('refused');
  });
});

test('on a phone an Arabic text leaves in its own direction', async ({ world }) => {
  const harriet = await world.signedIn('coordinator', COORDINATOR, PHONE);
  const { page } = harriet;
  const title = 'الإصغاء إلى الإشارات';
  const id = await frozenAndReopened(harriet, 'ar', title, blocksOf(title, 'سجل المراقبون أكثر من ثلاثمئة أسرة.'));
  await harriet.goes(`/app/statements/${id}`);
  await stands(harriet, 'أكثر من ثلاثمئة');
  await harriet.types(' وعشرين');
  await harriet.seesSaved();
  await page.getByRole('button', { name: 'Outline' }).click();
  await harriet.look('phone-draft');
  const draft = await partsOf(await downloads(harriet));
  expect(draft['word/document.xml']).toMatch(/<w:bidi\/>.*<w:rtl\/>.*وعشرين/su);
  await page.getByRole('link', { name: 'What changed since Rev.1' }).click();
  await expect(page.getByRole('article').locator('ins')).toContainText('وعشرين');
  await harriet.look('phone-compare');
  const parts = await partsOf(await downloads(harriet));
  expect(parts['word/document.xml']).toContain('وعشرين');
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'nothing lies beyond the edge').toBe(true);
});
