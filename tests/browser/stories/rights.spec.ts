// Three organisations at one draft: one edits, one may comment, one reads. The one control says which and why, a right that
// changes reaches an open page at once, and one that falls takes nobody's words.
import { expect, PHONE, test, type Person } from '../world/index.ts';
import { COORDINATOR, DRAFTERS, organisation, TITLE } from '../world/register.ts';

const [never, baobab, jasmine] = [organisation(56), organisation(1), organisation(11)];
const AFTER = 'Our members do not ask the Council';

const control = ({ page }: Person) => page.getByRole('radiogroup', { name: 'Mode' });
const takesPart = ({ page }: Person) => page.getByRole('region', { name: 'Who takes part' });

async function isBarred(person: Person, why: string): Promise<void> {
  const page = await person.turns();
  await expect(control(person).getByRole('radio', { name: 'Read' })).toBeChecked();
  const edit = control(person).getByRole('radio', { name: 'Edit' });
  await expect(edit).toHaveAttribute('aria-disabled', 'true');
  await control(person).getByRole('radio', { name: 'Read' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(edit).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status').filter({ hasText: why })).toBeVisible();
  await expect(person.editor).toHaveAttribute('contenteditable', 'false');
}

async function asksForRights(harriet: Person) {
  const page = await harriet.turns();
  const button = page.getByRole('button', { name: 'Choose rights…' });
  await button.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Who may do what with this draft?' });
  await expect(dialog.getByRole('checkbox', { name: baobab.name })).toBeChecked();
  return dialog;
}

test('each of three organisations may do what it was given, sees it in one control, and is told why not more', async ({ world }) => {
  const harriet = await world.signedIn('Harriet', COORDINATOR);
  const francois = await world.signedIn('François', DRAFTERS[0]);
  const wanjiru = await world.signedIn('Wanjiru', DRAFTERS[1]);
  for (const one of [harriet, francois, wanjiru]) {
    await one.opensStatement(TITLE);
    await expect(one.editor).toContainText('sleep in their clothes');
  }
  await expect(control(francois).getByRole('radio')).toHaveCount(3);

  await test.step('a coordinator gives rights by the keyboard, and is told whose writing stops', async () => {
    const dialog = await asksForRights(harriet);
    const { keyboard } = harriet.page;
    await dialog.getByRole('searchbox', { name: /^Search/u }).focus();
    await keyboard.type('Jasmine');
    await dialog.getByRole('checkbox', { name: jasmine.name }).focus();
    await keyboard.press('Space');
    await keyboard.press('Tab');
    const right = dialog.getByRole('combobox', { name: `What ${jasmine.name} may do` });
    await expect(right).toBeFocused();
    await expect(right).toHaveValue('edit');
    await keyboard.press('Home');
    await expect(right).toHaveValue('read');
    await dialog.getByRole('searchbox').fill('');
    await dialog.getByRole('combobox', { name: `What ${baobab.name} may do` }).selectOption('Comment');
    await expect(dialog.getByText(`1 organisation comments from now on, and does not edit: ${baobab.name}`)).toBeVisible();
    await expect(dialog.getByText(`1 organisation only reads from now on: ${jasmine.name}`)).toBeVisible();
    await expect(dialog.getByText(/^In the text at this moment: Wanjiru .*\(BCAP\)/u)).toBeVisible();
    await dialog.getByRole('checkbox', { name: /^Comments end at a set time/u }).check();
    await dialog.getByLabel('Day').fill('2020-01-01');
    await dialog.getByRole('button', { name: 'Give these rights' }).click();
    await expect(dialog.getByText('This moment has passed. Choose a later one.')).toBeVisible();
    await harriet.look('choosing');
    await dialog.getByLabel('Day').fill(inAWeek());
    await expect(dialog.getByText(/^Comments are taken until .*, 18:00 \S+\.$/u)).toBeVisible();
    await dialog.getByRole('button', { name: 'Give these rights' }).click();
    await expect(dialog).toBeHidden();
    await expect(takesPart(harriet).getByRole('listitem').filter({ hasText: baobab.name })).toContainText('comments');
    await expect(takesPart(harriet).getByText(/^Comments until .*, 18:00/u)).toBeVisible();
    await harriet.look('given');
  });

  await test.step('the open page of whoever edits no more reads on', async () => {
    await isBarred(wanjiru, 'Your organisation may comment on this draft, and not edit it. Coordinators give rights.');
    await expect(takesPart(wanjiru).getByText(/^Comments until .*, 18:00/u)).toBeVisible();
    await wanjiru.look('comments');
    await francois.turns();
    await francois.pointsAfter(AFTER);
    await francois.types(' Written by right.');
    await francois.seesSaved();
    await wanjiru.turns();
    await expect(wanjiru.editor).toContainText('Written by right.');
  });

  await test.step('who was let in to read has a letter with the way there, on a phone', async () => {
    const leila = await world.signedIn('Leila', jasmine.focalPoint, PHONE);
    const letter = (await leila.letters()).find(({ links }) => links.some((link) => link.includes('/app/statements/')));
    await leila.goes(letter?.links.find((link) => link.includes('/app/statements/')) ?? '');
    await expect(leila.editor).toContainText('Written by right.');
    await isBarred(leila, 'Your organisation may read this draft, and not change it. Coordinators give rights.');
    await leila.look('reads-phone');
    await expect(takesPart(leila).getByText('You are here as JBA.')).toBeVisible();
  });

  await test.step('a right that rises is there at once, without loading the page again', async () => {
    const dialog = await asksForRights(harriet);
    await dialog.getByRole('combobox', { name: `What ${baobab.name} may do` }).selectOption('Edit');
    await expect(dialog.getByText(`1 organisation edits from now on: ${baobab.name}`)).toBeVisible();
    await dialog.getByRole('button', { name: 'Give these rights' }).click();
    await expect(dialog).toBeHidden();
    await wanjiru.turns();
    await expect(control(wanjiru).getByRole('radio', { name: 'Edit' })).not.toHaveAttribute('aria-disabled', 'true');
    await control(wanjiru).getByRole('radio', { name: 'Edit' }).click();
    await wanjiru.pointsAfter(AFTER);
    await wanjiru.types(' Back again.');
    await wanjiru.seesSaved();
    await francois.turns();
    await expect(francois.editor).toContainText('Back again.');
  });
});

test('a right that falls while somebody writes leaves their words on the page, and one that rises saves them', async ({ world }) => {
  world.watch.expects(/ERR_INTERNET_DISCONNECTED|WebSocket connection to|ERR_NETWORK_CHANGED/u);
  const harriet = await world.signedIn('Harriet', COORDINATOR);
  const francois = await world.signedIn('François', DRAFTERS[0]);
  await francois.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await francois.opensStatement(TITLE);
  await francois.pointsAfter(AFTER);
  await francois.context.setOffline(true);
  await francois.types(' Written on a train.');
  await expect(francois.page.locator('[data-saved="offline-kept"]')).toBeVisible();
  const statement = /statements\/([0-9a-z]+)/u.exec(francois.page.url())?.[1] ?? '';
  await gives(harriet, statement, never.acronym, 'comment');
  await francois.context.setOffline(false);

  const notice = francois.page.getByRole('alert');
  await expect(notice).toContainText('You may no longer write in this statement.');
  await expect(francois.editor).toContainText('Written on a train.');
  await notice.getByRole('button', { name: 'Copy the whole text' }).click();
  await expect(notice).toContainText('Copied');
  expect(await francois.page.evaluate(() => navigator.clipboard.readText())).toContain('Written on a train.');
  await isBarred(francois, 'Your organisation may comment on this draft, and not edit it. Coordinators give rights.');
  await francois.look('fallen');
  await gives(harriet, statement, never.acronym, 'edit');
  await francois.seesSaved();
  await expect(notice).toHaveCount(0);
});

test('rights chosen in one tab are shown in the other before it chooses', async ({ world }) => {
  world.watch.expects(/drafters.*status of 409/u);
  const first = await world.signedIn('Harriet', COORDINATOR);
  const second = await first.beside();
  for (const tab of [first, second]) await tab.opensStatement(TITLE);
  const other = await asksForRights(second);
  const one = await asksForRights(first);
  await one.getByRole('combobox', { name: `What ${baobab.name} may do` }).selectOption('Read');
  await one.getByRole('checkbox', { name: /^Comments end at a set time/u }).check();
  await one.getByRole('button', { name: 'Give these rights' }).click();
  await expect(one).toBeHidden();

  await second.turns();
  await other.getByRole('combobox', { name: `What ${never.name} may do` }).selectOption('Comment');
  await other.getByRole('button', { name: 'Give these rights' }).click();
  const changed = other.getByRole('alert');
  await expect(changed).toContainText(`${baobab.name} may only read by now.`);
  await expect(changed).toContainText(/By now comments are taken until .*, 18:00 \S+\./u);
  // What the other tab chose stands, and only what was wished here is asked again.
  await expect(other.getByRole('combobox', { name: `What ${baobab.name} may do` })).toHaveValue('read');
  await expect(other.getByRole('checkbox', { name: /^Comments end at a set time/u })).toBeChecked();
  await expect(other.locator('.what-happens li')).toHaveText([`1 organisation comments from now on, and does not edit: ${never.name}`]);
  await second.look('changed-meanwhile');
  await other.getByRole('button', { name: 'Give these rights' }).click();
  await expect(other).toBeHidden();
  await expect(takesPart(second).getByRole('listitem').filter({ hasText: never.name })).toContainText('comments');
  await expect(takesPart(second).getByRole('listitem').filter({ hasText: baobab.name })).toContainText('reads');
});

/** As the page does, in one go. */
async function gives(coordinator: Person, statement: string, acronym: string, may: string): Promise<void> {
  const { request } = coordinator.context;
  const address = `/api/statements/${statement}/drafters`;
  const shown = (await (await request.get(address)).json()) as { organisations: { id: string; acronym: string; may: string }[]; seen: string };
  const organisations = shown.organisations.map((one) => ({ id: one.id, may: one.acronym === acronym ? may : one.may }));
  const done = await request.put(address, { data: { organisations, seen: shown.seen } });
  expect(done.status(), await done.text()).toBe(200);
}

function inAWeek(): string {
  return new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);
}
