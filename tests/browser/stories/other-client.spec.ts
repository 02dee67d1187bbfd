// Software that is not ours takes part, and a machine that dies takes no word with it.
import { OtherClient } from '../world/client.ts';
import { expect, test } from '../world/index.ts';
import { DRAFTERS, TITLE } from '../world/register.ts';

test('an unmodified y-websocket client and a browser write in one text', async ({ world }) => {
  const francois = await world.signedIn('drafter', DRAFTERS[0]);
  await francois.opensStatement(TITLE);
  await expect(francois.editor).toContainText('sleep in their clothes');
  const statement = /statements\/([0-9a-z]+)/u.exec(francois.page.url())?.[1] ?? '';

  const client = await OtherClient.joins(world.server.url, statement, francois);
  await client.sees('sleep in their clothes');
  client.writes('Written by another program.');
  await expect(francois.editor).toContainText('Written by another program.');
  await francois.pointsAfter('Our members do not ask the Council');
  await francois.types(' Typed in a browser.');
  await client.sees('Typed in a browser.');
  await francois.seesSaved();
  client.leaves();
});

test('what the page calls saved is there after the server was killed', async ({ world }) => {
  // While the server is dead the page tries to reach it, and says so in the console.
  world.watch.expects(/ERR_CONNECTION_REFUSED|WebSocket connection to|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET/u);
  const francois = await world.signedIn('drafter', DRAFTERS[0]);
  await francois.opensStatement(TITLE);
  await francois.pointsAfter('Our members do not ask the Council');
  await francois.types(' These words were saved.');
  await francois.seesSaved();
  await world.server.isKilled();
  await expect(francois.page.locator('[data-saved="offline"]')).toHaveText('Offline');
  await francois.look('offline');

  await francois.types(' These were typed in the dark.');
  await expect(francois.page.locator('[data-saved="offline-kept"]')).toHaveText('Offline – kept on this device');
  await francois.look('offline-kept');

  await world.server.startsAgain();
  // Whoever comes anew reads what the disk holds; the first page brings the rest when it is back.
  const wanjiru = await world.signedIn('another drafter', DRAFTERS[1]);
  await wanjiru.opensStatement(TITLE);
  await expect(wanjiru.editor).toContainText('These words were saved.');
  await francois.seesSaved();
  await expect(wanjiru.editor).toContainText('These were typed in the dark.');
});
