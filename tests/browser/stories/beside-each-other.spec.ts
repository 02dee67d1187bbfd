// Two at one place at once, one person in two tabs, a page of yesterday's server: what each writes stands, and each is seen.
import { pastes } from '../world/clipboard.ts';
import { blocksOf, goesToTheEnd, showTheSame, stands } from '../world/hands.ts';
import { expect, PHONE, test, type Person } from '../world/index.ts';
import { COORDINATOR, DRAFTERS, TITLE } from '../world/register.ts';

async function opens(person: Person): Promise<void> {
  await person.opensStatement(TITLE);
  await expect(person.editor).toContainText('sleep in their clothes');
}

const last = async (person: Person, blocks: number) => (await blocksOf(person)).slice(-blocks);
const letters = (blocks: string[]) => blocks.map((block) => block.replace(/^\S+ /u, '')).join(' ');

test('two people and a second tab paste at one place at once, and each takes their own back', async ({ world }) => {
  const [francois, wanjiru] = [await world.signedIn('François', DRAFTERS[0]), await world.signedIn('Wanjiru', DRAFTERS[1])];
  const beside = await francois.beside();
  const all: [Person, string][] = [[francois, 'F'], [beside, 'T'], [wanjiru, 'W']];
  for (const [one] of all) await opens(one);
  await goesToTheEnd(francois);
  await francois.page.keyboard.press('Enter');
  await francois.page.keyboard.press('Control+Alt+0');
  await francois.page.keyboard.type('QA here there');
  for (const [one] of all) {
    await one.turns();
    await stands(one, 'QA here');
  }
  await Promise.all(all.map(([one, who]) => pastes(one, `<p>${who}one</p><ul><li>${who}two</li></ul>`)));
  const words = ['Fone', 'Ftwo', 'Tone', 'Ttwo', 'Wone', 'Wtwo'];
  for (const [one] of all) {
    await expect(async () => {
      for (const word of words) expect(letters(await last(one, 8)).split(word), word).toHaveLength(2);
    }).toPass();
  }
  await showTheSame(francois, beside, wanjiru);
  for (const [one, who] of all) {
    await one.turns();
    await one.page.keyboard.press('Control+z');
    await expect(wanjiru.editor).not.toContainText(`${who}one`);
    await expect(wanjiru.editor).not.toContainText(`${who}two`);
  }
  for (const [one] of all) await one.seesSaved();
  await expect.poll(async () => letters(await last(francois, 1))).toBe('QA here there');
  await showTheSame(francois, beside, wanjiru);
});

test('a page older than the server says so, gives its words to copy, and spoils nothing of the tab beside it', async ({ world }) => {
  world.watch.expects(/ERR_INTERNET_DISCONNECTED|WebSocket connection/u);
  const francois = await world.signedIn('François', DRAFTERS[0], { permissions: ['clipboard-read', 'clipboard-write'] });
  const old = await francois.beside();
  await old.page.addInitScript(() => {
    const page = globalThis as unknown as { WebSocket: typeof WebSocket; isOld?: boolean };
    page.WebSocket = class extends WebSocket {
      constructor(url: string | URL) {
        super(page.isOld === true ? String(url).replace(/text=\d+/u, 'text=99') : url);
      }
    };
  });
  for (const one of [francois, old]) await opens(one);
  await goesToTheEnd(old);
  await old.page.keyboard.press('Enter');
  await old.page.keyboard.type('QA saved');
  await old.seesSaved();
  await old.page.evaluate(() => Object.assign(globalThis, { isOld: true }));
  await old.context.setOffline(true);
  await old.page.keyboard.type(', QB not saved');
  await old.context.setOffline(false);
  const notice = old.page.getByRole('alert').filter({ hasText: 'This page is older than the server.' });
  await expect(notice).toContainText('What you wrote is kept on this device, but not saved.');
  await old.look('older-page');
  await notice.getByRole('button', { name: 'Copy the whole text' }).click();
  expect(await old.page.evaluate(() => navigator.clipboard.readText())).toContain('QA saved, QB not saved');
  await old.page.evaluate(() => Object.assign(globalThis, { isOld: false }));
  old.page.on('dialog', (asked) => void asked.accept());
  await notice.getByRole('button', { name: 'Load the page again' }).click();
  // What this device kept is saved by the page that the server knows.
  await expect(old.editor).toContainText('QA saved, QB not saved');
  await goesToTheEnd(old);
  await old.page.keyboard.type(', QC again');
  await old.seesSaved();
  await expect(francois.editor).toContainText('QA saved, QB not saved, QC again');
  await francois.turns();
  await goesToTheEnd(francois);
  await francois.page.keyboard.type(', QD beside');
  await expect(old.editor).toContainText('QA saved, QB not saved, QC again, QD beside');
  await showTheSame(francois, old);
});

test('pages that are loaded again after the server came back see each other at once', async ({ world }) => {
  world.watch.expects(/WebSocket|ERR_/u);
  const [francois, wanjiru] = [await world.signedIn('François', DRAFTERS[0]), await world.signedIn('Wanjiru', DRAFTERS[1])];
  const here = async () => {
    await expect(francois.page.getByRole('button', { name: '1 other person here' })).toHaveText('BCAP');
    await expect(wanjiru.page.getByRole('button', { name: '1 other person here' })).toHaveText('AJO');
  };
  for (const one of [francois, wanjiru]) {
    await opens(one);
    await goesToTheEnd(one);
    await one.page.keyboard.type('x');
    await one.seesSaved();
  }
  await here();
  await world.server.isKilled();
  await world.server.startsAgain();
  await Promise.all([francois.page.reload(), wanjiru.page.reload()]);
  await here();
});

test('a text with a title, pasted into a draft, leaves it one title and says so', async ({ world }) => {
  const harriet = await world.signedIn('coordinator', COORDINATOR);
  const { page } = harriet;
  await page.getByRole('button', { name: 'Start a statement' }).click();
  await page.getByLabel('Title').fill('Keep the river clean');
  await page.getByRole('button', { name: 'Start drafting' }).click();
  await expect(harriet.editor).toContainText('Keep the river clean');
  const notice = page.getByText('The title of what you pasted is a heading here');
  const word = (title: string) => `<p class="MsoTitle">${title}</p><p class="MsoNormal">We write.</p>`;
  // Written elsewhere under the same title: it stands there already.
  await harriet.editor.focus();
  await pastes(harriet, word('Keep the river clean'));
  expect(await blocksOf(harriet)).toEqual(['title Keep the river clean', 'paragraph We write.']);
  await expect(notice).toBeHidden();
  await pastes(harriet, word('Another title'));
  expect(await blocksOf(harriet)).toEqual(['title Keep the river clean', 'paragraph We write.', 'heading:1 Another title', 'paragraph We write.']);
  await expect(notice).toBeVisible();
  await harriet.look('retitled');
  await page.keyboard.press('Control+z');
  await expect(notice).toBeHidden();
  // Over all of it, its title is the text's.
  await page.keyboard.press('Control+a');
  await pastes(harriet, word('Another title'));
  expect(await blocksOf(harriet)).toEqual(['title Another title', 'paragraph We write.']);
  // Two made by hand are named.
  await page.keyboard.press('Control+Alt+1');
  await expect(page.getByRole('region', { name: 'Before freezing' })).toContainText('A text has one title, and the heading “We write.” is another.');
});

test('on a phone the bar keeps one row for who is here and what one does, however many are here', async ({ world }) => {
  for (const [name, email] of [['François', DRAFTERS[0]], ['Wanjiru', DRAFTERS[1]], ['coordinator', COORDINATOR]] as const) await opens(await world.signedIn(name, email));
  const harriet = await world.signedIn('coordinator on a phone', COORDINATOR, PHONE);
  await opens(harriet);
  const present = harriet.page.getByRole('button', { name: '3 other people here' });
  await expect(present).toBeInViewport();
  const [{ y: one = 0 } = {}, { y: other = 1, height = 0 } = {}] = [(await present.boundingBox()) ?? {}, (await harriet.page.getByRole('link', { name: 'Freeze…' }).boundingBox()) ?? {}];
  expect(Math.abs(one - other), 'side by side').toBeLessThan(height / 2);
  await harriet.look('phone-bar');
  await present.click();
  await expect(harriet.page.getByRole('dialog').getByText('Wanjiru Otieno-Mbeki')).toBeVisible();
});
