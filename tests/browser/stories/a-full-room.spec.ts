// A room as full as it gets: sixty who write, and an assembly of five hundred to which a text is read while it is written.
import { OtherClient } from '../world/client.ts';
import { blocksOf, showTheSame } from '../world/hands.ts';
import { expect, PHONE, test, type Person } from '../world/index.ts';
import { COORDINATOR, DRAFTERS, TITLE } from '../world/register.ts';

const WRITERS = 60;
const READERS = 500;
// `WRITERS_MAX` of the rooms.
const PLACES = 256;

async function opens(person: Person): Promise<string> {
  await person.opensStatement(TITLE);
  await expect(person.editor).toContainText('sleep in their clothes');
  return /statements\/([0-9a-z]+)/u.exec(person.page.url())?.[1] ?? '';
}

/** So many at once as a server meets when a hall comes back online, and no more than this machine's own sockets take. */
async function come(count: number, join: () => Promise<OtherClient>): Promise<OtherClient[]> {
  const came: OtherClient[] = [];
  while (came.length < count) came.push(...(await Promise.all(Array.from({ length: Math.min(20, count - came.length) }, join))));
  return came;
}

test('sixty write in one room, and each of their sentences stands once, on every page', async ({ world }) => {
  const browsers: [Person, Person, Person] = [
    await world.signedIn('François', DRAFTERS[0]),
    await world.signedIn('Wanjiru', DRAFTERS[1], PHONE),
    await world.signedIn('coordinator', COORDINATOR),
  ];
  const [francois, wanjiru, harriet] = browsers;
  let statement = '';
  for (const one of browsers) statement = await opens(one);
  let turn = 0;
  const others = await come(WRITERS - browsers.length, () => OtherClient.joins(world.server.url, statement, [francois, wanjiru, harriet][(turn += 1) % 3] ?? francois));
  const sentences = Array.from({ length: WRITERS }, (_, at) => `Sentence of writer ${String(at).padStart(2, '0')}.`);
  // Everybody writes letter by letter, at once; the browsers among them.
  const lines = others.map((other, at) => other.beginsAParagraph(sentences[at] ?? ''));
  await Promise.all([
    ...lines.map((line) => line.isTyped()),
    ...browsers.map(async (one, at) => {
      await one.pointsAfter(['Our members do not ask the Council', 'Mr. President', 'Second, protection has become conditional'][at] ?? '');
      await one.types(` ${sentences[WRITERS - browsers.length + at]}`);
    }),
  ]);
  for (const one of browsers) {
    await one.seesSaved();
    await expect(async () => {
      const text = (await blocksOf(one)).join('\n');
      for (const sentence of sentences) expect(text.split(sentence), sentence).toHaveLength(2);
    }).toPass();
  }
  await showTheSame(...browsers);
  for (const other of others) for (const sentence of sentences) await other.sees(sentence);
  await francois.look('sixty');
  await wanjiru.look('sixty-on-a-phone');
  for (const other of others) other.leaves();
  await expect(francois.page.getByRole('button', { name: /here$/u })).toBeVisible();
});

test('five hundred read a text while it is written, nobody is shown five hundred heads, and who writes waits for none of them', async ({ world }) => {
  const francois = await world.signedIn('François', DRAFTERS[0]);
  const statement = await opens(francois);
  const wanjiru = await world.signedIn('Wanjiru', DRAFTERS[1], PHONE);
  await opens(wanjiru);
  const hall = () => come(READERS, () => OtherClient.joins(world.server.url, statement, wanjiru, { right: 'read' }));
  const readers = await hall();
  await francois.pointsAfter('Our members do not ask the Council');
  await francois.types(' The assembly hears these words.');
  await francois.seesSaved();
  await expect(wanjiru.editor).toContainText('The assembly hears these words.');
  for (const reader of readers) await reader.sees('The assembly hears these words.');
  await expect(francois.page.getByRole('button', { name: /^1 other/u })).toBeVisible();
  await francois.look('a-reading');
  // The hall loses its network all at once, and comes back all at once.
  for (const reader of readers) reader.leaves();
  await francois.types(' And these.');
  const again = await hall();
  for (const reader of again) await reader.sees('And these.');
  // Who came to read writes nothing.
  again[0]?.writes('Written by a reader.');
  expect(await again[0]?.isShutOut()).toBe(4403);
  await francois.seesSaved();
  await expect(francois.editor).not.toContainText('Written by a reader.');
  for (const reader of again) reader.leaves();
});

test('who finds every writer’s place taken reads along, and writes when one is free', async ({ world }) => {
  const francois = await world.signedIn('François', DRAFTERS[0]);
  const statement = await opens(francois);
  await francois.goes('/app/');
  const writers = await come(PLACES, () => OtherClient.joins(world.server.url, statement, francois));
  const wanjiru = await world.signedIn('Wanjiru', DRAFTERS[1]);
  const { page } = wanjiru;
  await wanjiru.goes(`/app/statements/${statement}`);
  await expect(page.getByRole('alert')).toContainText('Too many people are writing in this text');
  await wanjiru.look('no-place');
  await page.getByRole('button', { name: 'Read along without writing' }).click();
  await expect(wanjiru.editor).toContainText('sleep in their clothes');
  await expect(page.getByRole('radio', { name: 'Read' })).toBeChecked();
  writers[0]?.writes('While somebody reads along.');
  await expect(wanjiru.editor).toContainText('While somebody reads along.');
  await wanjiru.look('reads-along');
  await page.getByRole('radio', { name: 'Edit' }).click();
  await expect(page.getByRole('alert')).toContainText('Too many people are writing in this text');
  writers[1]?.leaves();
  await expect(async () => {
    await page.getByRole('button', { name: 'Connect again' }).click();
    await expect(page.getByRole('alert')).toHaveCount(0);
  }).toPass();
  await wanjiru.seesSaved();
  await wanjiru.pointsAfter('Our members do not ask the Council');
  await wanjiru.types(' Written at last.');
  await wanjiru.seesSaved();
  await writers[0]?.sees('Written at last.');
  for (const writer of writers) writer.leaves();
});
