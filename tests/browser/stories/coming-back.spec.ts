// A page that comes back: from sleep, from a train without a network, after its session ended or its right was taken. It says
// which, keeps the words on the screen, lets them be copied, and saves them when it may, in nobody else's name.
import { OtherClient } from '../world/client.ts';
import { expect, test, type Person, type World } from '../world/index.ts';
import { COORDINATOR, DRAFTERS, TITLE } from '../world/register.ts';

const HOUR = 3600;
const AFTER = 'Our members do not ask the Council';
const WORDS = 'Written on a train.';

/** A page without a network says so in its console, and so does one whose question is refused. */
function expectsSilence(world: World): void {
  world.watch.expects(/ERR_INTERNET_DISCONNECTED|WebSocket connection to|status of 40[134]|ERR_NETWORK_CHANGED|status of 409/u);
}

async function atTheDraft(world: World): Promise<Person> {
  const francois = await world.signedIn('drafter', DRAFTERS[0]);
  await francois.context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await francois.opensStatement(TITLE);
  await francois.pointsAfter(AFTER);
  return francois;
}

/** No network, and words that exist only on this device. */
async function writesInTheDark(person: Person): Promise<void> {
  await person.context.setOffline(true);
  await expect(person.page.locator('[data-saved="offline"]')).toHaveText('Offline');
  await person.types(` ${WORDS}`);
  await expect(person.page.locator('[data-saved="offline-kept"]')).toHaveText('Offline – kept on this device');
}

async function comesBackTo(person: Person, sentence: string): Promise<void> {
  await person.context.setOffline(false);
  const notice = person.page.getByRole('alert');
  await expect(notice).toContainText(sentence);
  await expect(notice).toContainText('What you wrote is kept on this device, but not saved.');
  await expect(person.editor).toContainText(WORDS);
  await expect(person.editor).toHaveAttribute('contenteditable', 'false');
  await notice.getByRole('button', { name: 'Copy the whole text' }).click();
  await expect(notice).toContainText('Copied');
  expect(await person.page.evaluate(() => navigator.clipboard.readText())).toContain(WORDS);
}

async function isSaved(person: Person): Promise<void> {
  await person.seesSaved();
  await expect(person.page.getByRole('alert')).toHaveCount(0);
  await expect(person.editor).toHaveAttribute('contenteditable', 'true');
}

const statementOf = (person: Person) => /statements\/([0-9a-z]+)/u.exec(person.page.url())?.[1] ?? '';

test('a laptop that was closed for sixty hours says that one is signed out, and saves the words after signing in beside it', async ({ world }) => {
  expectsSilence(world);
  const francois = await atTheDraft(world);
  await writesInTheDark(francois);
  await world.server.advances(60 * HOUR);
  await comesBackTo(francois, 'You are signed out.');
  await francois.look('signed-out');
  await francois.signsInBeside();
  await isSaved(francois);
  const wanjiru = await world.signedIn('another drafter', DRAFTERS[1]);
  await wanjiru.opensStatement(TITLE);
  await expect(wanjiru.editor).toContainText(WORDS);
});

test('who signs out in another tab sees it here, and comes back when signed in again', async ({ world }) => {
  expectsSilence(world);
  const francois = await atTheDraft(world);
  await francois.types(' Saved before.');
  await francois.seesSaved();
  await francois.signsOutBeside();
  // Rooms look at every session again each half minute; the clock of the story needs no patience.
  await world.server.advances(60);
  await expect(francois.page.getByRole('alert')).toContainText('You are signed out.');
  await expect(francois.editor).toContainText('Saved before.');
  await francois.signsInBeside();
  await isSaved(francois);
});

test('whoever else signs in at this browser is given nobody’s words', async ({ world }) => {
  expectsSilence(world);
  const francois = await atTheDraft(world);
  const wanjiru = await world.signedIn('another drafter', DRAFTERS[1]);
  await wanjiru.opensStatement(TITLE);
  await writesInTheDark(francois);
  await francois.signsOutBeside();
  await comesBackTo(francois, 'You are signed out.');
  await francois.signsInBeside(COORDINATOR);
  await expect(francois.page.getByRole('alert')).toContainText('Another person is signed in now than the one who opened this page.');
  await expect(francois.editor).toContainText(WORDS);
  await francois.look('another-person');
  // The page has looked, and sent nothing: what is typed afterwards comes through, and these words have not.
  await wanjiru.pointsAfter('First, the language of public life');
  await wanjiru.types(' Typed meanwhile.');
  await wanjiru.seesSaved();
  await expect(wanjiru.editor).not.toContainText(WORDS);

  await francois.signsInBeside();
  await isSaved(francois);
  await expect(francois.editor).toContainText('Typed meanwhile.');
  await expect(wanjiru.editor).toContainText(WORDS);
});

test('a drafter whose organisation is taken out while cut off keeps the words, and saves them when it is let in again', async ({ world }) => {
  expectsSilence(world);
  const francois = await atTheDraft(world);
  const harriet = await world.signedIn('coordinator', COORDINATOR);
  const drafters = `/api/statements/${statementOf(francois)}/drafters`;
  const { drafters: all } = (await (await harriet.context.request.get(`/api/statements/${statementOf(francois)}`)).json()) as {
    drafters: { id: string; acronym: string }[];
  };
  const set = async (wanted: typeof all) => {
    const { seen } = (await (await harriet.context.request.get(drafters)).json()) as { seen: string };
    const done = await harriet.context.request.put(drafters, { data: { organisations: wanted.map(({ id }) => ({ id, may: 'edit' })), seen } });
    expect(done.status(), await done.text()).toBe(200);
  };
  await writesInTheDark(francois);
  await set(all.filter(({ acronym }) => acronym !== 'AJO'));
  await comesBackTo(francois, 'You may no longer write in this statement.');
  await francois.look('no-right');
  await set(all);
  await isSaved(francois);
});

test('a text that was frozen while one was cut off keeps one’s words beside it until it is opened again', async ({ world }) => {
  expectsSilence(world);
  const francois = await atTheDraft(world);
  const harriet = await world.signedIn('coordinator', COORDINATOR);
  const act = async (name: string) => {
    const path = `/api/statements/${statementOf(francois)}/${name}`;
    const { seen } = (await (await harriet.context.request.get(path)).json()) as { seen: string };
    const done = await harriet.context.request.post(path, { data: { seen } });
    expect(done.status(), await done.text()).toBe(200);
  };
  await writesInTheDark(francois);
  await act('freeze');
  await comesBackTo(francois, 'You can no longer edit: this text has been frozen.');
  await act('reopen');
  await isSaved(francois);
});

test('a draft left open and idle keeps its socket', async ({ world }) => {
  const francois = await world.person('drafter', DRAFTERS[0]);
  await francois.page.clock.install();
  let sockets = 0;
  let frames = 0;
  francois.page.on('websocket', (socket) => {
    sockets += 1;
    socket.on('framereceived', () => (frames += 1));
  });
  await francois.signsIn();
  await francois.opensStatement(TITLE);
  await francois.page.clock.runFor(2_000);
  await francois.seesSaved();
  expect(sockets).toBe(1);
  const client = await OtherClient.joins(world.server.url, statementOf(francois), francois);
  // Three minutes in which nobody does anything, twenty seconds at a time on both clocks.
  for (let minute = 0; minute < 3; minute += 1 / 3) {
    const before = frames;
    await world.server.advances(20);
    await expect.poll(() => frames, { message: 'the server says something' }).toBeGreaterThan(before);
    await francois.page.clock.runFor(20_000);
  }
  expect(sockets).toBe(1);
  await francois.seesSaved();
  // What says nothing disturbs nobody: a provider that is not ours is still in step.
  client.writes('Written by another program.');
  await expect(francois.editor).toContainText('Written by another program.');
  client.leaves();
});
