// However one reads: at 400 % zoom, in colours of one's own, by keyboard, with a phone in the hand. And what the address keeps.
import { expect, PHONE, test, type Person } from '../world/index.ts';
import { outOfReach, ZOOMED } from '../world/reach.ts';
import { COORDINATOR, DRAFTERS, organisation, TITLE } from '../world/register.ts';
import { closesAndPublishes, opensARound, theStatement } from '../world/rounds.ts';

test('at 400 % zoom every page shows its text, and every control can be reached', async ({ world }) => {
  const harriet = await world.signedIn('coordinator', COORDINATOR, ZOOMED);
  const { page } = harriet;
  const statement = await theStatement(harriet);
  await reads(harriet, '/app', page.getByRole('heading', { name: 'Statements' }), 'zoom-home');
  await reads(harriet, `/app/statements/${statement}`, page.locator('[data-saved="saved"]'), 'zoom-draft');
  await reads(harriet, `/app/statements/${statement}/freeze`, page.getByRole('button', { name: 'Freeze as Rev.1' }), 'zoom-freeze');
  await reads(harriet, `/app/statements/${statement}/history`, page.getByText('Started the statement'), 'zoom-history');
  await reads(harriet, '/app/organisations', page.getByRole('status').filter({ hasText: '71 organisations' }), 'zoom-register');
  await harriet.goes('/app');
  await page.getByRole('button', { name: 'Start a statement' }).click();
  await expect(page.getByRole('button', { name: 'Start drafting' })).toBeVisible();
  expect.soft(await outOfReach(harriet), 'a dialog').toEqual([]);
  await harriet.look('zoom-dialog');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: /, your account$/u }).click();
  const last = page.getByRole('menuitem', { name: 'Sign out' });
  await last.focus();
  await expect(last).toBeInViewport({ ratio: 1 });
  await harriet.look('zoom-menu');

  const signer = organisation(2);
  await opensARound(harriet, [organisation(1), signer]);
  await reads(harriet, `/app/statements/${statement}`, page.getByText('sleep in their clothes'), 'zoom-settled');
  await reads(harriet, `/app/statements/${statement}/round`, page.getByRole('heading', { name: '0 of 2 answered' }), 'zoom-round');
  const ana = await world.person('signer', signer.signer, ZOOMED);
  await ana.opensTheLetter();
  await reads(ana, undefined, ana.page.getByRole('checkbox', { name: /I may sign/u }), 'zoom-sign');
  await ana.page.getByLabel('Your title').fill('Director');
  await ana.page.getByRole('checkbox', { name: /I may sign/u }).check();
  await ana.page.getByRole('button', { name: /^Sign on for/u }).first().click();
  await reads(ana, undefined, ana.page.getByLabel('Six-digit code'), 'zoom-code');
  await ana.typesTheCode(/^Sign on for/u);
  await reads(ana, undefined, ana.page.getByRole('heading', { name: 'You have signed on' }), 'zoom-receipt');
  await closesAndPublishes(harriet);
  await reads(harriet, `/app/statements/${statement}/publish`, page.getByRole('heading', { name: 'This statement is public' }), 'zoom-published');
  await reads(ana, `/s/${statement}`, ana.page.getByRole('heading', { name: 'We, the undersigned' }), 'zoom-public');
});

/** Opens a page, or takes the one that is open, waits for what it is about, and looks for what cannot be reached on it. */
async function reads(person: Person, path: string | undefined, sign: ReturnType<Person['page']['locator']>, name: string): Promise<void> {
  if (path !== undefined) await person.goes(path);
  await expect(sign).toBeAttached();
  expect.soft(await outOfReach(person), name).toEqual([]);
  await person.look(name);
}

test('where the reader chooses the colours, strokes, states and choices keep their meaning', async ({ world }) => {
  const harriet = await world.signedIn('coordinator', COORDINATOR, { forcedColors: 'active' });
  const { page } = harriet;
  const signer = organisation(2);
  await harriet.opensStatement(TITLE);
  await harriet.seesSaved();
  const bold = page.getByRole('button', { name: 'Bold' });
  const before = await drawn(bold);
  await harriet.pointsAfter('sleep in their clothes');
  await page.keyboard.press('Control+b');
  await expect(bold).toHaveAttribute('aria-pressed', 'true');
  expect((await drawn(bold)).background, 'a pressed tool').not.toBe(before.background);
  expect((await drawn(page.getByRole('radio', { name: 'Edit' }))).background, 'the chosen mode').not.toBe((await drawn(page.getByRole('radio', { name: 'Read' }))).background);
  await harriet.look('forced-draft');

  await opensARound(harriet, [organisation(1), signer, organisation(4)]);
  const ana = await world.person('signer', signer.signer, { forcedColors: 'active' });
  await ana.opensTheLetter();
  await ana.page.getByRole('radio', { name: 'Name withheld' }).check();
  await ana.look('forced-sign');
  await ana.signsOn('Public');
  await harriet.goes(`/app/statements/${await theStatement(harriet)}/round`);
  await expect(page.getByRole('heading', { name: '1 of 3 answered' })).toBeVisible();
  const paper = (await drawn(page.locator('body'))).background;
  const [full, hollow, low] = await Promise.all(['.key li i', '.key .withheld i', '.key .waiting i'].map((key) => drawn(page.locator(key).first())));
  const [signed] = await Promise.all(['signed'].map((kind) => drawn(page.locator(`.hero .tally .${kind}`).first())));
  expect(full?.background, 'a full stroke').not.toBe(paper);
  expect(signed?.background, 'a full stroke').toBe(full?.background);
  expect(hollow?.background, 'a hollow stroke').toBe(paper);
  expect(hollow?.edge, 'a hollow stroke').not.toBe('0px');
  expect(low?.background, 'a low stroke').not.toBe(paper);
  expect(low?.height, 'a low stroke').toBeLessThan((full?.height ?? 0) / 2);
  const [chosen, other] = [page.getByRole('button', { name: /^Not answered/u }), page.getByRole('button', { name: /^Declined/u })];
  expect((await drawn(chosen)).edge, 'the chosen filter').not.toBe((await drawn(other)).edge);
  await harriet.look('forced-round');
});

/** What a reader with colours of their own still sees of an element. */
async function drawn(element: ReturnType<Person['page']['locator']>): Promise<{ background: string; edge: string; height: number }> {
  return element.evaluate((one) => {
    const { backgroundColor, borderBlockEndWidth } = getComputedStyle(one);
    // Nothing is drawn over the page's own colour.
    const background = backgroundColor === 'rgba(0, 0, 0, 0)' ? getComputedStyle(document.body).backgroundColor : backgroundColor;
    return { background, edge: borderBlockEndWidth, height: one.getBoundingClientRect().height };
  });
}

test('a tip comes with the pointer and with the focus, stays under the pointer, and goes with Escape', async ({ world }) => {
  const harriet = await world.signedIn('coordinator', COORDINATOR);
  const { page } = harriet;
  await harriet.opensStatement(TITLE);
  await harriet.seesSaved();
  const tip = page.getByRole('tooltip');
  await page.getByRole('button', { name: 'Bold' }).hover();
  await expect(tip).toHaveText('Bold (Ctrl+B)');
  await tip.hover();
  await expect(tip).toBeVisible();
  await harriet.look('tip');
  await page.keyboard.press('Escape');
  await expect(tip).toHaveCount(0);
  await page.mouse.move(0, 0);

  await harriet.pointsAfter('sleep in their clothes');
  await page.keyboard.press('Alt+F10');
  await page.keyboard.press('ArrowRight');
  for (const name of ['Italic', 'Link']) {
    await page.keyboard.press('ArrowRight');
    // The one before may be on its way out still.
    await expect(tip.filter({ hasText: new RegExp(`^${name}`, 'u') })).toBeVisible();
    await expect(tip).toHaveCount(1);
  }
  await page.keyboard.press('Escape');
  await expect(tip).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Link', exact: true })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(harriet.editor).toBeFocused();
  await expect(page.locator('[title]')).toHaveCount(0);
});

test('the address keeps what a list shows, and a page that one comes to has the focus and says its name', async ({ world }) => {
  const harriet = await world.signedIn('coordinator', COORDINATOR);
  const { page } = harriet;
  const counted = (count: string) => expect(page.getByRole('status').filter({ hasText: new RegExp(`^${count}$`, 'u') })).toBeVisible();
  await page.getByRole('link', { name: 'Organisations' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Organisations' })).toBeFocused();
  await expect(page.getByRole('status').filter({ hasText: 'Organisations – Undersigned' })).toBeAttached();
  await page.getByLabel('Region').selectOption({ label: 'Africa' });
  await counted('14 organisations');
  await page.getByRole('searchbox').fill('amahoro');
  await counted('1 organisation');
  await expect(page).toHaveURL(/region=African\+Group&search=amahoro|search=amahoro&region=African\+Group/u);
  await page.getByRole('row').last().getByRole('link').click();
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await page.goBack();
  await counted('1 organisation');
  await expect(page.getByRole('searchbox')).toHaveValue('amahoro');
  await page.reload();
  await counted('1 organisation');
  await page.getByRole('searchbox').fill('');
  await counted('14 organisations');
  await page.evaluate(() => scrollTo(0, 300));
  await page.getByRole('row').nth(9).getByRole('link').click();
  await expect(page).toHaveURL(/organisations\/[0-9a-z]+$/u);
  await page.goBack();
  await expect.poll(() => page.evaluate(() => scrollY)).toBe(300);

  await page.getByRole('link', { name: 'Home', exact: true }).click();
  await page.getByRole('button', { name: 'Published' }).click();
  await page.reload();
  await expect(page.getByRole('button', { name: 'Published' })).toHaveAttribute('aria-pressed', 'true');
  const start = page.getByRole('button', { name: 'Start a statement' });
  await start.click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await expect(start).toBeFocused();

  await opensARound(harriet);
  await page.getByRole('button', { name: 'All' }).click();
  await page.reload();
  await expect(page.getByText('Round open')).toBeVisible();
  await page.getByRole('link', { name: TITLE }).first().click();
  await page.getByRole('button', { name: /^All 71/u }).click();
  await page.getByRole('searchbox').fill('peru');
  await expect(page).toHaveURL(/search=peru/u);
  const extend = page.getByRole('button', { name: 'Extend…' });
  await extend.click();
  await expect(page.getByRole('dialog')).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await expect(page).toHaveURL(/answer=all&search=peru/u);
  await expect(extend).toBeFocused();
  await page.reload();
  await expect(page.getByRole('button', { name: /^All 71/u })).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByRole('searchbox')).toHaveValue('peru');
});

for (const [size, options] of [
  ['on a phone', PHONE],
  ['on a phone with its keyboard open', { ...PHONE, viewport: { width: 390, height: 420 } }],
  ['on a desk', {}],
] as const) {
  test(`who writes deep in a text sees there whether it is saved, and that it has ended, ${size}`, async ({ world }) => {
    const name = size.replaceAll(' ', '-');
    const harriet = await world.signedIn('coordinator', COORDINATOR);
    const francois = await world.signedIn('drafter', DRAFTERS[0], options);
    const { page } = francois;
    await francois.opensStatement(TITLE);
    await francois.seesSaved();
    await francois.pointsAfter('sleep in their clothes');
    await francois.types(' Since March.');
    await francois.seesSaved();
    await expect(page.locator('[data-saved]')).toBeInViewport({ ratio: 1 });
    await francois.look(`saved-${name}`);
    // Nothing reaches the server any more, and what is typed now stays here.
    world.watch.expects(/WebSocket|ERR_|Failed to load/u);
    await world.server.isKilled();
    await francois.types(' And April.');
    await expect(page.locator('[data-saved]')).toHaveText('Offline – kept on this device');
    await expect(page.locator('[data-saved]')).toBeInViewport({ ratio: 1 });
    await francois.look(`offline-${name}`);
    await world.server.startsAgain();
    await francois.seesSaved();

    const freeze = `/api/statements/${await theStatement(harriet)}/freeze`;
    const { seen } = (await (await harriet.context.request.get(freeze)).json()) as { seen: string };
    const frozen = await harriet.context.request.post(freeze, { data: { seen } });
    expect(frozen.status(), await frozen.text()).toBe(200);
    const notice = page.getByRole('alert').filter({ hasText: 'this text has been frozen' });
    await expect(notice).toBeInViewport({ ratio: 1 });
    await expect(notice).toBeFocused();
    const [{ y: above = 0, height = 0 } = {}, line] = [(await notice.boundingBox()) ?? {}, await caretOf(page)];
    expect(line.bottom <= above || line.top >= above + height, 'the notice does not lie over the line one was at').toBe(true);
    await francois.look(`frozen-${name}`);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect(page.getByText('sleep in their clothes')).toBeVisible();
    await expect(page.getByRole('heading', { level: 1, name: TITLE }).first()).toBeFocused();
  });
}

/** The line where the selection ends, in the window. */
async function caretOf(page: Person['page']): Promise<{ top: number; bottom: number }> {
  return page.evaluate(() => {
    const at = getSelection();
    const range = document.createRange();
    if (at?.focusNode) range.setStart(at.focusNode, at.focusOffset);
    const { top, bottom } = range.getBoundingClientRect();
    return { top, bottom };
  });
}
