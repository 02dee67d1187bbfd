// What stands in the way of freezing is said while one writes, each with the way to its place; and what is frozen says the same
// words everywhere.
import { clipboard, pastes } from '../world/clipboard.ts';
import { chooses, goesToTheEnd } from '../world/hands.ts';
import { expect, PHONE, test, type Person, type World } from '../world/index.ts';
import { COORDINATOR, DRAFTERS } from '../world/register.ts';

const TITLE = 'Words for everybody';
// Unseen characters would be unseen in a failure's report as well.
const OVERRIDE = '\u202E';

test('an answer that comes late says nothing of what was written since', async ({ world }) => {
  const harriet = await world.signedIn('coordinator', COORDINATOR);
  const { page } = harriet;
  let release = () => undefined as void;
  const late = new Promise<void>((done) => {
    release = done;
  });
  let asked = 0;
  await page.route('**/api/statements/*/freeze', async (route) => {
    const answer = await route.fetch();
    asked += 1;
    if (asked === 1) await late;
    await route.fulfill({ response: answer }).catch(() => undefined);
  });
  await starts(harriet);
  const ready = page.getByRole('region', { name: 'Before freezing' });
  await expect(ready).toContainText('There is no text yet.');
  await expect.poll(() => asked).toBe(1);
  await goesToTheEnd(harriet);
  await page.keyboard.type('Words that were not there when it was asked.');
  await harriet.seesSaved();
  release();
  await expect.poll(() => asked).toBeGreaterThan(1);
  await expect(ready).toContainText('Nothing stands in the way');
});

test('pasted text is looked through, mended by one press, and frozen as it is read', async ({ world }) => {
  const harriet = await world.signedIn('coordinator', COORDINATOR);
  const { page } = harriet;
  const statement = await starts(harriet);
  const ready = page.getByRole('region', { name: 'Before freezing' });
  const place = (words: string | RegExp) => ready.getByRole('button', { name: words });

  await test.step('a text without a title is asked for one', async () => {
    // A draft begins with its title; whoever takes it out is told.
    await chooses(harriet, TITLE);
    await page.keyboard.press('Delete');
    await expect(ready).toContainText('The text has no title.');
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(harriet.editor.getByRole('heading', { level: 1 })).toHaveText(TITLE);
    await expect(ready).not.toContainText('no title');
    await goesToTheEnd(harriet);
  });

  await test.step('links come in whole, or as plain words', async () => {
    await pastes(harriet, clipboard('14-links.html'));
    await expect(harriet.editor.getByRole('link', { name: 'safe link' })).toHaveAttribute('href', 'https://archive.example/a');
    await expect(harriet.editor.getByRole('link', { name: 'without scheme' })).toHaveAttribute('href', 'https://www.archive.example/report');
    await expect(harriet.editor.getByRole('link')).toHaveCount(7);
    await expect(harriet.editor.getByRole('heading', { level: 1 })).toHaveText(TITLE);
    await harriet.seesSaved();
    await expect(ready).toContainText('Nothing stands in the way');
  });

  await test.step('what nobody sees is named with its place', async () => {
    await page.keyboard.press('Enter');
    await pastes(harriet, clipboard('15-invisible.html'));
    await expect(ready).toContainText('13 characters that nobody sees');
    await expect(place('hold ⟨U+202E⟩000,01').first()).toBeVisible();
    // The server's own list, once it has read the text, is no other.
    await harriet.seesSaved();
    await expect(async () => {
      const preview = await page.request.get(`/api/statements/${statement}/freeze`);
      expect(((await preview.json()) as { problems: unknown[] }).problems).toHaveLength(13);
    }).toPass();
    await expect(ready).toContainText('13 characters that nobody sees');
    await harriet.look('unseen');
  });

  await test.step('a press on a place puts the cursor there', async () => {
    await ready.getByRole('button', { name: 'Show all 13' }).click();
    await place('agreed⟨U+E0020⟩').first().click();
    await expect(harriet.editor).toBeFocused();
    await expect.poll(() => caretIn(harriet)).toContain('agreed');
    await place('hold ⟨U+202E⟩000,01').first().click();
    await expect.poll(() => caretIn(harriet)).toContain('The fund shall hold');
  });

  await test.step('a freeze that is refused says the same list and changes nothing', async () => {
    world.watch.expects(/freeze.*status of 4/u);
    const { seen } = (await (await page.request.get(`/api/statements/${statement}/freeze`)).json()) as { seen: string };
    const refused = await page.request.post(`/api/statements/${statement}/freeze`, { data: { seen } });
    expect(refused.status()).toBe(422);
    await page.getByRole('link', { name: 'Freeze…' }).click();
    await expect(page.getByText('It cannot be frozen yet:')).toBeVisible();
    await expect(page.getByText('right-to-left override (U+202E)').first()).toBeVisible();
    await harriet.look('refused');
    await page.getByRole('button', { name: 'Back to the text' }).click();
    await expect(harriet.editor).toContainText(`hold ${OVERRIDE}000,01`);
  });

  await test.step('one press takes them away, one undo brings them back', async () => {
    await ready.getByRole('button', { name: 'Remove all 13 invisible characters' }).click();
    await expect(harriet.editor).toContainText('The fund shall hold 000,01 francs.');
    await expect(harriet.editor).toContainText('nous demandons\u00A0: «\u00A0la paix\u00A0»');
    await expect(ready).not.toContainText('nobody sees');
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(harriet.editor).toContainText(`hold ${OVERRIDE}000,01`);
    await expect(harriet.editor.getByRole('heading', { level: 1 })).toHaveText(TITLE);
    await ready.getByRole('button', { name: 'Remove all 13 invisible characters' }).click();
    await expect(harriet.editor).toContainText('human rights defenders');
    await harriet.seesSaved();
    await expect(ready).toContainText('Nothing stands in the way');
  });

  await test.step('an emoji is named before anybody freezes', async () => {
    await harriet.pointsAfter('human rights defenders');
    await harriet.types(' 😀');
    await harriet.seesSaved();
    await expect(place(/No font of ours has “😀” \(U\+1F600\)/u)).toBeVisible();
    await place(/U\+1F600/u).click();
    await expect(harriet.editor).toBeFocused();
    await page.keyboard.press('Delete');
    await harriet.seesSaved();
    await expect(ready).toContainText('Nothing stands in the way');
  });

  await test.step('what came in while one looked is said, and nothing is frozen', async () => {
    const francois = await lets(world, harriet, statement);
    await page.getByRole('link', { name: 'Freeze…' }).click();
    await expect(page.getByRole('button', { name: 'Freeze as Rev.1' })).toBeVisible();
    await francois.pointsAfter('human rights defenders');
    await francois.types(' 😀');
    await francois.seesSaved();
    await page.getByRole('button', { name: 'Freeze as Rev.1' }).click();
    await expect(page.getByText(/No font of ours has “😀” \(U\+1F600\)/u)).toBeVisible();
    await expect(page.getByRole('button', { name: 'Freeze as Rev.1' })).toHaveCount(0);
    await harriet.look('changed');
    await francois.page.keyboard.press('Backspace');
    await francois.seesSaved();
    await page.getByRole('button', { name: 'Back to the text' }).click();
    await expect(ready).toContainText('Nothing stands in the way');
  });

  await test.step('the frozen text says what was read', async () => {
    await page.getByRole('link', { name: 'Freeze…' }).click();
    await page.getByRole('button', { name: 'Freeze as Rev.1' }).click();
    await expect(page.getByRole('heading', { name: 'The text is frozen as Rev.1' }).last()).toBeVisible();
    await page.getByRole('link', { name: 'Read it' }).click();
    const main = page.locator('main');
    await expect(main).toContainText('The fund shall hold 000,01 francs.');
    await expect(main.getByRole('link', { name: 'other letters' })).toHaveAttribute('href', 'https://архив.example/отчёт');
    expect(await main.textContent()).not.toMatch(/[\u00AD\u2060-\u2069\u202A-\u202E\u3164\u{E0000}-\u{E007F}]/u);
  });
});

test('a drafter on a phone sees what can be seen from there, and mends it', async ({ world }) => {
  const harriet = await world.signedIn('coordinator', COORDINATOR);
  const statement = await starts(harriet);
  const francois = await lets(world, harriet, statement, PHONE);
  await goesToTheEnd(francois);
  await pastes(francois, clipboard('15-invisible.html'));
  const ready = francois.page.getByRole('region', { name: 'Before freezing' });
  await expect(ready).toContainText('13 characters that nobody sees');
  await francois.look('phone');
  await ready.getByRole('button', { name: 'hold ⟨U+202E⟩000,01' }).first().click();
  await expect(francois.editor.locator('p').first()).toBeInViewport();
  await ready.getByRole('button', { name: 'Remove all 13 invisible characters' }).click();
  await expect(ready).toContainText('Nothing seen from here stands in the way');
  await francois.seesSaved();
});

/** A new statement with an empty draft; its page is open. */
async function starts(harriet: Person): Promise<string> {
  const { page } = harriet;
  await harriet.goes('/app');
  await page.getByRole('button', { name: 'Start a statement' }).click();
  const dialog = page.getByRole('dialog', { name: 'Start a statement' });
  await dialog.getByLabel('Title').fill(TITLE);
  await dialog.getByRole('button', { name: 'Start drafting' }).click();
  await expect(harriet.editor.getByRole('heading', { level: 1 })).toHaveText(TITLE);
  return /statements\/([0-9a-z]+)/u.exec(page.url())?.[1] ?? '';
}

/** A drafter who is let in to write, at the text. */
async function lets(world: World, harriet: Person, statement: string, options: typeof PHONE = {}): Promise<Person> {
  const { request } = harriet.context;
  const { organisations } = (await (await request.get('/api/organisations?search=AJO')).json()) as { organisations: { id: string }[] };
  const drafters = `${world.server.url}/api/statements/${statement}/drafters`;
  const { seen } = (await (await request.get(drafters)).json()) as { seen: string };
  const done = await request.put(drafters, { data: { organisations: organisations.map(({ id }) => ({ id, may: 'edit' })), seen } });
  expect(done.ok(), await done.text()).toBe(true);
  const francois = await world.signedIn('drafter', DRAFTERS[0], options);
  await francois.goes(`/app/statements/${statement}`);
  return francois;
}

/** The words of the paragraph where the caret stands. */
async function caretIn(person: Person): Promise<string> {
  return person.page.evaluate(() => getSelection()?.anchorNode?.parentElement?.closest('p')?.textContent ?? '');
}
