// The pages people work on: every state a newcomer meets, in light and dark, on a phone and on a desk.
import { casePath } from '../world/clipboard.ts';
import { goesToTheEnd } from '../world/hands.ts';
import { expect, PHONE, test, type Person } from '../world/index.ts';
import { opensARound } from '../world/rounds.ts';
import { COORDINATOR, DELEGATE, DRAFTERS, TITLE } from '../world/register.ts';

const DARK = { colorScheme: 'dark' } as const;

test('the register is searched, found empty, and refuses a broken file row by row', async ({ world }) => {
  // The browser notes the refusal of the broken file in its console.
  world.watch.expects(/organisations\/import.*status of 4/u);
  const harriet = await world.signedIn('coordinator', COORDINATOR);
  const { page } = harriet;
  await page.getByRole('link', { name: 'Organisations' }).click();
  await expect(page.getByRole('status').filter({ hasText: '71 organisations' })).toBeVisible();
  await harriet.look('register');
  const search = page.getByRole('searchbox', { name: 'Search organisations' });
  await search.fill('ميسان');
  await expect(page.getByRole('heading', { name: 'No organisation matches' }).or(page.getByText('No organisation matches'))).toBeVisible();
  await harriet.look('register-empty');
  await search.fill('nanduti');
  await expect(page.getByRole('status').filter({ hasText: '1 organisation' })).toBeVisible();
  await page.getByRole('link', { name: /Ñandutí/u }).click();
  await expect(page.getByRole('heading', { level: 1, name: /Ñandutí/u })).toBeVisible();
  await harriet.look('organisation');
  await page.goBack();

  await page.getByRole('button', { name: 'Import CSV…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Import the register' });
  await dialog.getByLabel(/Choose a CSV file/u).setInputFiles({ name: 'broken.csv', mimeType: 'text/csv', buffer: Buffer.from(BROKEN) });
  await dialog.getByRole('button', { name: 'See what it changes' }).click();
  const row = dialog.getByRole('row').filter({ hasText: 'country_iso2' });
  await expect(row.getByRole('cell').first()).toHaveText('3');
  await harriet.look('import-refused');
  await dialog.getByLabel(/broken\.csv/u).setInputFiles(casePath('16-cp1252.csv'));
  await dialog.getByRole('button', { name: 'See what it changes' }).click();
  await expect(dialog.getByRole('alert')).toContainText('the file is not saved in UTF-8 (see row 2, after “Collectif');

  // A sound file shows what it would change, and only then changes it.
  await dialog.getByLabel(/16-cp1252\.csv/u).setInputFiles({ name: 'two.csv', mimeType: 'text/csv', buffer: Buffer.from(SHARED) });
  await dialog.getByRole('button', { name: 'See what it changes' }).click();
  const look = page.getByRole('dialog', { name: 'Take this into the register?' });
  await expect(look.getByText('1 address serves several organisations')).toBeVisible();
  await expect(look.getByText('Amber House')).not.toHaveCount(0);
  await harriet.look('import-look');
  await look.getByRole('button', { name: 'Cancel' }).click();
  await page.reload();
  await search.fill('');
  await expect(page.getByRole('status').filter({ hasText: '71 organisations' })).toBeVisible();

  await page.getByRole('button', { name: 'Import CSV…' }).click();
  await dialog.getByLabel(/Choose a CSV file/u).setInputFiles(casePath('16-semicolon.csv'));
  await dialog.getByRole('button', { name: 'See what it changes' }).click();
  await look.getByRole('button', { name: 'Import' }).click();
  await expect(page.getByText('2 organisations added')).toBeVisible();
});

const HEAD =
  'org_id,display_name,name_en,acronym,country_iso2,country_iso3,un_regional_group,city,timezone,language,ecosoc_status,ecosoc_registered_name,membership,default_visibility,signing_rule,parent_org_id,focal_point_name,focal_point_title,focal_point_email,approver_name,approver_email';
const BROKEN = [
  HEAD,
  'ORG-901,Sound,Sound,SND,KE,KEN,African Group,Nairobi,Africa/Nairobi,en,None,,member,public,single,,A,B,a@snd-ke.example,,',
  'ORG-902,Broken,Broken,BRK,Kenya,KEN,African Group,Nairobi,Africa/Nairobi,en,None,,member,public,single,,A,B,a@brk-ke.example,,',
  '',
].join('\n');

const SHARED = [
  HEAD,
  'ORG-901,Amber House,Amber House,AMB,KE,KEN,African Group,Nairobi,Africa/Nairobi,en,None,,member,public,single,,Ilse Brandt,Secretary,office@shared.example,,',
  'ORG-902,Cedar House,Cedar House,CED,KE,KEN,African Group,Nairobi,Africa/Nairobi,en,None,,member,public,single,,Tomas Okoro,Secretary,office@shared.example,,',
  '',
].join('\n');

test('a statement is written in Arabic, from right to left', async ({ world }) => {
  const harriet = await world.signedIn('coordinator', COORDINATOR);
  const { page } = harriet;
  await page.getByRole('button', { name: 'Start a statement' }).click();
  const dialog = page.getByRole('dialog', { name: 'Start a statement' });
  await dialog.getByLabel('Title').fill('الإصغاء إلى الإشارات');
  await dialog.getByLabel('Language of the authentic text').selectOption({ label: 'Arabic' });
  await harriet.look('start-statement');
  await dialog.getByRole('button', { name: 'Start drafting' }).click();

  await expect(harriet.editor.getByRole('heading', { level: 1 })).toHaveText('الإصغاء إلى الإشارات');
  await goesToTheEnd(harriet);
  await page.keyboard.type('1. ');
  await page.keyboard.type('نحن، المنظمات الموقعة أدناه، نخاطب هذا المجلس.');
  await page.keyboard.press('Enter');
  await page.keyboard.type('The name “Lanternway” stays in Latin letters.');
  await harriet.seesSaved();
  const paragraphs = harriet.editor.locator('p');
  await expect(paragraphs.filter({ hasText: 'نحن' })).toHaveCSS('direction', 'rtl');
  await expect(harriet.editor).toHaveAttribute('lang', 'ar');
  await expect(harriet.editor).toHaveAttribute('dir', 'rtl');
  await harriet.look('arabic');
  await page.getByRole('button', { name: /^Direction of the paragraph/u }).click();
  await expect(page.getByRole('menuitemradio', { name: 'Left to right' })).toBeVisible();
  await harriet.look('direction-menu');
  await page.getByRole('menuitemradio', { name: 'Left to right' }).click();
  await expect(paragraphs.filter({ hasText: 'Lanternway' })).toHaveCSS('direction', 'ltr');
  await harriet.seesSaved();
});

for (const [size, options] of [
  ['1440', {}],
  ['1440-dark', DARK],
  ['390', PHONE],
  ['390-dark', { ...PHONE, ...DARK }],
] as const) {
  test(`every work page holds at ${size}`, async ({ world }) => {
    const harriet = await world.signedIn('coordinator', COORDINATOR, options);
    const { page } = harriet;
    await holds(harriet, `home-${size}`);
    await harriet.opensStatement(TITLE);
    await expect(harriet.editor).toContainText('sleep in their clothes');
    await harriet.seesSaved();
    await holds(harriet, `draft-${size}`);
    const statement = /statements\/([0-9a-z]+)/u.exec(page.url())?.[1] ?? '';
    await harriet.goes(`/app/statements/${statement}/freeze`);
    await expect(page.getByRole('button', { name: 'Freeze as Rev.1' })).toBeVisible();
    await holds(harriet, `freeze-${size}`);

    await opensARound(harriet);
    await harriet.goes('/app');
    await expect(page.getByRole('heading', { name: '1 thing needs you' })).toBeVisible();
    await holds(harriet, `home-open-${size}`);
    await harriet.goes(`/app/statements/${statement}`);
    await expect(page.getByText('sleep in their clothes')).toBeVisible();
    await holds(harriet, `settled-${size}`);
    await harriet.goes(`/app/statements/${statement}/round`);
    await expect(page.getByRole('heading', { name: '0 of 71 answered' })).toBeVisible();
    await holds(harriet, `round-${size}`);
    await page.getByRole('button', { name: /^Remind/u }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await holds(harriet, `remind-${size}`);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await harriet.goes(`/app/statements/${statement}/history`);
    await expect(page.getByText('Froze the text as Rev.1')).toBeVisible();
    await holds(harriet, `history-${size}`);
    await harriet.goes('/app/organisations');
    await expect(page.getByRole('status').filter({ hasText: '71 organisations' })).toBeVisible();
    await holds(harriet, `register-${size}`);
    await page.getByRole('button', { name: /, your account$/u }).click();
    await expect(page.getByRole('menuitem', { name: 'Sign out' })).toBeVisible();
    await holds(harriet, `menu-${size}`);
    await harriet.goes('/app/no-such-page');
    await expect(page.getByText('There is no such page')).toBeVisible();
    await holds(harriet, `nothing-here-${size}`);
  });
}

test('those who may not write read, and are told what belongs to others', async ({ world }) => {
  const harriet = await world.signedIn('coordinator', COORDINATOR);
  const noor = await world.signedIn('delegate', DELEGATE);
  await noor.look('delegate-home');
  const francois = await world.signedIn('drafter', DRAFTERS[0]);
  await francois.opensStatement(TITLE);
  await expect(francois.editor).toContainText('sleep in their clothes');
  const statement = /statements\/([0-9a-z]+)/u.exec(francois.page.url())?.[1] ?? '';
  await opensARound(harriet);
  await francois.goes(`/app/statements/${statement}/round`);
  await expect(francois.page.getByText('The round belongs to the coordinators')).toBeVisible();
  await francois.look('round-not-yours');
  await francois.page.getByRole('button', { name: /, your account$/u }).click();
  await francois.page.getByRole('menuitem', { name: 'Sign out' }).click();
  await expect(francois.page).toHaveURL(/\/sign-in$/u);
  // The browser notes in its console that the signed-out page was refused its data.
  world.watch.expects(/api\/.*status of 401/u);
  await francois.goes('/app');
  await expect(francois.page.getByText('You are signed out')).toBeVisible();
  await francois.look('signed-out');
});

/** Nothing is cut off or scrolls sideways, and the watch finds no fault. */
async function holds(person: Person, name: string): Promise<void> {
  await person.look(name);
  const { content, window } = await person.page.evaluate(() => ({ content: document.documentElement.scrollWidth, window: innerWidth }));
  expect.soft(content, `${name} does not scroll sideways`).toBeLessThanOrEqual(window);
}
