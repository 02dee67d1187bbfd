// An organisation that usually withholds its name writes with others: it is there, and no page, caret, list or frame of theirs says which it
// is, until it says so itself.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HERE } from '../world/server.ts';
import { expect, PHONE, test, type Person } from '../world/index.ts';
import { COORDINATOR, DRAFTERS, organisation, TITLE } from '../world/register.ts';
import { traces } from '../world/secrets.ts';

const marsh = organisation(71);
const WRITTEN = 'Marshes are where people live.';

test('of an organisation that writes unnamed its co-drafters see that it is there, and never which it is', async ({ world }) => {
  const harriet = await world.signedIn('Harriet', COORDINATOR);
  await letsIn(harriet);
  const francois = await world.signedIn('François', DRAFTERS[0]);
  const rana = await world.signedIn('Rana', marsh.focalPoint);
  for (const one of [francois, rana, harriet]) {
    await one.opensStatement(TITLE);
    await expect(one.editor).toContainText('sleep in their clothes');
  }

  await test.step('its own people see themselves, and that they write unnamed', async () => {
    await expect(mayWrite(rana).getByText('You write unnamed.')).toBeVisible();
    await expect(mayWrite(rana).getByRole('listitem').filter({ hasText: marsh.name })).toContainText('writes unnamed');
    await rana.look('own');
  });

  await test.step('its co-drafters see a caret of no colour, and a number', async () => {
    await rana.pointsAfter('First, the language of public life');
    await rana.types(` ${WRITTEN}`);
    await rana.seesSaved();
    await francois.turns();
    await expect(francois.editor).toContainText(WRITTEN);
    await expect(francois.page.locator('.caret bdi')).toHaveText('unnamed');
    await expect(francois.page.locator('.caret:is(.o1, .o2, .o3, .o4, .o5, .o6, .o7, .o8)')).toHaveCount(0);
    await expect(mayWrite(francois)).toContainText('and 1 organisation that writes unnamed');
    await expect(mayWrite(francois).getByText('You write as AJO.')).toBeVisible();
    await francois.page.getByRole('button', { name: '2 other people here' }).click();
    const present = francois.page.locator('.presence-list li');
    await expect(present).toHaveCount(2);
    await expect(present.filter({ hasText: 'An organisation that writes unnamed' })).toBeVisible();
    await expect(present.filter({ hasText: 'SEC' })).toContainText('Harriet');
    await pictured(francois.page, 'present');
    await francois.page.keyboard.press('Escape');
    await francois.look('co-drafter');
  });

  await test.step('and so on a phone', async () => {
    const wanjiru = await world.signedIn('Wanjiru', DRAFTERS[1], PHONE);
    await wanjiru.opensStatement(TITLE);
    await expect(wanjiru.page.locator('.caret bdi')).toHaveText('unnamed');
    await wanjiru.look('co-drafter-phone');
    await mayWrite(wanjiru).scrollIntoViewIfNeeded();
    await pictured(wanjiru.page, 'list-phone');
    await wanjiru.leaves();
  });

  await test.step('a coordinator sees it in the list, and not beside the text', async () => {
    await harriet.turns();
    await expect(mayWrite(harriet).getByRole('listitem').filter({ hasText: marsh.name })).toContainText('writes unnamed');
    await expect(mayWrite(harriet)).not.toContainText('You write');
    await expect(harriet.page.locator('.caret bdi').filter({ hasText: 'unnamed' })).toHaveCount(1);
    await harriet.look('coordinator');
  });

  await test.step('nothing they were sent says more', async () => {
    await francois.page.reload();
    await expect(francois.page.locator('.caret bdi')).toHaveText('unnamed');
    await francois.look('again');
    const theirs = world.watch.seen.filter(({ who }) => ['François', 'Wanjiru'].includes(who));
    expect(theirs.filter(({ where }) => where.startsWith('ws')).length).toBeGreaterThan(3);
    expect(traces([marsh], theirs)).toEqual([]);
    expect(theirs.filter(({ text }) => /\bMVRC\b/u.test(text)).map(({ where }) => where)).toEqual([]);
  });

  await test.step('it chooses to be named, and unnamed again, and is told what that means', async () => {
    await chooses(rana, 'Write as MVRC');
    await francois.turns();
    await expect(francois.page.locator('.presence .org').filter({ hasText: 'MVRC' })).toBeVisible();
    await expect(mayWrite(francois).getByText(marsh.name)).toBeVisible();
    await rana.turns();
    await rana.pointsAfter('First, the language of public life');
    await expect(francois.page.locator('.caret bdi').filter({ hasText: 'MVRC' })).toHaveCount(1);
    await expect(mayWrite(rana).getByText('You write as MVRC.')).toBeVisible();
    const dialog = await asks(rana, 'Write unnamed');
    await expect(dialog).toContainText('Whoever saw the name before can still know it.');
    await rana.look('choosing');
    await dialog.getByRole('button', { name: 'Write unnamed' }).click();
    await expect(dialog).toBeHidden();
    await francois.turns();
    await expect(francois.page.locator('.presence .org').filter({ hasText: 'unnamed' })).toBeVisible();
    await expect(mayWrite(francois)).toContainText('and 1 organisation that writes unnamed');
    for (const name of ['MVRC', marsh.name]) await expect(francois.page.getByText(name)).toHaveCount(0);
  });
});

test('two of one organisation choose one after the other, and each is told what the other chose', async ({ world }) => {
  world.watch.expects(/writers.*status of 409/u);
  // Each at a browser of their own: in one, the second would be shown that it has succeeded already.
  const [francois, other] = [await world.signedIn('François', DRAFTERS[0]), await world.signedIn('A colleague', DRAFTERS[0])];
  for (const one of [francois, other]) await one.opensStatement(TITLE);
  const first = await asks(other, 'Write unnamed');
  await chooses(francois, 'Write unnamed');
  await first.getByRole('button', { name: 'Write unnamed' }).click();
  await expect(first.getByRole('alert')).toContainText('Your organisation writes unnamed by now.');
  await other.look('chosen-meanwhile');
  await first.getByRole('button', { name: 'Close' }).last().click();
  await expect(first).toBeHidden();
  await expect(mayWrite(other).getByText('You write unnamed.')).toBeVisible();
});

const mayWrite = ({ page }: Person) => page.getByRole('region', { name: 'Who takes part' });

async function letsIn(harriet: Person): Promise<void> {
  await harriet.opensStatement(TITLE);
  await harriet.page.getByRole('button', { name: 'Choose rights…' }).click();
  const dialog = harriet.page.getByRole('dialog');
  await dialog.getByRole('checkbox', { name: marsh.name }).check();
  await dialog.getByRole('button', { name: 'Give these rights' }).click();
  await expect(dialog).toBeHidden();
}

async function asks(person: Person, verb: string) {
  const page = await person.turns();
  await mayWrite(person).getByRole('button', { name: `${verb}…` }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toBeVisible();
  return dialog;
}

async function chooses(person: Person, verb: string): Promise<void> {
  const dialog = await asks(person, verb);
  await dialog.getByRole('button', { name: verb }).click();
  await expect(dialog).toBeHidden();
}

/** What lies over the page closes when the page is read whole. */
async function pictured(page: Person['page'], name: string): Promise<void> {
  writeFileSync(join(HERE, 'shots', `unnamed-${name}.png`), await page.screenshot());
}
