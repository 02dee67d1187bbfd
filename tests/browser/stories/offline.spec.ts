// Words written where there is no server: they are on the device, and the page says so; they survive whatever happens to the page and
// to the server, reach it once, and leave with their writer. Of others, the device has what its person may see now, and nothing else.
import { expect, test, type Person, type World } from '../world/index.ts';
import { isReadyForTheRoad, keptBy } from '../world/kept.ts';
import { COORDINATOR, DRAFTERS, TITLE } from '../world/register.ts';

const HOUR = 3600;
const AFTER = 'Our members do not ask the Council';
const OF_OTHERS = 'sleep in their clothes';

/** A page without a network says so in its console, and so does one whose question is refused. */
function expectsSilence(world: World): void {
  world.watch.expects(/ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_REFUSED|WebSocket connection to|status of 40[134]|ERR_NETWORK_CHANGED|ERR_FAILED/u);
}

async function atTheDraft(world: World): Promise<Person> {
  expectsSilence(world);
  const francois = await world.signedIn('drafter', DRAFTERS[0]);
  await francois.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await francois.opensStatement(TITLE);
  await francois.seesSaved();
  await isReadyForTheRoad(francois, OF_OTHERS);
  return francois;
}

async function seesKept(person: Person): Promise<void> {
  await expect(person.page.locator('[data-saved="offline-kept"]')).toHaveText('Offline – kept on this device');
}

async function writes(person: Person, words: string): Promise<void> {
  await person.pointsAfter(AFTER);
  await person.types(words);
}

async function showsOnce(person: Person, ...words: string[]): Promise<void> {
  for (const one of words) await expect(person.editor).toContainText(one);
  const text = (await person.editor.textContent()) ?? '';
  for (const one of words) expect(text.split(one).length - 1, `“${one}” stands once`).toBe(1);
}

async function another(world: World): Promise<Person> {
  const wanjiru = await world.signedIn('another drafter', DRAFTERS[1]);
  await wanjiru.opensStatement(TITLE);
  return wanjiru;
}

test('words survive a reload without a network, a page that crashes and a server that is shut, and arrive once', async ({ world }) => {
  const francois = await atTheDraft(world);
  await francois.context.setOffline(true);
  await writes(francois, ' Written on a train.');
  await seesKept(francois);
  await francois.look('kept');

  await francois.page.reload();
  await seesKept(francois);
  await showsOnce(francois, 'Written on a train.', OF_OTHERS);
  await writes(francois, ' And on another.');
  await seesKept(francois);

  const address = francois.page.url();
  const crashed = francois.page.waitForEvent('crash');
  francois.page.goto('chrome://crash').catch(() => undefined);
  await crashed;
  const again = await francois.beside();
  await francois.page.close();
  await again.goes(address);
  await seesKept(again);
  await showsOnce(again, 'Written on a train.', 'And on another.');

  await again.goes('/app');
  await expect(again.page.getByRole('alert').first()).toContainText('The server does not answer.');
  await again.look('home');
  await again.goes(address);

  await world.server.isKilled();
  await again.context.setOffline(false);
  await again.page.reload();
  await seesKept(again);
  await writes(again, ' With the server shut.');
  await seesKept(again);

  await world.server.startsAgain();
  await again.seesSaved();
  await expect.poll(async () => (await keptBy(again)).rows.unsent).toBe(0);
  const wanjiru = await another(world);
  await showsOnce(wanjiru, 'Written on a train.', 'And on another.', 'With the server shut.');
});

test('on Monday morning one is signed out, nothing but one’s own unsent words is on the device, and signing in saves them', async ({ world }) => {
  const francois = await atTheDraft(world);
  await francois.context.setOffline(true);
  await writes(francois, ' Written on Friday.');
  await seesKept(francois);
  await world.server.advances(60 * HOUR);
  await francois.context.setOffline(false);
  const notice = francois.page.getByRole('alert');
  await expect(notice).toContainText('You are signed out.');
  await expect(notice).toContainText('What you wrote is kept on this device, but not saved.');
  await hasOnlyOwnWords(francois);

  await francois.page.reload();
  await expect(francois.page.getByRole('heading', { name: 'You are signed out' })).toBeVisible();
  await francois.look('signed-out');
  await hasOnlyOwnWords(francois);

  // Somebody else at the same machine is shown nothing of it, sends nothing of it and takes nothing away.
  await francois.signsInBeside(COORDINATOR);
  await francois.opensStatement(TITLE);
  await francois.seesSaved();
  await expect(francois.editor).not.toContainText('Written on Friday.');
  await francois.signsOutBeside();

  // After signing in no draft is opened: the words are saved from wherever one is.
  await francois.signsIn();
  const wanjiru = await another(world);
  await showsOnce(wanjiru, 'Written on Friday.');
  await expect.poll(async () => (await keptBy(francois)).rows.unsent).toBe(0);
});

async function hasOnlyOwnWords(person: Person): Promise<void> {
  await expect.poll(async () => (await keptBy(person)).rows).toMatchObject({ seen: 0, statements: 0, texts: 0 });
  const { rows, text } = await keptBy(person);
  expect(rows.unsent).toBeGreaterThan(0);
  for (const word of [OF_OTHERS, TITLE, person.email, 'Council']) expect(text).not.toContain(word);
}

test('a right that was taken meanwhile takes the text with it and leaves one’s own words, to be copied', async ({ world }) => {
  const francois = await atTheDraft(world);
  const harriet = await world.signedIn('coordinator', COORDINATOR);
  await francois.context.setOffline(true);
  await writes(francois, ' Written in vain.');
  await seesKept(francois);
  await takesOut(harriet, /statements\/([0-9a-z]+)/u.exec(francois.page.url())?.[1] ?? '', 'AJO');
  await francois.context.setOffline(false);
  await expect(francois.page.getByRole('alert')).toContainText('You may no longer write in this statement.');
  await expect.poll(async () => (await keptBy(francois)).rows).toMatchObject({ statements: 0, texts: 0 });
  expect((await keptBy(francois)).text).not.toContain(OF_OTHERS);

  await francois.goes('/app');
  const words = francois.page.getByRole('complementary', { name: 'Words that are not saved' });
  await expect(words).toContainText('Written in vain.');
  await francois.look('stranded');
  await words.getByRole('button', { name: 'Copy it' }).click();
  await expect(words).toContainText('Copied');
  expect(await francois.page.evaluate(() => navigator.clipboard.readText())).toBe('Written in vain.');
  await words.getByRole('button', { name: 'Delete it from this device' }).click();
  await expect(words).toHaveCount(0);
  expect((await keptBy(francois)).rows.unsent).toBe(0);
});

async function takesOut(coordinator: Person, statement: string, acronym: string): Promise<void> {
  const { request } = coordinator.context;
  const { drafters } = (await (await request.get(`/api/statements/${statement}`)).json()) as { drafters: { id: string; acronym: string }[] };
  const address = `/api/statements/${statement}/drafters`;
  const { seen } = (await (await request.get(address)).json()) as { seen: string };
  const organisations = drafters.filter((one) => one.acronym !== acronym).map(({ id }) => ({ id, may: 'edit' }));
  const done = await request.put(address, { data: { organisations, seen } });
  expect(done.status(), await done.text()).toBe(200);
}

test('signing out asks about words that no server has, and leaves nothing on the device, in no tab', async ({ world }) => {
  const francois = await atTheDraft(world);
  const beside = await francois.beside();
  await beside.goes(francois.page.url());
  await beside.seesSaved();
  await francois.turns();
  await francois.context.setOffline(true);
  await writes(francois, ' Nobody shall read this.');
  await seesKept(francois);

  await francois.page.getByRole('link', { name: 'Undersigned, home' }).click();
  const dialog = await asksToSignOut(francois);
  await expect(dialog).toContainText('they are kept on this device alone');
  await francois.look('warned');
  await dialog.getByRole('button', { name: 'Sign out and lose them' }).click();
  await expect(francois.page.getByRole('dialog', { name: 'You are not signed out yet' })).toBeVisible();
  await expect.poll(async () => (await keptBy(francois)).rows).toEqual({ seen: 0, statements: 0, texts: 0, unsent: 0 });
  const { text, caches } = await keptBy(francois);
  expect(caches).toEqual([]);
  expect(text).not.toContain('client-ids');

  await francois.context.setOffline(false);
  await francois.page.getByRole('button', { name: 'Sign out again' }).click();
  await expect(francois.page).toHaveURL(/\/sign-in$/u);
  await expect(beside.page).not.toHaveURL(/statements/u);
  await francois.goes('/app');
  await expect(francois.page.getByRole('heading', { name: 'You are signed out' })).toBeVisible();
  const after = await keptBy(francois);
  expect(after.rows).toEqual({ seen: 0, statements: 0, texts: 0, unsent: 0 });
});

test('a browser that will not remove what it kept says so when one has signed out', async ({ world }) => {
  const francois = await atTheDraft(world);
  await francois.page.getByRole('link', { name: 'Undersigned, home' }).click();
  await francois.page.evaluate(() => {
    IDBObjectStore.prototype.clear = () => {
      throw new DOMException('The disk is at fault.', 'UnknownError');
    };
  });
  await francois.page.getByRole('button', { name: /your account$/u }).click();
  await francois.page.getByRole('menuitem', { name: 'Sign out' }).click();
  const dialog = francois.page.getByRole('dialog', { name: 'You are signed out, but this browser kept something' });
  await expect(dialog).toContainText('Remove the data of this site');
  await francois.look('left-behind');
  await dialog.getByRole('button', { name: 'Go on' }).click();
  await expect(francois.page).toHaveURL(/\/sign-in$/u);
});

async function asksToSignOut(person: Person) {
  await person.page.getByRole('button', { name: /your account$/u }).click();
  await person.page.getByRole('menuitem', { name: 'Sign out' }).click();
  return person.page.getByRole('dialog');
}

test('two tabs of one person write without a network, are loaded again, and every word arrives once', async ({ world }) => {
  const one = await atTheDraft(world);
  const other = await one.beside();
  await other.goes(one.page.url());
  await other.seesSaved();
  await one.context.setOffline(true);
  await one.turns();
  await writes(one, ' From the first tab.');
  await seesKept(one);
  await other.turns();
  await writes(other, ' From the second tab.');
  await seesKept(other);
  for (const tab of [one, other]) {
    await tab.turns();
    await tab.page.reload();
    await seesKept(tab);
    await showsOnce(tab, 'From the first tab.', 'From the second tab.');
  }
  await writes(other, ' From the second, later.');
  await one.context.setOffline(false);
  for (const tab of [one, other]) {
    await tab.turns();
    await tab.seesSaved();
    await showsOnce(tab, 'From the first tab.', 'From the second tab.', 'From the second, later.');
  }
  const wanjiru = await another(world);
  await showsOnce(wanjiru, 'From the first tab.', 'From the second tab.', 'From the second, later.');
  await expect.poll(async () => (await keptBy(one)).rows.unsent).toBe(0);
});
