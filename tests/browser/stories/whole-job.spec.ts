// The whole job, as a coalition does it: write, freeze, ask, answer, close, publish, deliver, check.
import { lettersTo } from '../world/letters.ts';
import { OtherClient } from '../world/client.ts';
import { asksForEverything, type Ids } from '../world/crawl.ts';
import { bent, closedUp, isDrawnInAnotherOrder, rewritten, wordsOf } from '../world/evidence.ts';
import { expect, PHONE, test, WITHOUT_SCRIPTS, type Person, type World } from '../world/index.ts';
import { COORDINATOR, declining, DELEGATE, DRAFTERS, invited, organisation, signing, TITLE, withdrawing, type Organisation } from '../world/register.ts';
import { lettersToOthers, traces } from '../world/secrets.ts';

const MINUTE = 60;
const DAY = 24 * 60 * MINUTE;
const named = signing.filter(({ withheld }) => !withheld);
const hidden = signing.filter(({ withheld }) => withheld);
const REASON = 'Our board does not meet before the deadline.';
const FROM_GENEVA = 'Silence is read as permission.';
const FROM_NAIROBI = 'We have heard these words before.';

test('a coalition writes, signs and delivers a statement, and a stranger can check it', async ({ world }) => {
  expect([named.length, hidden.length, invited.length]).toEqual([29, 9, 44]);
  const francois = await world.signedIn('drafter in Geneva', DRAFTERS[0]);
  const wanjiru = await world.signedIn('drafter in Nairobi', DRAFTERS[1]);
  const harriet = await world.signedIn('coordinator', COORDINATOR);

  const statement = await test.step('two drafters of different organisations write at the same time', () => drafting(francois, wanjiru));
  const words = await test.step('the coordinator freezes the text, and nobody can edit it', () => freezing(world, harriet, francois, statement));
  const round = await test.step('the coordinator opens a round for 44 organisations', () => opening(harriet, statement));
  await test.step('42 of them answer through the letters they were sent', () => answering(world));

  const delegate = await world.signedIn('delegate', DELEGATE);
  const editions = (await (await harriet.context.request.get(`/api/statements/${statement}`)).json()) as { edition: { id: string } };
  const { versions } = (await (await harriet.context.request.get(`/api/statements/${statement}/versions`)).json()) as { versions: { id: string }[] };
  const register = (await (await harriet.context.request.get('/api/organisations')).json()) as { organisations: { id: string }[] };
  const ids: Ids = { statements: [statement], rounds: [round], editions: [editions.edition.id], versions: versions.map(({ id }) => id), organisations: register.organisations.map(({ id }) => id) };
  const outside = await world.person('stranger', '', WITHOUT_SCRIPTS);
  const others = [outside, francois, delegate];
  await test.step('others ask for all they can while the round is open', () => asking(world, others, ids));
  // A drafter's page is still open. Its session ends with the week; it asks whether the draft is open again, and is told so.
  world.watch.expects(/^drafter in (?:Nairobi|Geneva): .*\/api\/(?:me|statements\/[0-9a-z]+(?:\/(?:threads|brackets|suggestions)(?:\?known=[0-9a-f]+)?)?): .*status of 401/u);
  await test.step('the clock closes the round', () => closing(world, harriet));
  await test.step('the coordinator publishes', () => publishing(harriet));
  // Their sessions ended with the week; members read the result like everybody else, signed in anew.
  await francois.signsIn();
  await delegate.signsIn();
  await francois.opensStatement(TITLE);
  await expect(francois.page.getByRole('link', { name: 'Public page' })).toBeVisible();
  await francois.look('member-published');
  await delegate.opensStatement(TITLE);
  await expect(delegate.page.getByRole('link', { name: 'Public page' })).toBeVisible();
  await delegate.look('delegate-published');

  await test.step('a stranger without scripts reads, downloads and checks', () => delivering(world, outside, statement, words));
  await test.step('others ask for all they can once more', () => asking(world, others, ids));
  await test.step('no withheld name is anywhere it must not be', () => searching(world));
});

async function drafting(francois: Person, wanjiru: Person): Promise<string> {
  await francois.opensStatement(TITLE);
  await wanjiru.opensStatement(TITLE);
  await expect(francois.editor).toContainText('sleep in their clothes');
  await expect(wanjiru.editor).toContainText('sleep in their clothes');
  await francois.pointsAfter('Our members do not ask the Council');
  await wanjiru.pointsAfter('First, the language of public life');
  await Promise.all([francois.types(` ${FROM_GENEVA}`), wanjiru.types(` ${FROM_NAIROBI}`)]);
  await expect(francois.editor).toContainText(FROM_NAIROBI);
  await expect(wanjiru.editor).toContainText(FROM_GENEVA);
  await expect(francois.page.locator('.caret bdi')).toHaveText('BCAP');
  await expect(wanjiru.page.locator('.caret bdi')).toHaveText('AJO');
  await expect(francois.page.getByRole('button', { name: '1 other person here' })).toContainText('BCAP');
  await francois.seesSaved();
  await wanjiru.seesSaved();
  await francois.look('draft');
  await Promise.all([francois.page.reload(), wanjiru.page.reload()]);
  for (const one of [francois, wanjiru]) {
    await expect(one.editor).toContainText(FROM_GENEVA);
    await expect(one.editor).toContainText(FROM_NAIROBI);
  }
  return /statements\/([0-9a-z]+)/u.exec(francois.page.url())?.[1] ?? '';
}

async function freezing(world: World, harriet: Person, francois: Person, statement: string): Promise<string> {
  const client = await OtherClient.joins(world.server.url, statement, francois);
  await harriet.opensStatement(TITLE);
  await harriet.page.getByRole('link', { name: 'Freeze…' }).click();
  await expect(harriet.page.getByRole('heading', { name: 'Freeze this text as Rev.1?' })).toBeVisible();
  await harriet.look('freeze');
  await harriet.page.getByRole('button', { name: 'Freeze as Rev.1' }).click();
  await expect(harriet.page.getByRole('heading', { name: 'The text is frozen as Rev.1' }).last()).toBeVisible();
  await harriet.look('frozen');

  await expect(francois.page.getByRole('alert')).toContainText('You can no longer edit: this text has been frozen.');
  await expect(francois.editor).toHaveAttribute('contenteditable', 'false');
  await francois.look('draft-frozen');
  // No page stands in this one's way; the server does.
  await client.isShutOut();
  client.writes('Smuggled in.');
  client.leaves();
  const late = await francois.context.request.post(`/api/statements/${statement}/ticket`, { data: {} });
  if (late.ok()) {
    const again = await OtherClient.joins(world.server.url, statement, francois);
    again.writes('Smuggled in.');
    await again.isShutOut();
    again.leaves();
  }
  await francois.page.getByRole('button', { name: 'Show the frozen text' }).click();
  await expect(francois.page.getByText('The text is settled')).toBeVisible();
  await expect(francois.page.locator('main')).toContainText(FROM_NAIROBI);
  await expect(francois.page.locator('main')).not.toContainText('Smuggled in.');
  await francois.look('settled');
  return FROM_NAIROBI;
}

async function opening(harriet: Person, statement: string): Promise<string> {
  const { page } = harriet;
  await page.getByRole('link', { name: 'Open a round…' }).click();
  const list = page.getByRole('list', { name: 'Organisations' });
  for (const { name, acronym } of invited) {
    // Chapters share their name; the acronym tells them apart.
    const row = list.getByRole('listitem').filter({ has: page.locator('bdi').getByText(name, { exact: true }) });
    await row.filter({ has: page.locator('.sub2').getByText(new RegExp(`(?:^|· )${acronym} ·`, 'u')) }).getByRole('checkbox').check();
  }
  await expect(page.getByText('44 organisations chosen')).toBeVisible();
  const { now } = (await (await harriet.context.request.get('/api/me')).json()) as { now: string };
  await page.getByLabel('Day').fill(new Date(Date.parse(now) + 7 * DAY * 1000).toISOString().slice(0, 10));
  await page.getByLabel(/^Hour in/u).fill('17:00');
  await harriet.look('open-round');
  await page.getByRole('button', { name: 'Look at it once more…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Ask 44 organisations to sign?' });
  await expect(dialog).toBeVisible();
  await harriet.look('open-round-confirm');
  await dialog.getByRole('button', { name: 'Open the round and invite 44 organisations' }).click();
  await expect(page.getByRole('heading', { name: '0 of 44 answered' })).toBeVisible();
  await harriet.look('round-open');
  const { round } = (await (await harriet.context.request.get(`/api/statements/${statement}`)).json()) as { round: { id: string } };
  return round.id;
}

/** Some on a phone with their thumbs, one without scripts, the others by the same links, forms and codes. */
async function answering(world: World): Promise<void> {
  const byHand = [1, 5, 12, 71, 3, 8].map(organisation);
  const withoutScripts = organisation(11);
  for (const one of byHand) await answersOnAPhone(world, one);
  await answersWithoutScripts(world, withoutScripts);
  for (const one of [...signing, ...declining]) {
    if (one === withoutScripts || byHand.includes(one)) continue;
    // People answer on different days; and one address may not ask too often in a minute.
    await world.server.advances(MINUTE);
    const someone = await world.person(`signer of ${one.ref}`, one.signer);
    await someone.answersBriefly(
      declining.includes(one)
        ? { act: 'decline', reason: REASON }
        : { act: 'sign', visibility: one.withheld ? 'withheld' : 'public', authority: 'on', title: 'Signing authority' },
    );
    await someone.leaves();
  }
}

async function answersOnAPhone(world: World, one: Organisation): Promise<void> {
  const someone = await world.person(`signer of ${one.ref}`, one.signer, PHONE);
  await someone.opensTheLetter();
  await someone.look(`phone-${one.ref}-letter`);
  if (declining.includes(one)) {
    await someone.declines(REASON);
  } else {
    // The register's usual visibility is chosen already; nobody is asked to undo a choice.
    const usual = one.withheld ? 'Name withheld' : 'Public';
    await expect(someone.page.getByRole('radio', { name: usual })).toBeChecked();
    await expect(someone.page.getByRole('checkbox', { name: /I may sign statements/u })).not.toBeChecked();
    await someone.signsOn(usual);
  }
  await someone.look(`phone-${one.ref}-receipt`);
  if (withdrawing.includes(one)) {
    await someone.page.getByRole('link', { name: 'Withdraw the sign-on…' }).click();
    await someone.withdraws();
    await someone.look(`phone-${one.ref}-withdrawn`);
  }
  await someone.leaves();
}

async function answersWithoutScripts(world: World, one: Organisation): Promise<void> {
  const someone = await world.person(`signer of ${one.ref}`, one.signer, { ...PHONE, ...WITHOUT_SCRIPTS });
  await someone.opensTheLetter();
  await someone.signsOn('Public');
  await someone.look(`no-scripts-${one.ref}-receipt`);
  await someone.leaves();
}

async function asking(world: World, people: Person[], ids: Ids): Promise<void> {
  for (const one of people) expect(await asksForEverything(one, world.watch, ids)).toBeGreaterThan(80);
}

async function closing(world: World, harriet: Person): Promise<void> {
  await world.server.advances(8 * DAY);
  // A session does not outlast a week.
  await harriet.signsIn();
  await harriet.look('home-closed');
  await harriet.page.getByRole('link', { name: 'Look and publish' }).click();
  await harriet.page.getByRole('navigation', { name: 'Statement' }).getByRole('link', { name: 'Round' }).click();
  const { page } = harriet;
  await expect(page.getByRole('heading', { name: '38 of 44 signed' })).toBeVisible();
  for (const figure of ['29 signed, public', '9 signed, name withheld', '2 did not answer', '3 declined, 1 withdrawn']) {
    await expect(page.getByRole('listitem').filter({ hasText: figure }).first()).toBeVisible();
  }
  await page.getByRole('button', { name: /^All/u }).click();
  await harriet.look('round-closed');

  // Only now, only here, and on record.
  for (const { name } of hidden) await expect(page.getByText(name, { exact: true })).toHaveCount(0);
  await page.getByRole('button', { name: 'Reveal names…' }).click();
  await page.getByRole('dialog', { name: 'Show the 9 withheld names?' }).getByRole('button', { name: 'Show me the names' }).click();
  for (const { name } of hidden) await expect(page.getByText(name, { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Hide the names' }).click();
  await page.getByRole('navigation', { name: 'Statement' }).getByRole('link', { name: 'History' }).click();
  await expect(page.getByText('Looked at the 9 withheld names')).toBeVisible();
  await harriet.look('history');
}

async function publishing(harriet: Person): Promise<void> {
  const { page } = harriet;
  await page.getByRole('navigation', { name: 'Statement' }).getByRole('link', { name: 'Publish' }).click();
  await expect(page.getByRole('heading', { name: 'Publish this statement?' })).toBeVisible();
  await harriet.look('publish');
  await page.getByRole('button', { name: 'Publish with 29 names' }).click();
  await expect(page.getByRole('heading', { name: 'This statement is public' })).toBeVisible();
  await harriet.look('published');
}

async function delivering(world: World, stranger: Person, statement: string, paragraph: string): Promise<void> {
  const { page } = stranger;
  await stranger.goes(`/s/${statement}`);
  await expect(page.getByRole('heading', { name: TITLE })).toBeVisible();
  await expect(page.getByText('29 organisations in public')).toBeVisible();
  await expect(page.getByText('and 9 organisations whose names are withheld')).toBeVisible();
  await expect(page.getByText(paragraph)).toBeVisible();
  const shown = await page.locator('.sigs.cols .sig > span:first-child').allTextContents();
  expect(shown.toSorted()).toEqual(named.map(({ name }) => name).toSorted());
  await stranger.look('public-page');

  const pdf = await downloads(stranger, /Statement, PDF/u);
  const words = wordsOf(pdf);
  const wanted = [TITLE, paragraph, 'and 9 organisations whose names are withheld', ...named.map(({ name }) => name).filter((name) => !isDrawnInAnotherOrder(name))];
  expect(wanted.filter((one) => !words.includes(closedUp(one)))).toEqual([]);
  world.watch.keeps('stranger', 'the PDF', words);
  world.watch.keeps('stranger', 'the plain text', (await downloads(stranger, /Statement, plain text/u)).toString('utf8'));

  const bundle = (await downloads(stranger, /Evidence bundle/u)).toString('utf8');
  world.watch.keeps('stranger', 'the bundle', bundle);
  const key = /--key (\S+)/u.exec(await page.locator('code.command').innerText())?.[1];
  expect(world.server.verify(bundle, key)).toMatchObject({ code: 0 });
  expect(world.server.verify(bundle)).toMatchObject({ code: 3 });
  expect(rewritten(bundle)).toBe(bundle);
  for (const [what, file] of Object.entries(bent(bundle))) expect({ what, ...world.server.verify(file, key) }).toMatchObject({ what, code: 1 });
}

/** Follows a link of the page that leads to a file. */
async function downloads(stranger: Person, link: RegExp): Promise<Buffer> {
  const href = await stranger.page.getByRole('link', { name: link }).getAttribute('href');
  const file = await stranger.context.request.get(href ?? '');
  expect(file.status()).toBe(200);
  return file.body();
}

async function searching(world: World): Promise<void> {
  const { seen, urls } = world.watch;
  const theirOwn = new Set(['coordinator', ...hidden.map(({ ref }) => `signer of ${ref}`)]);
  const given = seen.filter(({ who }) => !theirOwn.has(who));
  const letters = lettersToOthers(world.server.data, hidden);
  const people = [...new Set(invited.filter((one) => !hidden.includes(one)).flatMap(({ focalPoint, signer }) => [focalPoint, signer])), COORDINATOR, DELEGATE];
  const anyone = await world.person('anyone', '');
  for (const email of people) {
    letters.push(...(await lettersTo(anyone.context.request, world.server.url, email)).map((letter) => ({ who: email, where: letter.subject, text: `${letter.subject}\n${letter.body}` })));
  }
  // The demo's letter page takes an address to filter by; there is no such page in earnest.
  const visited = urls.filter(({ url }) => new URL(url).pathname !== '/letters').map(({ who, url }) => ({ who, where: 'an address', text: url }));
  const log = [{ who: 'the server', where: 'its log', text: world.server.log() }];

  // The search finds what is there: a number of nothing would prove nothing.
  const found = seen.filter(({ who }) => theirOwn.has(who));
  for (const one of hidden) expect(traces([one], found).length, one.ref).toBeGreaterThan(0);
  expect(given.length).toBeGreaterThan(400);
  expect(letters.length).toBeGreaterThan(100);
  expect(log[0]?.text.length).toBeGreaterThan(10_000);

  expect(traces(hidden, [...given, ...letters, ...visited, ...log])).toEqual([]);
}
