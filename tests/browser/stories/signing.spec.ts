// Signing as a busy person does it: on a phone, with a keyboard, without scripts, with mistakes.
import { linkIn, codeIn } from '../world/letters.ts';
import { expect, PHONE, test, WITHOUT_SCRIPTS, type Person, type World } from '../world/index.ts';
import { opensARound } from '../world/rounds.ts';
import { COORDINATOR, organisation, TITLE, type Organisation } from '../world/register.ts';

const DAY = 24 * 3600;
const baobab = organisation(1);
const doorstep = organisation(2);
const tunis = organisation(11);

/** A round that is open for a week. */
async function anOpenRound(world: World, among: Organisation[]): Promise<void> {
  await opensARound(await world.signedIn('coordinator', COORDINATOR), among);
}

test('somebody signs on a phone with the keyboard alone', async ({ world }) => {
  await anOpenRound(world, [baobab]);
  const josphat = await world.person('signer', baobab.signer, PHONE);
  const { page } = josphat;
  await josphat.goes(linkIn(await josphat.letters(), '/sign/'));
  await expect(page.getByRole('heading', { name: TITLE })).toBeVisible();
  const reaches = async (what: string) => tabsTo(josphat, what);

  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused();
  await reaches('input[name=visibility]');
  await expect(page.getByRole('radio', { name: 'Public' })).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('radio', { name: 'Name withheld' })).toBeChecked();
  await page.keyboard.press('ArrowUp');
  await expect(page.getByRole('radio', { name: 'Public' })).toBeChecked();
  await reaches('#title');
  await page.keyboard.type('Executive Director');
  await reaches('input[name=authority]');
  await page.keyboard.press('Space');
  await josphat.look('keyboard-filled');
  await reaches('button');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/code\/[0-9a-z]+$/u);
  await expect(page.getByRole('heading', { name: 'Enter the code to sign on' })).toBeVisible();
  await reaches('input:not([type=hidden])');
  await page.keyboard.type(codeIn(await josphat.letters()));
  await josphat.look('keyboard-code');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'You have signed on' })).toBeVisible();
  await josphat.look('keyboard-receipt');
});

test('a wrong code is refused in words, and the right one still works, without scripts', async ({ world }) => {
  world.watch.expects(/\/sign\/.*status of 4/u);
  await anOpenRound(world, [tunis]);
  const signer = await world.person('signer', tunis.signer, { ...PHONE, ...WITHOUT_SCRIPTS });
  const { page } = signer;
  await signer.opensTheLetter();
  await signer.look('no-scripts-letter');
  await page.getByLabel('Your title').fill('President');
  await page.getByRole('checkbox', { name: /I may sign statements/u }).check();
  await page.getByRole('button', { name: /^Sign on for/u }).first().click();
  await expect(page).toHaveURL(/\/code\/[0-9a-z]+$/u);
  await signer.look('no-scripts-code');

  const right = codeIn(await signer.letters());
  await page.getByLabel('Six-digit code').fill(right === '000000' ? '000001' : '000000');
  await page.getByRole('button', { name: /^Sign on for/u }).click();
  await expect(page.getByText('4 attempts are left.')).toBeVisible();
  await signer.look('no-scripts-wrong-code');
  await page.getByLabel('Six-digit code').fill(right);
  await page.getByRole('button', { name: /^Sign on for/u }).click();
  await expect(page.getByRole('heading', { name: 'You have signed on' })).toBeVisible();
});

test('a code too often wrong is spent, and a new one works', async ({ world }) => {
  world.watch.expects(/\/sign\/.*status of 4/u);
  await anOpenRound(world, [baobab]);
  const josphat = await world.person('signer', baobab.signer, PHONE);
  const { page } = josphat;
  await josphat.opensTheLetter();
  await page.getByLabel('Your title').fill('Executive Director');
  await page.getByRole('checkbox', { name: /I may sign statements/u }).check();
  await page.getByRole('button', { name: /^Sign on for/u }).first().click();
  const right = codeIn(await josphat.letters());
  const wrong = right === '000000' ? '000001' : '000000';
  for (let attempt = 0; attempt < 5; attempt += 1) {
    await page.getByLabel('Six-digit code').fill(wrong);
    await Promise.all([page.waitForResponse(/\/confirm\/[0-9a-z]+$/u), page.getByRole('button', { name: /^Sign on for/u }).click()]);
  }
  await expect(page.getByText(/ask for a new one/iu)).toBeVisible();
  await josphat.look('spent-code');
  await page.getByRole('button', { name: 'Send a new code' }).click();
  await expect(page).toHaveURL(/\/code\/[0-9a-z]+$/u);
  await josphat.typesTheCode(/^Sign on for/u);
  await expect(page.getByRole('heading', { name: 'You have signed on' })).toBeVisible();
});

test('links that are over, unknown or not for signing say what to do next', async ({ world }) => {
  world.watch.expects(/\/sign(-in)?\/.*status of 4/u);
  await anOpenRound(world, [baobab, doorstep]);
  const josphat = await world.person('signer', baobab.signer, PHONE);
  const { page } = josphat;
  await josphat.goes(`/sign/${'0'.repeat(52)}`);
  await expect(page.getByRole('heading', { name: 'This link opens nothing' })).toBeVisible();
  await josphat.look('unknown-link');

  await josphat.goes(`/sign-in/${'0'.repeat(52)}`);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { name: 'This link no longer works' })).toBeVisible();
  await josphat.look('sign-in-over');

  const focalPoint = await world.person('focal point', baobab.focalPoint, PHONE);
  await focalPoint.opensTheLetter();
  await expect(focalPoint.page.getByRole('heading', { name: /can sign$/u })).toBeVisible();
  await focalPoint.look('focal-point');
  await focalPoint.page.getByRole('button', { name: /^Ask .* to sign$/u }).first().click();
  await expect(focalPoint.page.getByRole('status').filter({ hasText: /has been asked/u })).toBeInViewport();
  await focalPoint.look('handed-on');

  await josphat.opensTheLetter();
  await world.server.advances(8 * DAY);
  await page.reload();
  await expect(page.getByRole('heading', { name: 'This round has closed' })).toBeVisible();
  await josphat.look('round-over');
});

test('the way in: an address, a letter, a button', async ({ world }) => {
  world.watch.expects(/\/sign-in.*status of 4/u);
  const harriet = await world.person('coordinator', COORDINATOR, PHONE);
  const { page } = harriet;
  await harriet.goes('/');
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await harriet.look('sign-in');
  // The browser's own check lets this pass; the server's does not, and keeps what was typed.
  await page.getByLabel('Your e-mail address').fill('harriet@nowhere@else');
  await page.locator('form').evaluate((form: HTMLFormElement) => form.submit());
  await expect(page.getByRole('alert')).toContainText('That does not look like an e-mail address.');
  await expect(page.getByLabel('Your e-mail address')).toHaveValue('harriet@nowhere@else');
  await harriet.look('sign-in-malformed');
  await page.getByLabel('Your e-mail address').fill(COORDINATOR);
  await page.getByRole('button', { name: 'Send me a sign-in link' }).click();
  await expect(page.getByRole('heading', { name: 'Look in your inbox' })).toBeVisible();
  await harriet.look('sign-in-sent');
  await harriet.goes('/letters');
  await harriet.look('letters');
  await expect.poll(() => harriet.signInLetters()).toBeGreaterThan(0);
  const link = linkIn(await harriet.letters(), '/sign-in/');
  // Opening the link twice spends nothing; the button does.
  await harriet.goes(link);
  await harriet.goes(link);
  await harriet.look('sign-in-link');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).toHaveURL(/\/app\/?$/u);
  await harriet.goes(link);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { name: 'This link no longer works' })).toBeVisible();
});

/** Presses Tab until something of this kind has the focus. */
async function tabsTo(person: Person, what: string): Promise<void> {
  for (let presses = 0; presses < 80; presses += 1) {
    if (await person.page.evaluate((selector) => document.activeElement?.matches(selector), what)) return;
    await person.page.keyboard.press('Tab');
  }
  throw new Error(`${what} cannot be reached with Tab`);
}
