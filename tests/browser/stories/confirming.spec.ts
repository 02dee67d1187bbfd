// What one confirms is what one saw: two tabs, two people, Back, the same button twice.
import { codeIn, linkIn } from '../world/letters.ts';
import { expect, PHONE, test, type Person } from '../world/index.ts';
import { opensARound } from '../world/rounds.ts';
import { COORDINATOR, DRAFTERS, organisation, TITLE } from '../world/register.ts';

const baobab = organisation(1);
const LATE = 'Seven words that nobody has read yet.';

test('a code confirms the act its page shows, and a page whose question gave way says so', async ({ world }) => {
  world.watch.expects(/\/sign\/.*status of 4/u);
  await opensARound(await world.signedIn('coordinator', COORDINATOR), [baobab]);
  const josphat = await world.person('signer', baobab.signer, PHONE);
  const first = josphat.page;
  await josphat.goes(linkIn(await josphat.letters(), '/sign/'));
  const asks = async (visibility: string, page = first) => {
    await page.getByRole('radio', { name: visibility }).check();
    await page.getByLabel('Your title').fill('Executive Director');
    await page.getByRole('checkbox', { name: /I may sign statements/u }).check();
    await page.getByRole('button', { name: /^Sign on for/u }).first().click();
    await expect(page).toHaveURL(/\/code\/[0-9a-z]+$/u);
  };
  await asks('Name withheld');
  await expect(first.getByText('with its name withheld')).toBeVisible();
  const second = await josphat.context.newPage();
  await second.goto(linkIn(await josphat.letters(), '/sign/'));
  await asks('Public', second);

  // The newest code, typed where another act stands: refused, and both acts are named.
  await first.getByLabel('Six-digit code').fill(codeIn(await josphat.letters()));
  await first.getByRole('button', { name: /^Sign on for/u }).click();
  await expect(first.getByRole('heading', { name: 'Something newer was asked elsewhere' })).toBeVisible();
  await expect(first.getByText('with its name withheld')).toBeVisible();
  await expect(first.getByText('publicly, by Josphat Kilonzo')).toBeVisible();
  await josphat.look('given-way');

  // With spaces, as it was copied; then Back, and the button again.
  const code = codeIn(await josphat.letters());
  await second.getByLabel('Six-digit code').fill(` ${code.slice(0, 3)} ${code.slice(3)} `);
  await second.getByRole('button', { name: /^Sign on for/u }).click();
  await expect(second.getByRole('heading', { name: 'You have signed on' })).toBeVisible();
  await second.goBack();
  await second.getByLabel('Six-digit code').fill(code);
  await second.getByRole('button', { name: /^Sign on for/u }).click();
  await expect(second.getByRole('heading', { name: 'You have signed on' })).toBeVisible();

  // The letter again: here it says what was signed; on a device that proved nothing, only that there is an answer.
  await second.goto(linkIn(await josphat.letters(), '/sign/'));
  await expect(second.getByText(/signed on|signs publicly|in public/iu).first()).toBeVisible();
  const elsewhere = await world.person('whoever the letter was forwarded to', baobab.signer, PHONE);
  await elsewhere.goes(linkIn(await josphat.letters(), '/sign/'));
  await expect(elsewhere.page.getByText('has answered').first()).toBeVisible();
  const said = (await elsewhere.page.locator('main').innerText()).replace(await elsewhere.page.locator('article').innerText(), '');
  expect(said).not.toMatch(/signed on|withheld|declined|withdrawn/iu);
  await elsewhere.look('answered-elsewhere');
});

test('freezing takes the words that were read, and says which came meanwhile', async ({ world }) => {
  world.watch.expects(/freeze.*status of 409/u);
  const harriet = await world.signedIn('coordinator', COORDINATOR);
  const francois = await world.signedIn('drafter', DRAFTERS[0]);
  await francois.opensStatement(TITLE);
  await expect(francois.editor).toContainText('sleep in their clothes');
  await harriet.opensStatement(TITLE);
  await harriet.page.getByRole('link', { name: 'Freeze…' }).click();
  await expect(harriet.page.getByText('sleep in their clothes')).toBeVisible();
  await francois.pointsAfter('Our members do not ask the Council');
  await francois.types(` ${LATE}`);
  await francois.seesSaved();

  const press = () => harriet.page.getByRole('button', { name: 'Freeze as Rev.1' }).click();
  await press();
  const changed = harriet.page.getByRole('alert').filter({ hasText: 'This has changed since you looked' });
  await expect(changed).toContainText(LATE);
  await harriet.look('freeze-changed');
  // Whoever writes noticed nothing.
  await francois.types(' And on.');
  await francois.seesSaved();
  await press();
  await expect(changed).toContainText('And on.');
  await press();
  await expect(harriet.page.getByRole('heading', { name: 'The text is frozen as Rev.1' }).last()).toBeVisible();
  await harriet.page.reload();
  await expect(harriet.page.getByRole('heading', { name: 'The text is frozen as Rev.1' }).last()).toBeVisible();
  await expect(francois.page.getByRole('alert')).toContainText('this text has been frozen');
});

test('publishing takes the list that was read; closing, the round that was seen', async ({ world }) => {
  world.watch.expects(/(publish|close).*status of 409/u);
  const harriet = await world.signedIn('coordinator', COORDINATOR);
  await opensARound(harriet, [baobab, organisation(11)]);
  await harriet.opensStatement(TITLE);
  const { page } = harriet;
  await page.getByRole('button', { name: 'Close now…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Close the round now?' });
  await expect(dialog).toContainText('2 organisations have not answered');
  const signer = await signs(await world.person('signer', baobab.signer));
  await dialog.getByRole('button', { name: 'Close the round' }).click();
  await expect(dialog.getByRole('alert')).toContainText('Signed in public: 1 now; it was 0.');
  await expect(dialog).toContainText('1 organisation has not answered');
  await harriet.look('close-changed');
  await dialog.getByRole('button', { name: 'Close the round' }).click();
  await expect(page.getByText('Closed early').first()).toBeVisible();
  await harriet.look('closed-early');

  await page.getByRole('navigation', { name: 'Statement' }).getByRole('link', { name: 'Publish' }).click();
  await expect(page.getByRole('button', { name: 'Publish with 1 name' })).toBeVisible();
  await signer.answersBriefly({ act: 'withdraw' });
  await page.getByRole('button', { name: 'Publish with 1 name' }).click();
  await expect(page.getByRole('alert')).toContainText('No longer in the list: Baobab Circle');
  await harriet.look('publish-changed');
  await page.getByRole('button', { name: 'Publish without names' }).click();
  await expect(page.getByRole('heading', { name: 'This statement is public' })).toBeVisible();
});

async function signs(person: Person): Promise<Person> {
  await person.answersBriefly({ act: 'sign', visibility: 'public', authority: 'on', title: 'Director' });
  return person;
}

test('home shows first where one is asked to answer, and what one answered', async ({ world }) => {
  await opensARound(await world.signedIn('coordinator', COORDINATOR), [baobab]);
  const josphat = await world.signedIn('signer', baobab.signer, PHONE);
  const { page } = josphat;
  await expect(page.getByRole('heading', { name: '1 thing needs you' })).toBeVisible();
  const row = page.getByRole('listitem').filter({ hasText: 'Your organisation is asked to sign' });
  await josphat.look('home-asked');
  const before = (await josphat.letters()).length;
  await row.getByRole('button', { name: 'Send me the link to answer' }).click();
  await expect(row.getByRole('status')).toContainText('on its way');
  await expect.poll(async () => (await josphat.letters()).length).toBeGreaterThan(before);
  await signs(josphat);
  await josphat.goes('/app');
  await expect(page.getByText(/Signed on, publicly, on/u)).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Nothing needs you' })).toBeVisible();
  await josphat.look('home-answered');
  // Whoever is not asked is not nagged.
  const other = await world.signedIn('not asked', organisation(11).signer);
  await expect(other.page.getByRole('heading', { name: 'Nothing needs you' })).toBeVisible();
});
