// One coordinator, two tabs: a tab confirms what it shows, whatever the other, or a spreadsheet, has done meanwhile.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from '@playwright/test';
import { expect, test, type Person, type World } from '../world/index.ts';
import { asks, closes, freezes, opensARound, theStatement } from '../world/rounds.ts';
import { COORDINATOR, organisation, registerOf, TITLE } from '../world/register.ts';

const [baobab, mothers, tamat, neighbours] = [organisation(1), organisation(4), organisation(3), organisation(5)];

test('a text put to signature meanwhile is reopened only by whoever has read that', async ({ world }) => {
  world.watch.expects(/reopen.*status of 409/u);
  const [first, second] = await atTwoTabs(world);
  await freezes(first);
  const dialog = await asksToReopen(second);
  await expect(dialog.getByText('Sign-ons')).toHaveCount(0);

  await asks(first, [baobab]);
  await reopens(second);
  await expect(dialog.getByRole('alert')).toContainText('A round stands on this text. Close it first.');
  await expect(second.page.getByText('Organisations are answering')).toBeVisible();

  await closes(first);
  await reopens(second);
  await expect(changeIn(dialog)).toContainText('Closed, not Frozen');
  await expect(dialog.getByText('Sign-ons to Rev.1 stay on record')).toBeVisible();
  await looks(second, 'reopen-changed');
  await reopens(second);
  await expect(second.editor).toBeVisible();
  expect(await recorded(first, /^Opened the text again/u)).toEqual(['Opened the text again, towards Rev.2']);
});

test('a text is reopened once, however many tabs wish it', async ({ world }) => {
  world.watch.expects(/reopen.*status of 409/u);
  const [first, second] = await atTwoTabs(world);
  const third = await first.beside();
  await freezes(first);
  await asksToReopen(third);
  await asks(first, [baobab]);
  await closes(first);
  for (const tab of [first, second]) await asksToReopen(tab);
  // The third still shows the text as it was before the round; its wish is fulfilled all the same.
  for (const tab of [first, second, third]) {
    await reopens(tab);
    await expect(tab.editor).toBeVisible();
  }
  expect(await recorded(first, /^Opened the text again/u)).toHaveLength(1);
});

const reopens = (tab: Person) => presses(tab, 'Reopen the text');

async function asksToReopen(tab: Person): Promise<Locator> {
  const page = await tab.turns();
  await tab.goes(`/app/statements/${await theStatement(tab)}`);
  await page.getByRole('button', { name: 'Reopen…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Reopen the text for writing?' });
  await expect(dialog).toBeVisible();
  return dialog;
}

test('drafters chosen in one tab are not undone by a choice in the other', async ({ world }) => {
  world.watch.expects(/drafters.*status of 409/u);
  const [first, second] = await atTwoTabs(world);
  const other = await choosesDrafters(second);
  const one = await choosesDrafters(first);
  await one.getByRole('checkbox', { name: tamat.name }).check();
  await one.getByRole('checkbox', { name: baobab.name }).uncheck();
  await presses(first, 'Give these rights');
  await expect(one).toBeHidden();

  await second.turns();
  await other.getByRole('checkbox', { name: mothers.name }).check();
  await presses(second, 'Give these rights');
  await expect(changeIn(other)).toContainText(`${tamat.name} may edit by now.`);
  await expect(changeIn(other)).toContainText(`${baobab.name} takes no part any more.`);
  await expect(other.getByText(`1 organisation edits from now on: ${mothers.name}`)).toBeVisible();
  await expect(other.getByText('taken out:')).toHaveCount(0);
  await expect(other.getByRole('checkbox', { name: tamat.name })).toBeChecked();
  await expect(other.getByRole('checkbox', { name: baobab.name })).not.toBeChecked();
  await looks(second, 'drafters-changed');
  await presses(second, 'Give these rights');
  await expect(other).toBeHidden();

  const written = second.page.getByRole('region', { name: 'Who takes part' }).getByRole('listitem');
  await expect(written).toHaveCount(3);
  for (const { name } of [tamat, mothers]) await expect(written.filter({ hasText: name })).toBeVisible();
  const chose = await recorded(first, /^Chose who takes part/u);
  expect(chose[0]?.replace('Chose who takes part: ', '').split(', ').toSorted()).toEqual(['AJO', mothers.acronym, tamat.acronym].map((who) => `${who} (edit)`).toSorted());
});

test('what both tabs choose alike is chosen once, and nobody chooses drafters of a text frozen meanwhile', async ({ world }) => {
  world.watch.expects(/(drafters|freeze).*status of 409/u);
  const [first, second] = await atTwoTabs(world);
  for (const tab of [first, second]) {
    const dialog = await choosesDrafters(tab);
    await dialog.getByRole('checkbox', { name: tamat.name }).check();
  }
  for (const tab of [first, second]) {
    await presses(tab, 'Give these rights');
    await expect(tab.page.getByRole('dialog')).toBeHidden();
    await expect(tab.page.getByRole('region', { name: 'Who takes part' }).getByText(tamat.name)).toBeVisible();
  }
  const chose = await recorded(first, /^Chose who takes part/u);

  await second.page.getByRole('button', { name: 'Choose rights…' }).click();
  const dialog = second.page.getByRole('dialog');
  await dialog.getByRole('checkbox', { name: mothers.name }).check();
  await freezes(first);
  await expect(second.page.getByText('this text has been frozen')).toBeVisible();
  await expect(dialog).toBeHidden();
  expect(await recorded(first, /^Chose who takes part/u)).toEqual(chose);
});

async function choosesDrafters(tab: Person): Promise<Locator> {
  const page = await tab.turns();
  await tab.opensStatement(TITLE);
  await page.getByRole('button', { name: 'Choose rights…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Who may do what with this draft?' });
  await expect(dialog.getByRole('checkbox', { name: baobab.name })).toBeChecked();
  return dialog;
}

test('withheld names are shown to whoever has read how many they are', async ({ world }) => {
  world.watch.expects(/reveal.*status of 409/u);
  const [first, second] = await atTwoTabs(world);
  const asked = [neighbours, organisation(6)];
  await opensARound(first, asked);
  const [stays, leaves] = await Promise.all(asked.map((one) => world.person('signer', one.signer)));
  for (const signer of [stays, leaves]) {
    await signer?.answersBriefly({ act: 'sign', visibility: 'withheld', authority: 'on', title: 'Director' });
  }
  await closes(first);
  for (const tab of [first, second]) await asksForNames(tab, 'Show the 2 withheld names?');

  await leaves?.answersBriefly({ act: 'withdraw' });
  await showsNames(second);
  await expect(changeIn(second.page)).toContainText('Signed with names withheld: 1 now; it was 2.');
  await expect(second.page.getByRole('dialog', { name: 'Show the withheld name?' })).toBeVisible();
  await looks(second, 'reveal-changed');
  await showsNames(second);
  const names = second.page.getByRole('region', { name: 'Names withheld' }).getByRole('listitem');
  await expect(names).toHaveText([new RegExp(neighbours.name, 'u')]);

  // Looking twice is two looks, and both are on record; whoever finds nobody left has not looked.
  await stays?.answersBriefly({ act: 'withdraw' });
  await showsNames(first);
  const nobody = first.page.getByRole('dialog', { name: 'No name is withheld any more' });
  await expect(changeIn(nobody)).toContainText('0 now; it was 2.');
  await nobody.getByRole('button', { name: 'Close' }).last().click();
  await expect(first.page.getByText('No organisation has withheld its name.')).toBeVisible();
  expect(await recorded(first, /^Looked at/u)).toEqual(['Looked at the one withheld name']);
});

const showsNames = (tab: Person) => presses(tab, 'Show me the names');

async function asksForNames(tab: Person, question: string): Promise<void> {
  const page = await tab.turns();
  await tab.goes(`/app/statements/${await theStatement(tab)}/round`);
  await page.getByRole('button', { name: 'Reveal names…' }).click();
  await expect(page.getByRole('dialog', { name: question })).toBeVisible();
}

test('a file is imported as it was held against the register, and the same file only once', async ({ world }) => {
  world.watch.expects(/import.*status of 409/u);
  const [first, second] = await atTwoTabs(world);
  for (const tab of [first, second]) await tab.goes('/app/organisations');
  const other = await reads(second, { 'ORG-901': 'Amber House', 'ORG-902': 'Cedar House' });
  await reads(first, { 'ORG-902': 'Cedar Houses' });
  await imports(first);
  await closesWith(first, '1 organisation added');

  await imports(second);
  await expect(changeIn(other)).toContainText('In the register by now, but otherwise than in this file: Cedar Houses (ORG-902)');
  await expect(other.getByText('1 organisation would be updated')).toBeVisible();
  await looks(second, 'import-changed');
  await reads(first, { 'ORG-902': 'Cedar Mansion' });
  await imports(first);
  await closesWith(first, '1 organisation updated');
  await imports(second);
  await expect(changeIn(other)).toContainText('Changed in the register meanwhile: Cedar Mansion (ORG-902)');
  await imports(second);
  await closesWith(second, '1 organisation added');
  expect(await registered(first)).toEqual(['Amber House', 'Cedar House']);

  for (const tab of [first, second]) await reads(tab, { 'ORG-901': 'Amber Hall' });
  for (const tab of [first, second]) await imports(tab);
  for (const tab of [first, second]) await closesWith(tab, '1 organisation updated');
  expect(await registered(first)).toEqual(['Amber Hall', 'Cedar House']);
});

test('a file saved anew while it is looked at is imported as it was looked at', async ({ world }) => {
  const harriet = await world.signedIn('coordinator', COORDINATOR);
  const { page } = harriet;
  const path = join(world.server.folder, 'register.csv');
  const saves = (name: string) => writeFileSync(path, registerOf({ 'ORG-901': name }));
  saves('Amber');
  await harriet.goes('/app/organisations');
  await page.getByRole('button', { name: 'Import CSV…' }).click();
  await page.getByLabel(/Choose a CSV file/u).setInputFiles(path);
  saves('Amber House');
  await presses(harriet, 'See what it changes');
  await expect(page.getByRole('alert')).toContainText('saved anew, moved or removed since you chose it');
  await harriet.look('import-saved-anew');

  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByLabel(/register\.csv/u).click()]);
  await chooser.setFiles(path);
  await presses(harriet, 'See what it changes');
  await expect(page.getByRole('dialog').getByText('Amber House')).toBeVisible();
  saves('Amber Hall and Garden');
  await imports(harriet);
  await closesWith(harriet, '1 organisation added');
  expect(await registered(harriet)).toEqual(['Amber House']);
});

const imports = (tab: Person) => presses(tab, 'Import');

/** Reads what the import did, and goes back to the register. */
async function closesWith(tab: Person, did: string): Promise<void> {
  const page = await tab.turns();
  const dialog = page.getByRole('dialog', { name: 'The register is up to date' });
  await expect(dialog.getByText(did)).toBeVisible();
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await expect(dialog).toBeHidden();
}

/** Chooses a file with these organisations and looks at what it would change. */
async function reads(tab: Person, names: Record<string, string>): Promise<Locator> {
  const page = await tab.turns();
  await page.getByRole('button', { name: 'Import CSV…' }).click();
  const file = { name: 'register.csv', mimeType: 'text/csv', buffer: Buffer.from(registerOf(names)) };
  await page.getByLabel(/Choose a CSV file/u).setInputFiles(file);
  await page.getByRole('button', { name: 'See what it changes' }).click();
  const dialog = page.getByRole('dialog', { name: 'Take this into the register?' });
  await expect(dialog).toBeVisible();
  return dialog;
}

async function registered(tab: Person): Promise<string[]> {
  const answer = await tab.context.request.get('/api/organisations?search=ORG-90');
  const { organisations } = (await answer.json()) as { organisations: { name: string }[] };
  return organisations.map(({ name }) => name).toSorted();
}

async function presses(tab: Person, button: string): Promise<void> {
  const page = await tab.turns();
  await page.getByRole('dialog').getByRole('button', { name: button }).click();
}

async function atTwoTabs(world: World): Promise<[Person, Person]> {
  const harriet = await world.signedIn('coordinator', COORDINATOR);
  return [harriet, await harriet.beside()];
}

const changeIn = (place: Pick<Locator, 'getByRole'>) => place.getByRole('alert').filter({ hasText: 'This has changed since you looked' });

/** At the width of a phone, where a notice leaves the least room for what is asked. */
async function looks(tab: Person, name: string): Promise<void> {
  const page = await tab.turns();
  const desk = page.viewportSize() ?? { width: 1440, height: 900 };
  await page.setViewportSize({ width: 390, height: 844 });
  await page.evaluate(() => scrollTo(0, 0));
  await tab.look(name);
  await page.setViewportSize(desk);
}

/** What the history of the statement says of such acts. */
async function recorded(tab: Person, which: RegExp): Promise<string[]> {
  const answer = await tab.context.request.get(`/api/statements/${await theStatement(tab)}/history`);
  const { acts } = (await answer.json()) as { acts: { sentence: string }[] };
  return acts.map(({ sentence }) => sentence).filter((sentence) => which.test(sentence));
}
